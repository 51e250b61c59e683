import type { CallFact, EpochMs } from '../../shared/domain/facts.ts'
import type { LineModel, RunningTotal, SignalKind } from '../../shared/domain/line-model.ts'
import { callFact } from '../fact-rows.ts'
import type { FactRow } from '../fact-rows.ts'
import { byTime } from '../facts-window.ts'
import type { ReadDb } from '../handles.ts'

/** Call facts since the instant and all facts of calls that are still open, in order. */
export function readCalls(db: ReadDb, lineId: string, sinceMs: EpochMs): CallFact[] {
  const rows = db
    .prepare<[string, number, string], FactRow>(
      `SELECT seq, at, until, body FROM fact WHERE line = ? AND kind = 'call' AND at >= ?
       UNION
       SELECT fact.seq, fact.at, fact.until, fact.body FROM open_call
       JOIN fact ON fact.line = open_call.line AND fact.kind = 'call' AND fact.track = open_call.call
       WHERE open_call.line = ?`,
    )
    .all(lineId, sinceMs, lineId)
  return rows.map(callFact).sort(byTime)
}

export function readLastSeen(db: ReadDb, lineId: string): LineModel['lastSeen'] {
  const rows = db
    .prepare<[string], { kind: SignalKind; at: EpochMs; arrived: EpochMs }>(
      'SELECT kind, at, arrived FROM last_seen WHERE line = ?',
    )
    .all(lineId)
  return Object.fromEntries(rows.map((row) => [row.kind, { atMs: row.at, arrivedMs: row.arrived }]))
}

type TotalRow = {
  key: string
  total: number
  at: EpochMs
  spare_ms: number
  other_total: number | null
  other_at: EpochMs | null
}

export function readTotals(db: ReadDb, lineId: string): LineModel['totals'] {
  const rows = db
    .prepare<[string], TotalRow>(
      'SELECT key, total, at, spare_ms, other_total, other_at FROM running_total WHERE line = ?',
    )
    .all(lineId)
  return Object.fromEntries(
    rows.map((row): [string, RunningTotal] => {
      const { total, at, spare_ms: spareMs, other_total: other, other_at: otherMs } = row
      const second = other === null || otherMs === null ? null : { total: other, atMs: otherMs }
      return [row.key, { total, atMs: at, spareMs, other: second }]
    }),
  )
}

export function readValues(db: ReadDb, lineId: string): LineModel['values'] {
  const rows = db
    .prepare<[string], { key: string; value: number; unit: string | null; at: EpochMs }>(
      'SELECT key, value, unit, at FROM last_value WHERE line = ?',
    )
    .all(lineId)
  return Object.fromEntries(rows.map((row) => [row.key, { value: row.value, unit: row.unit, atMs: row.at }]))
}

/** Counters since the store was made, by name. */
export function readTallies(db: ReadDb): Map<string, number> {
  const rows = db.prepare<[], { name: string; value: number }>('SELECT name, value FROM tally').all()
  return new Map(rows.map((row) => [row.name, row.value]))
}
