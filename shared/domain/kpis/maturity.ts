import type { EpochMs } from '../facts.ts'
import { dayMs } from '../local-time.ts'
import { xmrLimits } from '../spc.ts'
import { westernElectric } from '../western-electric.ts'

/** A KPI needs this much history before it says what is usual. Days; three months. */
export const matureDays = 90
/** Stability is judged over this many newest points. */
export const stablePoints = 20

export type Maturity = {
  /** From the first point to now. */
  days: number
  enoughDays: boolean
  /** Null under `stablePoints` points: nobody knows yet. */
  stable: boolean | null
}

/** How far a KPI can be trusted. `points`: one per finished shift, oldest first, in order of time. */
export function kpiMaturity(points: readonly { atMs: EpochMs; value: number }[], nowMs: EpochMs): Maturity {
  const first = points[0]
  const days = first === undefined ? 0 : Math.max(0, Math.floor((nowMs - first.atMs) / dayMs))
  const enoughDays = days >= matureDays
  const newest = points.slice(-stablePoints).map((point) => point.value)
  const limits = xmrLimits(newest)
  const stable = newest.length < stablePoints || !limits ? null : westernElectric(newest, limits).length === 0
  return { days, enoughDays, stable }
}
