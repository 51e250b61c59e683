import type { CallFact, Interval } from '../../shared/domain/facts.ts'
import { callFact } from '../fact-rows.ts'
import type { FactRow } from '../fact-rows.ts'
import { byTime } from '../facts-window.ts'
import type { ReadDb } from '../handles.ts'

/** All facts of the calls with an event in the window, in order: those before it too, since an answer counts from the raise. */
export function readAnsweredCalls(db: ReadDb, lineId: string, window: Interval): CallFact[] {
  const rows = db
    .prepare<[string, number, number, string, number], FactRow>(
      `WITH answered AS (
         SELECT DISTINCT track FROM fact WHERE line = ? AND kind = 'call' AND at >= ? AND at < ?)
       SELECT fact.seq, fact.at, fact.until, fact.body FROM answered
       JOIN fact ON fact.line = ? AND fact.kind = 'call' AND fact.track = answered.track AND fact.at < ?`,
    )
    .all(lineId, window.startMs, window.endMs, lineId, window.endMs)
  return rows.map(callFact).sort(byTime)
}
