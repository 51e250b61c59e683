import type { ChangeoverEntry } from '../../shared/domain/kpi.ts'
import type { WindowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { Interval } from '../../shared/domain/facts.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

/** A finished shift as it is cached. The recorder deletes the row when late data lands in the shift. */
export type StoredShift = Interval & {
  name: string
  date: string
  sums: WindowSums
  changeovers: readonly ChangeoverEntry[]
}

type ShiftRow = {
  start_ms: number
  end_ms: number
  name: string
  date: string
  sums: string
  changeovers: string
}

/** By what the line's cached shifts since `fromMs` were judged. */
export function listJudged(
  read: ReadDb,
  lineId: string,
  fromMs: number,
): { startMs: number; judgedBy: string }[] {
  return read
    .prepare<[string, number], { startMs: number; judgedBy: string }>(
      'SELECT start_ms AS startMs, judged_by AS judgedBy FROM shift_result WHERE line = ? AND start_ms >= ?',
    )
    .all(lineId, fromMs)
}

/** Starts of the line's cached shifts since `fromMs`. */
export function listShiftStarts(read: ReadDb, lineId: string, fromMs: number): number[] {
  return read
    .prepare<[string, number], number>('SELECT start_ms FROM shift_result WHERE line = ? AND start_ms >= ?')
    .pluck()
    .all(lineId, fromMs)
}

/** The line's cached shifts since `fromMs`, oldest first. */
export function readShifts(read: ReadDb, lineId: string, fromMs: number): StoredShift[] {
  return read
    .prepare<[string, number], ShiftRow>(
      'SELECT * FROM shift_result WHERE line = ? AND start_ms >= ? ORDER BY start_ms',
    )
    .all(lineId, fromMs)
    .map((row) => ({
      startMs: row.start_ms,
      endMs: row.end_ms,
      name: row.name,
      date: row.date,
      sums: JSON.parse(row.sums) as WindowSums,
      changeovers: JSON.parse(row.changeovers) as ChangeoverEntry[],
    }))
}

/**
 * Stores results of finished shifts in one transaction. `reachMs`: facts before this instant decided about them. `judgedBy`:
 * stands for the rules and the calendar's day that did.
 */
export function saveShifts(
  write: WriteDb,
  lineId: string,
  shifts: readonly (StoredShift & { reachMs: number; judgedBy: string })[],
): void {
  const save = write.prepare(
    `INSERT OR REPLACE INTO shift_result (line, start_ms, end_ms, reach_ms, name, date, sums, changeovers, judged_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  write.transaction(() => {
    for (const { startMs, endMs, reachMs, name, date, sums, changeovers, judgedBy } of shifts) {
      const results = [JSON.stringify(sums), JSON.stringify(changeovers)]
      save.run(lineId, startMs, endMs, reachMs, name, date, ...results, judgedBy)
    }
  })()
}

/** Forgets cached shifts of the line: they were judged by other rules, or by another calendar. */
export function forgetShifts(write: WriteDb, lineId: string, starts: readonly number[]): void {
  const forget = write.prepare('DELETE FROM shift_result WHERE line = ? AND start_ms = ?')
  write.transaction(() => {
    for (const startMs of starts) forget.run(lineId, startMs)
  })()
}

/** The oldest piece or state that the line ever reported; null: none. */
export function firstFact(read: ReadDb, lineId: string): number | null {
  const row = read
    .prepare<[string, string], { first: number | null }>(
      `SELECT min(first) AS first FROM (
         SELECT min(start_ms) AS first FROM count_rollup WHERE level = 'minute' AND line = ?
         UNION ALL SELECT min(at) FROM fact WHERE line = ? AND kind = 'state')`,
    )
    .get(lineId, lineId)
  return row?.first ?? null
}
