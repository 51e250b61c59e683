import type { Interval } from '../../shared/domain/facts.ts'
import type { ReportedValue } from '../../shared/domain/kpis/hand-fed.ts'
import type { ReadDb } from '../handles.ts'

/** Values that were reported in the window, by key, each list in order of time. `db/schema.sql` keeps them for ever. */
export function readReportedValues(
  db: ReadDb,
  lineId: string,
  window: Interval,
): Map<string, ReportedValue[]> {
  const rows = db
    .prepare<[string, number, number], { key: string; atMs: number; value: number }>(
      `SELECT track AS key, at AS atMs, body ->> 'value' AS value FROM fact
       WHERE line = ? AND kind = 'value' AND at >= ? AND at < ? ORDER BY at, seq`,
    )
    .all(lineId, window.startMs, window.endMs)
  const byKey = new Map<string, ReportedValue[]>()
  for (const { key, atMs, value } of rows) {
    const list = byKey.get(key)
    if (list) list.push({ atMs, value })
    else byKey.set(key, [{ atMs, value }])
  }
  return byKey
}
