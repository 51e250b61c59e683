import type { LockedBaseline } from '../../shared/domain/okr/met-and-held.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

/** What became normal when a key result was met and held; numbers in `unit`. Rows are never changed. */
export type StoredBaseline = LockedBaseline & {
  id: string
  lineId: string
  /** What moved the key result (`movedBy`); null: people did. */
  kpi: string | null
  unit: string
  keyResultId: string
  decidedBy: string
  atMs: number
}

/** Of one line, oldest first: the steps of its KPIs; the last one of a KPI is in force. */
export function readBaselines(read: ReadDb, lineId: string): StoredBaseline[] {
  return read
    .prepare(
      `SELECT id, line_id AS lineId, kpi, from_ms AS fromMs, baseline, target, lower, upper, unit, better_is AS betterIs,
         key_result_id AS keyResultId, decided_by AS decidedBy, at_ms AS atMs
       FROM baseline WHERE line_id = ? ORDER BY from_ms, at_ms`,
    )
    .all(lineId) as StoredBaseline[]
}

export function addBaseline(write: WriteDb, one: StoredBaseline): void {
  write
    .prepare('INSERT INTO baseline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      one.id,
      one.lineId,
      one.kpi,
      one.fromMs,
      one.baseline,
      one.target,
      one.lower,
      one.upper,
      one.unit,
      one.betterIs,
      one.keyResultId,
      one.decidedBy,
      one.atMs,
    )
}
