import { resolve } from 'node:path'
import { addAudit } from '../../../db/queries/audit.ts'
import { EntryRefused, openRecorder } from '../../engine/recorder.ts'
import type { Entry } from '../../engine/recorder.ts'
import { changeStore } from '../change-store.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { plantOfData } from '../plant-file.ts'
import { timeArgument } from '../time-argument.ts'

export type CorrectOptions = {
  data: string
  line: string
  at: string
  good: number
  scrap: number
  reason: string
  by: string
}

/** `lineside correct`: a correction by hand, while no board runs on the folder. */
export async function correct(options: CorrectOptions): Promise<void> {
  const { line, good, scrap, reason, by } = options
  if (good === 0 && scrap === 0) throw new HostError('Say how many pieces: give --good or --scrap.')
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  const plant = await plantOfData(dataDir, undefined)
  if (!plant.lines.some(({ id }) => id === line)) {
    const ids = plant.lines.map(({ id }) => id).join(', ')
    throw new HostError(`There is no line ${line} in this plant: give --line one of ${ids}.`)
  }
  const atMs = timeArgument('--at', options.at, plant.site.timeZone)
  const entry: Entry = { kind: 'correction', atMs, good, scrap, reason }
  await changeStore(
    dataDir,
    'correct the count',
    (database) => {
      const recorder = openRecorder({ database, plant, now: Date.now })
      const alongside = ({ entryId, atMs: nowMs }: { entryId: string; atMs: number }) => {
        const detail = JSON.stringify({ entryId, ...entry })
        const audit = { by, device: 'command line', action: 'correctCount', subject: line, detail }
        addAudit(database.write, { atMs: nowMs, ...audit })
      }
      recorder.enter(line, entry, by, { alongside })
    },
    (error) => (error instanceof EntryRefused ? new HostError(`${error.message}.`) : null),
  )
  console.log(`Corrected ${line} at ${options.at}: good ${signed(good)}, scrap ${signed(scrap)}.`)
}

const signed = (count: number): string => (count > 0 ? `+${count}` : String(count))
