import { z } from 'zod'
import { oneLine, plainText } from '../plain-text.ts'

/** What a monthly review said about one KPI. `keep`: its target stands, and is as young as the review. */
export const reviewSchema = z.strictObject({
  kpi: plainText.min(1).max(40),
  verdict: z.enum(['keep', 'change', 'act']),
  note: oneLine(200),
})
export type Review = z.infer<typeof reviewSchema>

/** Days since somebody last set or confirmed the target; null: there is none. */
export function targetAgeDays(setMs: number | null, keptMs: number | null, nowMs: number): number | null {
  if (setMs === null) return null
  return Math.max(0, Math.floor((nowMs - Math.max(setMs, keptMs ?? setMs)) / 86_400_000))
}

/** KPIs that this month's review has not talked about yet, in their order. `month`: "2026-11". */
export function leftToReview(
  kpis: readonly string[],
  reviews: readonly { kpi: string; month: string }[],
  month: string,
): string[] {
  return kpis.filter((kpi) => !reviews.some((review) => review.kpi === kpi && review.month === month))
}
