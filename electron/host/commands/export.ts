import { listEntries } from '../../../db/queries/entries.ts'
import { readCounts } from '../../../db/queries/counts.ts'
import { readRawReadings } from '../../../db/queries/raw-readings.ts'
import type { ReadDb } from '../../../db/handles.ts'
import type { Interval } from '../../../shared/domain/facts.ts'
import { csvRow } from '../csv.ts'
import type { Cell } from '../csv.ts'
import { HostError } from '../host-error.ts'
import { withLine } from '../open-line.ts'
import { printOut } from '../print-out.ts'
import { isoTime, timeArgument } from '../time-argument.ts'

export type ExportOptions = {
  data: string
  line: string
  what: 'minutes' | 'readings' | 'entries'
  format: 'csv' | 'json'
  from?: string
  to?: string
  plant?: string
}

type Table = { columns: readonly string[]; rows: Iterable<readonly Cell[]> }

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
    const table = tables[options.what](read, line.id, window)
    await print(options.format === 'csv' ? csv(table) : json(table))
  })
}

const tables: Record<ExportOptions['what'], (read: ReadDb, lineId: string, window: Interval) => Table> = {
  minutes: (read, lineId, window) => ({
    columns: ['start', 'product', 'good', 'scrap', 'rework'],
    rows: map(readCounts(read, 'minute', lineId, window), (count) => [
      isoTime(count.startMs),
      count.product,
      count.good,
      count.scrap,
      count.rework,
    ]),
  }),
  readings: (read, lineId, window) => ({
    columns: ['at', 'arrived', 'kind', 'message'],
    rows: map(readRawReadings(read, lineId, window), (reading) => [
      isoTime(reading.atMs),
      isoTime(reading.arrivedMs),
      reading.kind,
      reading.body,
    ]),
  }),
  entries: (read, lineId, window) => ({
    columns: ['at', 'id', 'kind', 'who', 'entry', 'undone'],
    rows: map(listEntries(read, lineId, window), (entry) => [
      isoTime(entry.atMs),
      entry.id,
      entry.kind,
      entry.who,
      JSON.stringify(entry.what),
      entry.voidedMs === null ? null : isoTime(entry.voidedMs),
    ]),
  }),
}

function* map<T>(items: Iterable<T>, cells: (item: T) => Cell[]): Generator<Cell[]> {
  for (const item of items) yield cells(item)
}

function* csv(table: Table): Generator<string> {
  yield csvRow(table.columns)
  for (const row of table.rows) yield csvRow(row)
}

/** One JSON array with one object a line. */
function* json(table: Table): Generator<string> {
  let before = '['
  for (const row of table.rows) {
    yield `${before}\n${JSON.stringify(Object.fromEntries(table.columns.map((name, index) => [name, row[index]])))}`
    before = ','
  }
  yield before === '[' ? '[]\n' : '\n]\n'
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
