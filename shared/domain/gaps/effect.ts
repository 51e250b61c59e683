import type { EpochMs } from '../facts.ts'
import type { KpiDirection } from '../kpis/kpi-spec.ts'
import { type KpiPoint, levelOf } from '../kpis/kpi-points.ts'
import { welchTest } from '../welch.ts'

/** An effect is looked for in at most so many points on each side, and said with no fewer than the least. */
export const effectMost = 20
export const effectLeast = 6
/** A difference is called a signal when chance alone makes one like it less often than this. */
export const effectP = 0.05

/**
 * What a countermeasure did to its KPI: the points before it was begun against those since it was done. `noise`: the difference
 * may well be chance. A KPI that was picked because it was bad gets better by itself, so that a signal with a p near the limit
 * proves little.
 */
export type Effect = {
  verdict: 'better' | 'worse' | 'noise' | 'collecting'
  before: { points: number; level: number | null }
  after: { points: number; level: number | null }
  /** Of Welch's t test; null while collecting. */
  p: number | null
}

export function effectOf(
  direction: KpiDirection,
  points: readonly KpiPoint[],
  begunMs: EpochMs,
  doneMs: EpochMs,
): Effect {
  const before = points.filter(({ atMs }) => atMs <= begunMs).slice(-effectMost)
  const after = points.filter(({ atMs }) => atMs > doneMs).slice(0, effectMost)
  const sides = {
    before: { points: before.length, level: levelOf(before) },
    after: { points: after.length, level: levelOf(after) },
  }
  if (before.length < effectLeast || after.length < effectLeast) {
    return { verdict: 'collecting', ...sides, p: null }
  }
  const values = (list: readonly KpiPoint[]) => list.map(({ value }) => value)
  const { difference, p } = welchTest(values(before), values(after))
  const isBetter = difference > 0 === (direction === 'higher')
  return { verdict: p >= effectP ? 'noise' : isBetter ? 'better' : 'worse', ...sides, p }
}
