import type { Interval, StopEditFact } from '../../shared/domain/facts.ts'
import { type FactRow, stopEditFact } from '../fact-rows.ts'
import type { ReadDb } from '../handles.ts'

/** A merge spans at most this much: longer than any shift. Milliseconds. */
export const maxMergeMs = 24 * 3_600_000

/** Splits and merges that lie in the window, reach into it or touch its start. By time. */
export function readStopEdits(db: ReadDb, lineId: string, window: Interval): StopEditFact[] {
  return db
    .prepare<[string, number, number, number], FactRow>(
      `SELECT seq, at, until, body FROM fact WHERE line = ? AND kind = 'stopEdit' AND at >= ? AND at < ? AND until >= ?
       ORDER BY at, seq`,
    )
    .all(lineId, window.startMs - maxMergeMs, window.endMs, window.startMs)
    .map(stopEditFact)
}
