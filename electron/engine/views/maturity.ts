import { kpiRatios, type KpiRatios } from '../../../shared/domain/kpi.ts'
import { kpiMaturity, stablePoints, type Maturity } from '../../../shared/domain/kpis/maturity.ts'
import type { ShiftResult } from '../shift-result.ts'
import type { Moment } from './moment.ts'

/** Maturity of a ratio by the finished shifts that have it. `history`: oldest first. */
export function maturityOf(
  history: readonly ShiftResult[],
  ratio: (ratios: KpiRatios) => number | null,
  { nowMs, finishedByMs }: Moment,
): Maturity {
  const pointOf = ({ startMs, endMs, sums }: ShiftResult) => {
    const value = endMs > finishedByMs ? null : ratio(kpiRatios(sums))
    return value === null ? null : { atMs: startMs, value }
  }
  // The first one and the newest ones decide: a year of shifts is not summed up for every board.
  const newest: { atMs: number; value: number }[] = []
  for (let i = history.length - 1; i >= 0 && newest.length < stablePoints; i--) {
    const point = pointOf(history[i]!)
    if (point) newest.unshift(point)
  }
  const oldest = newest[0]
  const first = history.find((shift) => pointOf(shift) !== null)
  const earlier = first !== undefined && oldest !== undefined && first.startMs < oldest.atMs
  return kpiMaturity(earlier ? [pointOf(first)!, ...newest] : newest, nowMs)
}
