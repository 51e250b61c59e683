import { readFile } from 'node:fs/promises'
import publishedExamples from '../../../assets/published-examples.json?raw'
import { parsePrinted } from '../../../shared/domain/printed-number.ts'
import { checkVectors } from '../../../shared/domain/vectors.ts'
import type { VectorOutcome, VectorReport } from '../../../shared/domain/vectors.ts'
import { HostError, reasonOf } from '../host-error.ts'
import { printOut } from '../print-out.ts'

const words: Record<VectorOutcome['status'], string> = {
  pass: 'ok',
  fail: 'DIFFERS',
  unknown: 'CANNOT COMPUTE',
}

/** `lineside selftest`: recomputes published examples. Exit code 1: one differs, 2: one cannot be computed. */
export async function selftest(options: { vectors?: string }): Promise<void> {
  const report = await check(options.vectors)
  const rows = report.outcomes.map(({ section, id, field, status, message, published, computed }) => [
    words[status],
    `${section} ${id}${field === null ? '' : ` ${field}`}`,
    published ?? '-',
    computed ?? (status === 'unknown' ? message : '-'),
  ])
  const table = columns([['', 'example', 'published', 'computed'], ...rows])
  const sums = `${report.passed} ok, ${report.failed} differ, ${report.unknown} cannot be computed.`
  await printOut(`${table}\n${sums}\n`)
  if (report.unknown > 0) process.exitCode = 2
  if (report.failed > 0) process.exitCode = 1
}

/** Cells side by side, each column as wide as its widest cell. */
function columns(rows: readonly (readonly string[])[]): string {
  const width = (index: number) => Math.max(...rows.map((row) => row[index]?.length ?? 0))
  const widths = [0, 1, 2].map(width)
  return rows
    .map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
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
