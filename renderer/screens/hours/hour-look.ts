import type { HourRow } from '../../../shared/contract/board-line.ts'
import type { Column } from '../../charts/columns.ts'
import type { Status } from '../../widgets/Shape.tsx'

/** Shares of the plan below which an hour is amber, and red. */
export const hourBands = { amberBelow: 0.97, redBelow: 0.9 } as const
/** An hour with no data for more than this share of it is not judged. */
const unknownShare = 0.5

/** Pitches that begin off the hour have labels such as "06:30". */
export function isOffHour({ label }: HourRow): boolean {
  return label.length > 2
}

/** How an hour went; null: nothing to judge yet. */
export function hourStatus(row: HourRow): Status | null {
  if (row.made === null || row.planSoFar === null || row.planSoFar <= 0) return null
  if (row.unknownMs > unknownShare * (row.endMs - row.startMs)) return 'none'
  const share = row.made / row.planSoFar
  if (share < hourBands.redBelow) return 'stop'
  return share < hourBands.amberBelow ? 'warn' : 'ok'
}

export function hourColumn(row: HourRow): Column {
  const status = hourStatus(row)
  return {
    value: row.made,
    notch: row.plan !== null && row.plan > 0 ? row.plan : null,
    soFar: row.phase === 'now' ? row.planSoFar : null,
    fill: status === 'stop' ? 'stop-fill' : status === 'warn' ? 'warn-fill' : 'bar',
    future: row.phase === 'future',
  }
}

/** The hour that lost most, of those that are judged amber or red. */
export function worstHour(rows: readonly HourRow[]): HourRow | null {
  const bad = rows.filter((row) => ['warn', 'stop'].includes(hourStatus(row) ?? '') && row.gap !== null)
  return bad.sort((a, b) => (a.gap ?? 0) - (b.gap ?? 0))[0] ?? null
}

/** The newest hours that fit `max` columns: what is past first, then what is to come. */
export function hoursInView(rows: readonly HourRow[], max: number): readonly HourRow[] {
  if (rows.length <= max) return rows
  const now = rows.findIndex((row) => row.phase !== 'past')
  const last = now < 0 ? rows.length : Math.min(rows.length, Math.max(max, now + 2))
  return rows.slice(last - max, last)
}
