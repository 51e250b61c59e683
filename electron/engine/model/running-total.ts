import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { RunningTotal } from '../../../shared/domain/line-model.ts'

/** A line that is better than its ideal cycle time is believed up to this factor. */
const speedMargin = 1.5
/** Pieces that are always believed, for counters that report in packs. */
const slackPieces = 2

/** What is known of a counter. Times in milliseconds. */
export type CounterLimits = {
  /** It starts again at 0 after modulus - 1; null: not known. */
  modulus: number | null
  /** Most pieces a millisecond; null: not known, everything is believed. */
  maxPerMs: number | null
  /** Time by which a report may be late or early beside the pieces it tells of. */
  slackMs: number
}

/** Most pieces a millisecond by the fastest ideal cycle time; null: none is known. */
export function maxPerMs(fastestCycleMs: number | null): number | null {
  return fastestCycleMs === null ? null : speedMargin / fastestCycleMs
}

/**
 * What a running total means against what is known of it. `next` null: it changes nothing. `delta`: pieces that it adds.
 * `suspect`: not believed yet, and not counted: the line can't have made so many pieces. What follows shows whether it was
 * a wrong reading, which is then passed over, or another counter, which is then followed from there.
 */
export type TotalStep = {
  delta: number
  next: RunningTotal | null
  what: 'baseline' | 'more' | 'reset' | 'rollover' | 'swap' | 'resumed' | 'late' | 'suspect'
}

/** `ownTime`: the message tells its time itself; otherwise several may arrive at once after an outage. */
export function stepTotal(
  known: RunningTotal | undefined,
  total: number,
  atMs: EpochMs,
  limits: CounterLimits = unlimited,
  ownTime = true,
): TotalStep {
  if (!known) return { delta: 0, next: { total, atMs, spareMs: 0, other: null }, what: 'baseline' }
  const isLater = atMs > known.atMs || (atMs === known.atMs && total >= known.total)
  if (!isLater) return { delta: 0, next: null, what: 'late' }

  const { modulus, slackMs } = limits
  const rate = limits.maxPerMs
  const believed = (pieces: number, sinceMs: EpochMs, spareMs: number): boolean =>
    rate === null || pieces <= slackPieces + rate * (atMs - sinceMs + slackMs + spareMs)
  const follow = (
    delta: number,
    what: TotalStep['what'],
    other: RunningTotal['other'] = null,
  ): TotalStep => ({
    delta,
    next: { total, atMs, spareMs: ownTime ? 0 : spareAfter(known, delta, atMs, limits), other },
    what,
  })

  const more = total - known.total
  if (more >= 0 && believed(more, known.atMs, known.spareMs)) {
    return follow(more, 'more', more === 0 ? known.other : null)
  }
  const { other } = known
  if (other !== null && total >= other.total && believed(total - other.total, other.atMs, 0)) {
    if (atMs === other.atMs && total === other.total) return { delta: 0, next: null, what: 'late' }
    if (other.atMs > known.atMs) return follow(total - other.total, 'swap')
    // What was counted since the reset that was none is part of the difference.
    return follow(Math.max(0, total - other.total - known.total), 'resumed')
  }
  if (more < 0) {
    const over = modulus === null || known.total >= modulus ? Infinity : modulus - known.total + total
    if (over < Infinity && believed(over, known.atMs, known.spareMs)) return follow(over, 'rollover')
    if (believed(total, known.atMs, known.spareMs)) {
      return follow(total, 'reset', { total: known.total, atMs: known.atMs })
    }
  }
  return { delta: 0, next: { ...known, other: { total, atMs } }, what: 'suspect' }
}

const unlimited: CounterLimits = { modulus: null, maxPerMs: null, slackMs: 0 }

/**
 * Messages without a time of their own that waited somewhere arrive all at once: the time of the silence before them is
 * kept for them, until they come at their usual pace again.
 */
function spareAfter(known: RunningTotal, delta: number, atMs: EpochMs, limits: CounterLimits): number {
  const { slackMs } = limits
  const passedMs = atMs - known.atMs
  const atPaceMs = slackMs / 4
  if (limits.maxPerMs === null || (passedMs >= atPaceMs && passedMs <= slackMs)) return 0
  const usedMs = delta / limits.maxPerMs
  return Math.max(0, Math.round(known.spareMs + passedMs - usedMs))
}
