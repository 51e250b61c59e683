import type { KpiItem, KpiLimits, KpisPart } from '../../../shared/contract/board-team.ts'
import { byUrgency } from '../../../shared/domain/gaps/action.ts'
import { naturalLimits } from '../../../shared/domain/gaps/drift.ts'
import { levelPoints } from '../../../shared/domain/gaps/gap.ts'
import { leftToReview, targetAgeDays } from '../../../shared/domain/gaps/review.ts'
import { kpiMaturity } from '../../../shared/domain/kpis/maturity.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import type { LineKpis } from '../kpis/kpi-book.ts'
import type { KpiNow } from '../kpis/kpi-states.ts'
import { confirmedMs } from '../kpis/judged-kpis.ts'
import { actionItem } from './actions.ts'

/** KPIs and metrics that a board holds. */
export const maxShownKpis = 20
/** Points of one chart. */
export const maxKpiPoints = 40
/** Actions that stand beside one KPI. */
export const maxKpiActions = 3

/** The KPIs with their charts, each leading one before the one that it drives. Null: no KPIs were agreed on. */
export function kpisView(
  book: LineKpis,
  states: readonly KpiNow[],
  nowMs: number,
  timeZone: string,
): KpisPart | null {
  if (states.length === 0) return null
  const month = (atMs: number) => localDateAt(timeZone, atMs).slice(0, 7)
  const reviews = book.reviews.map(({ kpi, atMs }) => ({ kpi, month: month(atMs) }))
  const kpis = states.filter(({ stored }) => stored.kpi.use === 'kpi').map(({ stored }) => stored.kpi.id)
  const left = leftToReview(kpis, reviews, month(nowMs))
  const shown = states.filter(({ stored }) => stored.kpi.use !== 'data').slice(0, maxShownKpis)
  return {
    items: inPairs(shown.map((now) => itemOf(book, now, nowMs, timeZone, !left.includes(now.stored.kpi.id)))),
    leftToReview: left.length,
  }
}

function itemOf(book: LineKpis, now: KpiNow, nowMs: number, timeZone: string, reviewed: boolean): KpiItem {
  const { id, name, theme, kind, use, unit, decimals, direction, target, owner, objective, drives, source } =
    now.stored.kpi
  const { stored, points, state } = now
  const open = book.actions.filter((action) => action.kpi === id && action.state === 'open')
  const limits = state.reference && naturalLimits(state.reference)
  const firstShown = Math.max(0, points.length - maxKpiPoints)
  const { days, stable } = kpiMaturity(points, nowMs)
  return {
    id,
    name,
    source,
    theme,
    kind,
    use,
    unit,
    decimals,
    direction,
    target,
    band: state.band,
    owner,
    objective,
    drives,
    value: state.level,
    valueAtMs: points[points.length - 1]?.atMs ?? null,
    sampleSize: Math.min(levelPoints, points.length),
    points: points.slice(-maxKpiPoints).map(({ value }) => value),
    limits: limits && boardLimits(limits),
    earlier: state.earlier
      .map(({ to, limits: before }) => ({ to: to - firstShown, limits: before && boardLimits(before) }))
      .filter(({ to }) => to > 0),
    drift: state.drift?.towards ?? null,
    targetAgeDays: targetAgeDays(stored.targetSinceMs, confirmedMs(book, now), nowMs),
    openActions: open.length,
    actions: byUrgency(open)
      .slice(0, maxKpiActions)
      .map((action) => actionItem(action, localDateAt(timeZone, nowMs))),
    reviewed,
    days,
    stable,
  }
}

function boardLimits({ mean, ucl, lcl }: KpiLimits): KpiLimits {
  return { mean, ucl, lcl }
}

/** What drives another stands right before it; else the order stays. */
function inPairs(items: readonly KpiItem[]): KpiItem[] {
  const drivers = (id: string) => items.filter((item) => item.drives === id && item.id !== id)
  const isDriver = (item: KpiItem) => item.drives !== null && items.some(({ id }) => id === item.drives)
  const paired = items.filter((item) => !isDriver(item)).flatMap((item) => [...drivers(item.id), item])
  return [...paired, ...items.filter((item) => !paired.includes(item))]
}
