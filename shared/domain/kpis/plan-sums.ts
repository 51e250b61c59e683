import { shiftsBetween } from '../calendar.ts'
import type { EpochMs, Interval, LineFacts } from '../facts.ts'
import { clip, lengthOf } from '../intervals.ts'
import { countsIn } from '../kpi.ts'
import { shiftPlan } from '../plan.ts'
import type { LineRules } from '../rules.ts'

/** What was planned in a window. */
export type PlanSums = {
  /** Good pieces planned, not rounded; null as soon as one shift with planned time has no plan. */
  targetPieces: number | null
  /** Takt time x pieces: the time that the pieces may take. Null without a plan. Milliseconds. */
  taktMs: number | null
}

/**
 * Plan of a window up to `asOfMs`: of each shift the share of its plan that lies in the window. Takt time is the shift's
 * planned production time over its plan; pieces outside all shifts have none.
 */
export function planSums(facts: LineFacts, rules: LineRules, window: Interval, asOfMs: EpochMs): PlanSums {
  const known = { startMs: window.startMs, endMs: Math.min(window.endMs, asOfMs) }
  let targetPieces: number | null = 0
  let taktMs: number | null = 0
  for (const shift of shiftsBetween(rules.calendar, known)) {
    if (shift.plannedMs === 0) continue
    const inside = clip(shift, known)
    const plan = shiftPlan(facts, rules, shift, asOfMs)
    if (!inside || targetPieces === null || taktMs === null) continue
    if (!plan || plan.target <= 0) {
      targetPieces = null
      taktMs = null
      continue
    }
    targetPieces += plan.soFar(inside.endMs) - plan.soFar(inside.startMs)
    const made = countsIn(facts, inside).reduce((sum, bucket) => sum + bucket.good + bucket.scrap, 0)
    taktMs += (lengthOf(plan.planned) / plan.target) * made
  }
  return { targetPieces, taktMs }
}
