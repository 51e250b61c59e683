import { csvRow } from '../csv.ts'
import { exportTables } from '../export-tables.ts'
import type { ExportName } from '../export-names.ts'
import type { Table } from '../export-tables.ts'
import { HostError } from '../host-error.ts'
import { withLine } from '../open-line.ts'
import { printOut } from '../print-out.ts'
import { timeArgument } from '../time-argument.ts'

export type ExportOptions = {
  data: string
  line: string
  what: ExportName
  format: 'csv' | 'json' | 'jsonl'
  from?: string
  to?: string
  plant?: string
}

/** Rows are printed in pieces of about this size. Characters. */
const chunkLimit = 64 * 1024

/** `lineside export`: what the store holds of a line, oldest first, on standard output. */
export async function exportData(options: ExportOptions): Promise<void> {
  await withLine(options, async ({ plant, line, read }) => {
    const { timeZone } = plant.site
    const window = {
      startMs: options.from === undefined ? 0 : timeArgument('--from', options.from, timeZone),
      endMs: options.to === undefined ? Date.now() : timeArgument('--to', options.to, timeZone),
    }
    if (window.endMs <= window.startMs) throw new HostError('--to must lie after --from.')
    const table = exportTables[options.what]({ read, line, timeZone, window })
    await print(forms[options.format](table))
  })
}

const forms = { csv, json, jsonl }

function* csv(table: Table): Generator<string> {
  yield csvRow(table.columns)
  for (const row of table.rows) yield csvRow(row)
}

/** One JSON array with one object a line. */
function* json(table: Table): Generator<string> {
  let before = '['
  for (const line of jsonl(table)) {
    yield `${before}\n${line.trimEnd()}`
    before = ','
  }
  yield before === '[' ? '[]\n' : '\n]\n'
}

/** One JSON object a line, nothing around them. */
function* jsonl(table: Table): Generator<string> {
  for (const row of table.rows) {
    yield `${JSON.stringify(Object.fromEntries(table.columns.map((name, index) => [name, row[index]])))}\n`
  }
}

/** Prints without ever holding more than one chunk; ends quietly when the reader has seen enough. */
async function print(texts: Iterable<string>): Promise<void> {
  let chunk = ''
  for (const text of texts) {
    chunk += text
    if (chunk.length < chunkLimit) continue
    if (!(await printOut(chunk))) return
    chunk = ''
  }
  if (chunk !== '') await printOut(chunk)
}
