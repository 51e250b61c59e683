import type { EpochMs, Interval, LineFacts } from './facts.ts'
import { firstAtOrAfter, lengthOf, overlapMs } from './intervals.ts'
import { hourMs, minuteMs } from './local-time.ts'

/** Whether, how fast and until when a shift that is behind can still make its plan. Rates in good pieces per planned hour. */
export type Recovery = {
  /** Needed from now to the end of the shift. */
  ratePerHour: number
  /** The best rate that the line has shown over a whole planned hour of this shift; null: no hour is over yet. */
  bestPerHour: number | null
  /** Null while no best rate is known. */
  recoverable: boolean | null
  /**
   * The last instant from which the best rate still makes the plan if the gap stays as it is until then; null when it is too
   * late, or no best rate above the plan's is known.
   */
  untilMs: EpochMs | null
}

/**
 * Recovery of a gap. `missing`: pieces to make until the end; `behind`: pieces behind the plan now, above zero; `planPerHour`:
 * the plan's rate for the rest; `restMs`: planned time left. Null when nothing is behind or no planned time is left.
 */
export function recoveryOf(given: {
  missing: number
  behind: number
  planPerHour: number
  bestPerHour: number | null
  restMs: number
}):
  | (Omit<Recovery, 'untilMs'> & {
      /** Planned time that may pass until it is too late; null as above. */ spareMs: number | null
    })
  | null {
  const { missing, behind, planPerHour, bestPerHour, restMs } = given
  if (behind <= 0 || missing <= 0 || restMs <= 0) return null
  const ratePerHour = missing / (restMs / hourMs)
  if (bestPerHour === null) return { ratePerHour, bestPerHour, recoverable: null, spareMs: null }
  const recoverable = ratePerHour <= bestPerHour * (1 + 1e-9)
  const catchUpMs = bestPerHour > planPerHour ? (behind / (bestPerHour - planPerHour)) * hourMs : Infinity
  return {
    ratePerHour,
    bestPerHour,
    recoverable,
    spareMs: recoverable && catchUpMs <= restMs ? restMs - catchUpMs : null,
  }
}

/** Good pieces of the best planned hour [minute, minute) up to `asOfMs`; null before one is over. `planned`: of a shift. */
export function bestHour(facts: LineFacts, planned: readonly Interval[], asOfMs: EpochMs): number | null {
  const minutes = minutesOf(planned, asOfMs)
  const needed = hourMs / minuteMs
  if (minutes.length < needed) return null
  const good = new Float64Array(minutes.length)
  const first = firstAtOrAfter(facts.counts, (bucket) => bucket.startMs, minutes[0]!)
  for (let i = first, at = 0; i < facts.counts.length; i++) {
    const bucket = facts.counts[i]!
    while (at < minutes.length && minutes[at]! < bucket.startMs) at++
    if (at >= minutes.length) break
    if (minutes[at] === bucket.startMs) good[at] = good[at]! + bucket.good
  }
  let sum = 0
  let best = 0
  good.forEach((made, i) => {
    sum += made - (i >= needed ? good[i - needed]! : 0)
    if (i >= needed - 1) best = Math.max(best, sum)
  })
  return best
}

/** Starts of the whole minutes of planned time before an instant. */
function minutesOf(planned: readonly Interval[], untilMs: EpochMs): EpochMs[] {
  const starts: EpochMs[] = []
  for (const { startMs, endMs } of planned) {
    for (let at = startMs; at + minuteMs <= Math.min(endMs, untilMs); at += minuteMs) starts.push(at)
  }
  return starts
}

/** The instant at which so much of the planned time is left; null when there is less. */
export function instantWithLeft(planned: readonly Interval[], leftMs: number): EpochMs | null {
  let missing = leftMs
  for (let i = planned.length - 1; i >= 0; i--) {
    const { startMs, endMs } = planned[i]!
    if (endMs - startMs >= missing) return Math.floor(endMs - missing)
    missing -= endMs - startMs
  }
  return null
}

/** Recovery of a shift at `asOfMs`, see `recoveryOf`. */
export function shiftRecovery(
  facts: LineFacts,
  plan: { planned: readonly Interval[]; target: number; soFar: number; made: number },
  asOfMs: EpochMs,
): Recovery | null {
  const { planned } = plan
  const restMs = lengthOf(planned) - overlapMs(planned, planned[0]?.startMs ?? asOfMs, asOfMs)
  const found = recoveryOf({
    missing: plan.target - plan.made,
    behind: plan.soFar - plan.made,
    planPerHour: restMs > 0 ? (plan.target - plan.soFar) / (restMs / hourMs) : 0,
    bestPerHour: bestHour(facts, planned, asOfMs),
    restMs,
  })
  if (!found) return null
  const { spareMs, ...rest } = found
  return { ...rest, untilMs: spareMs === null ? null : instantWithLeft(planned, restMs - spareMs) }
}
