import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** When the newest message of the line came; null: never. */
export function lastArrival(db: ReadDb, lineId: string): EpochMs | null {
  const row = db
    .prepare<[string], { arrived: number | null }>(
      'SELECT max(arrived) AS arrived FROM last_seen WHERE line = ?',
    )
    .get(lineId)
  return row?.arrived ?? null
}
