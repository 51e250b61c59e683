import { eachAudit } from '../../db/queries/audit.ts'
import { readCounts, readScraps } from '../../db/queries/counts.ts'
import { readDeadLetters } from '../../db/queries/dead-letters.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { firstFact } from '../../db/queries/history.ts'
import { lastArrival } from '../../db/queries/last-arrival.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { readRawReadings } from '../../db/queries/raw-readings.ts'
import type { ReadDb } from '../../db/handles.ts'
import type { RollupLevel } from '../../db/rollup-delta.ts'
import { shiftsBetween } from '../../shared/domain/calendar.ts'
import type { ShiftOccurrence } from '../../shared/domain/calendar.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import type { Interval, LineFacts } from '../../shared/domain/facts.ts'
import type { LineRules } from '../../shared/domain/rules.ts'
import { stopsIn } from '../../shared/domain/stops.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import type { Cell } from './csv.ts'
import type { ExportName } from './export-names.ts'
import { isoTime } from './time-argument.ts'

export type Table = { columns: readonly string[]; rows: Iterable<readonly Cell[]> }

type Source = { read: ReadDb; line: LineSettings; timeZone: string; window: Interval }

/** Everything the store holds of a line, by level, oldest first; rows are made one at a time. Times in UTC. */
export const exportTables: Readonly<Record<ExportName, (source: Source) => Table>> = {
  readings: ({ read, line, window }) => ({
    columns: ['at', 'arrived', 'kind', 'message'],
    rows: map(readRawReadings(read, line.id, window), ({ atMs, arrivedMs, kind, body }) => [
      isoTime(atMs),
      isoTime(arrivedMs),
      kind,
      body,
    ]),
  }),
  minutes: (source) => pieces(source, 'minute'),
  hours: (source) => pieces(source, 'hour'),
  shifts: (source) => pieces(source, 'shift'),
  scrap: ({ read, line, window }) => ({
    columns: ['hour', 'reason', 'detected', 'qty'],
    rows: map(readScraps(read, 'hour', line.id, window), ({ startMs, reason, detected, qty }) => [
      isoTime(startMs),
      reason,
      detected,
      qty,
    ]),
  }),
  stops: (source) => ({
    columns: ['shift_date', 'shift', 'start', 'end', 'state', 'reason', 'cell', 'planned_s', 'micro'],
    rows: ofShifts(source, (facts, rules, shift, asOfMs) =>
      stopsIn(facts, rules, shift, asOfMs).map((stop) => [
        shift.date,
        shift.name,
        isoTime(stop.startMs),
        stop.closedMs === null ? null : isoTime(stop.endMs),
        stop.state,
        stop.reason,
        stop.cell,
        stop.durationMs / 1_000,
        stop.micro ? 1 : 0,
      ]),
    ),
  }),
  changeovers: (source) => ({
    columns: ['shift_date', 'shift', 'start', 'end', 'from', 'to', 'planned_s'],
    rows: ofShifts(source, (facts, rules, shift, asOfMs) =>
      changeoversIn(facts, rules, shift, asOfMs).map((change) => [
        shift.date,
        shift.name,
        isoTime(change.startMs),
        change.closedMs === null ? null : isoTime(change.endMs),
        change.from,
        change.to,
        change.durationMs / 1_000,
      ]),
    ),
  }),
  entries: ({ read, line, window }) => ({
    columns: ['at', 'id', 'kind', 'who', 'entry', 'undone'],
    rows: map(listEntries(read, line.id, window), ({ atMs, id, kind, who, what, voidedMs }) => [
      isoTime(atMs),
      id,
      kind,
      who,
      JSON.stringify(what),
      voidedMs === null ? null : isoTime(voidedMs),
    ]),
  }),
  audit: ({ read, window }) => ({
    columns: ['seq', 'at', 'by', 'device', 'action', 'subject', 'detail', 'hash'],
    rows: auditRows(read, window),
  }),
  rejects: ({ read, window }) => ({
    columns: ['at', 'topic', 'reason', 'payload_base64'],
    rows: map(readDeadLetters(read, window), ({ atMs, topic, reason, payload }) => [
      isoTime(atMs),
      topic,
      reason,
      payload.toString('base64'),
    ]),
  }),
}

/** Of all lines, as the chain does not end at one. */
function* auditRows(read: ReadDb, { startMs, endMs }: Interval): Generator<Cell[]> {
  for (const { seq, atMs, by, device, action, subject, detail, hash } of eachAudit(read)) {
    if (atMs < startMs || atMs >= endMs) continue
    yield [seq, isoTime(atMs), by, device, action, subject, detail, hash]
  }
}

function pieces({ read, line, window }: Source, level: RollupLevel): Table {
  return {
    columns: ['start', 'product', 'good', 'scrap', 'rework'],
    rows: map(readCounts(read, level, line.id, window), ({ startMs, product, good, scrap, rework }) => [
      isoTime(startMs),
      product,
      good,
      scrap,
      rework,
    ]),
  }
}

/** Rows of each shift that starts in the window, cut to the shift; the last message is as far as anything is known. */
function* ofShifts(
  { read, line, timeZone, window }: Source,
  rowsOf: (facts: LineFacts, rules: LineRules, shift: ShiftOccurrence, asOfMs: number) => Cell[][],
): Generator<Cell[]> {
  const rules = lineRules(line, timeZone)
  const asOfMs = lastArrival(read, line.id)
  if (asOfMs === null) return
  const known = {
    startMs: Math.max(window.startMs, firstFact(read, line.id) ?? asOfMs),
    endMs: Math.min(window.endMs, asOfMs),
  }
  for (const shift of shiftsBetween(rules.calendar, known)) {
    if (shift.startMs >= window.startMs)
      yield* rowsOf(readLineFacts(read, line.id, shift), rules, shift, asOfMs)
  }
}

function* map<T>(items: Iterable<T>, cells: (item: T) => Cell[]): Generator<Cell[]> {
  for (const item of items) yield cells(item)
}
