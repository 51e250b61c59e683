import type { ShiftOccurrence } from './calendar.ts'
import type { EpochMs, Interval, LineFacts } from './facts.ts'
import { lengthOf, overlapMs } from './intervals.ts'
import { countsIn, untilAsOf } from './kpi.ts'
import { hourMs, minuteMs, minuteOf } from './local-time.ts'
import { shiftPlan } from './plan.ts'
import { shiftRecovery, type Recovery } from './recovery.ts'
import type { LineRules } from './rules.ts'

/** Where the shift stands against its plan. Pieces. */
export type Pace = {
  /** order: from the product message; calendar: the shift's target; ideal: planned time / ideal cycle x plan factor. */
  planSource: 'order' | 'calendar' | 'ideal'
  target: number
  /** Not rounded. */
  targetSoFar: number
  made: number
  /** Whole pieces: made - targetSoFar as it is shown, so that the numbers on screen add up; negative is behind. */
  gap: number
  /** Not rounded; null in the first 30 min of planned time. */
  headingFor: number | null
  /** Which rule gave headingFor. */
  headingRule: 'plan rate' | 'last 60 min' | null
  status: 'ahead' | 'on plan' | 'behind'
  /** Only while the shift is behind its plan; null otherwise, and when no planned time is left. */
  recovery: Recovery | null
}

/** No forecast before this much planned time has passed. */
export const headingAfterMs = 30 * minuteMs
/** The newest planned time whose rate is carried on. */
export const headingWindowMs = hourMs
/** A gap of at most this share of the plan so far is on plan. */
export const onPlanShare = 0.01

/** Start of the newest `lengthMs` of planned time before `asOfMs`; the shift's first planned instant when it is shorter. */
function startOfNewest(planned: readonly Interval[], asOfMs: EpochMs, lengthMs: number): EpochMs {
  let missingMs = lengthMs
  for (let i = planned.length - 1; i >= 0; i--) {
    const { startMs, endMs } = planned[i]!
    const inside = Math.min(endMs, asOfMs) - startMs
    if (inside <= 0) continue
    if (inside >= missingMs) return Math.min(endMs, asOfMs) - missingMs
    missingMs -= inside
  }
  return planned[0]?.startMs ?? asOfMs
}

/** Good pieces per millisecond of the newest 60 min of planned time; pieces of minutes without planned time do not count. */
function recentRate(facts: LineFacts, planned: readonly Interval[], asOfMs: EpochMs): number {
  const startMs = minuteOf(startOfNewest(planned, asOfMs, headingWindowMs))
  const good = countsIn(facts, { startMs, endMs: asOfMs }).reduce(
    (sum, bucket) =>
      overlapMs(planned, bucket.startMs, bucket.startMs + minuteMs) > 0 ? sum + bucket.good : sum,
    0,
  )
  return good / overlapMs(planned, startMs, asOfMs)
}

/**
 * Pace of a shift at `asOfMs`; null: no plan. `headingFor` carries on at the plan's rate, or at that of the newest 60 min of
 * planned time if that is lower.
 */
export function shiftPace(
  facts: LineFacts,
  rules: LineRules,
  shift: ShiftOccurrence,
  asOfMs: EpochMs,
): Pace | null {
  const plan = shiftPlan(facts, rules, shift, asOfMs)
  if (!plan) return null
  const known = untilAsOf(shift, asOfMs)
  const made =
    known.endMs > known.startMs ? countsIn(facts, known).reduce((sum, bucket) => sum + bucket.good, 0) : 0
  const targetSoFar = plan.soFar(known.endMs)
  const behindBy = targetSoFar - made
  const onPlan = Math.abs(behindBy) <= onPlanShare * targetSoFar
  const pace: Pace = {
    planSource: plan.source,
    target: plan.target,
    targetSoFar,
    made,
    gap: made - Math.round(targetSoFar),
    headingFor: null,
    headingRule: null,
    status: onPlan ? 'on plan' : behindBy < 0 ? 'ahead' : 'behind',
    recovery: null,
  }
  if (pace.status === 'behind') {
    const { target, planned } = plan
    pace.recovery = shiftRecovery(facts, { planned, target, soFar: targetSoFar, made }, known.endMs)
  }
  const { planned } = plan
  const elapsedMs = overlapMs(planned, shift.startMs, known.endMs)
  if (elapsedMs < headingAfterMs) return pace
  const byPlan = plan.soFar(shift.endMs) - targetSoFar
  const byRecent = recentRate(facts, planned, known.endMs) * (lengthOf(planned) - elapsedMs)
  pace.headingFor = made + Math.min(byPlan, byRecent)
  pace.headingRule = byRecent < byPlan ? 'last 60 min' : 'plan rate'
  return pace
}
