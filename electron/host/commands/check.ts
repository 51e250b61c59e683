import type { Plant } from '../../../shared/settings/plant.ts'
import { plantErrorText } from '../../../shared/settings/read-yaml.ts'
import { seedHints } from '../../../shared/settings/seed-lint.ts'
import { checkBroker } from '../../engine/ingest/check-broker.ts'
import { brokerPassword } from '../broker-password.ts'
import { brokerReportLines } from '../broker-report.ts'
import { HostError, reasonOf } from '../host-error.ts'
import { loadPlantFile } from '../plant-file.ts'

/**
 * `lineside check FILE`: prints every mistake; exit code 1 if there is one. What the objectives lack is only advice.
 * `--broker`: also what the plant's broker gives; exit code 1 if messages can get lost there.
 */
export async function check(file: string, options: { broker?: boolean } = {}): Promise<void> {
  const loaded = await loadPlantFile(file)
  if ('plant' in loaded) {
    const { plant } = loaded
    console.log(`${file} is right: ${plant.site.name}, ${plant.lines.map((line) => line.id).join(', ')}.`)
    for (const hint of seedHints(plant)) console.log(hint)
    if (options.broker) await reportBroker(plant)
    return
  }
  for (const error of loaded.errors) console.log(plantErrorText(file, error))
  console.log(loaded.errors.length === 1 ? '1 mistake.' : `${loaded.errors.length} mistakes.`)
  process.exitCode = 1
}

async function reportBroker({ broker }: Plant): Promise<void> {
  const password = await brokerPassword(broker)
  const report = await checkBroker(broker, password).catch((error: unknown) => {
    throw new HostError(reasonOf(error), 1)
  })
  const { lines, findings } = brokerReportLines(report, broker)
  for (const line of lines) console.log(line)
  if (findings > 0) process.exitCode = 1
}
