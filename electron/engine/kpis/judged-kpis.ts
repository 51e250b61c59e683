import { targetAgeDays } from '../../../shared/domain/gaps/review.ts'
import { dayMs, localDateAt } from '../../../shared/domain/local-time.ts'
import type { LintKpi } from '../../../shared/domain/okr/lint-input.ts'
import { lintKpi } from '../../../shared/domain/okr/lint-kpi.ts'
import type { LineKpis } from './kpi-book.ts'
import type { KpiNow } from './kpi-states.ts'

/** The KPIs of a line as its rules and its clocks look at them. */
export type JudgedKpis = {
  lint: readonly LintKpi[]
  review: {
    /** The newest word of a review; null: none was held. */
    lastMs: number | null
    /** KPIs that this month's review has talked about. */
    done: number
    total: number
  }
}

/** Null: nobody has defined KPIs yet. Metrics and data are nobody's promise and are not judged. */
export function judgeKpis(
  book: Pick<LineKpis, 'reviews'>,
  states: readonly KpiNow[],
  nowMs: number,
  timeZone: string,
): JudgedKpis | null {
  const { reviews } = book
  const judged = states.filter(({ stored }) => stored.kpi.use === 'kpi')
  if (judged.length === 0) return null
  const month = (atMs: number) => localDateAt(timeZone, atMs).slice(0, 7)
  const reviewed = new Set(reviews.filter(({ atMs }) => month(atMs) === month(nowMs)).map(({ kpi }) => kpi))
  return {
    lint: judged.map((now) => {
      const { stored, red } = now
      return lintKpi(stored.kpi, {
        redDays: red && Math.floor((nowMs - red.sinceMs) / dayMs),
        targetAgeDays: targetAgeDays(stored.targetSinceMs, confirmedMs(book, now), nowMs),
      })
    }),
    review: {
      lastMs: reviews.reduce<number | null>((newest, { atMs }) => Math.max(newest ?? atMs, atMs), null),
      done: judged.filter(({ stored }) => reviewed.has(stored.kpi.id)).length,
      total: judged.length,
    },
  }
}

/** When the target was last confirmed: kept by a review, or locked in; null: never. */
export function confirmedMs(
  { reviews }: Pick<LineKpis, 'reviews'>,
  { stored, lockedMs }: KpiNow,
): number | null {
  const kept = reviews.filter(({ kpi, verdict }) => kpi === stored.kpi.id && verdict === 'keep')
  return kept.reduce((newest, { atMs }) => Math.max(newest ?? atMs, atMs), lockedMs)
}
