import type { KpiItem } from '../../../shared/contract/board-team.ts'
import { matureDays } from '../../../shared/domain/kpis/maturity.ts'
import type { BoardView } from '../../board-view.tsx'
import type { XmrData } from '../../charts/xmr.ts'
import type { Status } from '../../widgets/Shape.tsx'

const bands: Record<NonNullable<KpiItem['band']>, Status> = { green: 'ok', amber: 'warn', red: 'stop' }

export function kpiStatus({ band, value }: KpiItem, trust: BoardView['trust']): Status {
  return trust !== 'live' || value === null || band === null ? 'none' : bands[band]
}

/** The KPI's chart: limits that were locked in begin a stretch of their own, and those before stay where they were. */
export function kpiChart({ points, limits, earlier, target, drift }: KpiItem): XmrData {
  const ends = [...earlier, { to: points.length, limits }]
  return {
    values: points,
    segments: ends.map((one, index) => ({ from: ends[index - 1]?.to ?? 0, ...one })),
    target,
    signal: drift ?? 'none',
  }
}

/** One thing to say of a KPI, the most important first. */
export function kpiWords(item: KpiItem, view: Pick<BoardView, 'format' | 'nowMs' | 't' | 'trust'>): string {
  const { format, nowMs, t, trust } = view
  const { drift, limits, openActions, days, stable, targetAgeDays, value, valueAtMs } = item
  if (value === null || valueAtMs === null) return t('state.nodata')
  if (trust !== 'live') return t('lastReading', { time: format.clockOrDay(valueAtMs, nowMs) })
  if (limits === null) return t('scrapSignal.collecting')
  if (drift !== null) return t(`kpi.drift.${drift}`)
  if (openActions > 0) return t('gap.openActions', { count: openActions })
  if (days < matureDays) return t('kpi.young', { days, need: matureDays })
  if (stable === false) return t('kpi.unstable')
  if (targetAgeDays !== null && targetAgeDays > oldTargetDays)
    return t('kpi.targetAge', { days: targetAgeDays })
  return item.band === null ? t('scrapSignal.none') : t(`kpi.band.${item.band}`)
}

/** A target older than this belongs to an earlier quarter (`target-old` of the lint). Days. */
const oldTargetDays = 92
