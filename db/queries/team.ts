import type { Confidence } from '../../shared/domain/key-results.ts'
import type { ReadDb } from '../handles.ts'

export type CheckIn = {
  id: string
  keyResultId: string
  atMs: number
  personId: string
  /** Of when the value is; `atMs` unless somebody came late with it. */
  forMs: number
  /** Null: the value comes from the line. */
  value: number | null
  confidence: Confidence
  sentence: string
  obstacles: string
  /** Positions of the milestones that are done; null: it has none. */
  milestones: readonly number[] | null
}

/** Check-ins of one key result from `fromMs` on, oldest first, at most the newest `limit`. */
export function readCheckIns(read: ReadDb, keyResultId: string, fromMs: number, limit: number): CheckIn[] {
  const rows = read
    .prepare(
      `SELECT id, key_result_id AS keyResultId, at_ms AS atMs, coalesce(for_ms, at_ms) AS forMs, person_id AS personId, value,
         confidence, sentence, obstacles, milestones
       FROM check_in WHERE key_result_id = ? AND at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ?`,
    )
    .all(keyResultId, fromMs, limit) as (Omit<CheckIn, 'milestones'> & { milestones: string | null })[]
  return rows.reverse().map((row) => ({
    ...row,
    milestones: row.milestones === null ? null : (JSON.parse(row.milestones) as number[]),
  }))
}
