import type { Interval } from '../../shared/domain/facts.ts'
import type { ReportedValue } from '../../shared/domain/kpis/hand-fed.ts'
import type { ReadDb } from '../handles.ts'

/**
 * Values that were reported in the window, by key, each list in order of time. Old ones are joined by the minute and later by
 * the hour (value-thinner.ts): such a one stands at the time of the newest and says what all of them add up to.
 */
export function readReportedValues(
  db: ReadDb,
  lineId: string,
  window: Interval,
): Map<string, ReportedValue[]> {
  const rows = db
    .prepare<
      [string, number, number],
      { key: string; atMs: number; value: number; sum: number | null; count: number | null }
    >(
      `SELECT track AS key, at AS atMs, body ->> 'value' AS value, body ->> 'sum' AS sum, body ->> 'count' AS count FROM fact
       WHERE line = ? AND kind = 'value' AND at >= ? AND at < ? ORDER BY at, seq`,
    )
    .all(lineId, window.startMs, window.endMs)
  const byKey = new Map<string, ReportedValue[]>()
  for (const { key, atMs, value, sum, count } of rows) {
    const reported = { atMs, value, sum: sum ?? value, count: count ?? 1 }
    const list = byKey.get(key)
    if (list) list.push(reported)
    else byKey.set(key, [reported])
  }
  return byKey
}
