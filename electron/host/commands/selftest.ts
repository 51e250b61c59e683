import { readFile } from 'node:fs/promises'
import publishedExamples from '../../../assets/published-examples.json?raw'
import { parsePrinted } from '../../../shared/domain/printed-number.ts'
import { checkVectors } from '../../../shared/domain/vectors.ts'
import type { VectorReport } from '../../../shared/domain/vectors.ts'
import { HostError, reasonOf } from '../host-error.ts'

/** `lineside selftest`: recomputes published examples. Exit code 1: one differs, 2: one cannot be computed. */
export async function selftest(options: { vectors?: string }): Promise<void> {
  const report = await check(options.vectors)
  for (const outcome of report.outcomes) {
    const field = outcome.field === null ? '' : ` ${outcome.field}`
    const word = { pass: 'ok', fail: 'DIFFERS', unknown: 'CANNOT COMPUTE' }[outcome.status]
    console.log(
      `${word.padEnd(15)}${outcome.section} ${outcome.id}${field}${outcome.message ? `: ${outcome.message}` : ''}`,
    )
  }
  console.log(`${report.passed} ok, ${report.failed} differ, ${report.unknown} cannot be computed.`)
  if (report.unknown > 0) process.exitCode = 2
  if (report.failed > 0) process.exitCode = 1
}

/** Numbers are taken as printed: half of the last digit decides. */
async function check(file: string | undefined): Promise<VectorReport> {
  try {
    return checkVectors(parsePrinted(file === undefined ? publishedExamples : await readFile(file, 'utf8')))
  } catch (error) {
    throw new HostError(
      `The examples in ${file} cannot be used (${reasonOf(error)}): give a JSON file of examples with --vectors.`,
    )
  }
}
