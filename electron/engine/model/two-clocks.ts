import type { EpochMs } from '../../../shared/domain/facts.ts'

/** A clock that was set to another time is believed when it has gone on from there for so long. Milliseconds. */
export const believedAfterMs = 3_600_000
/** Smaller differences are the clock's drift, not a jump. Milliseconds. */
const driftMs = 5_000

/** The instants between which now may be: the same, unless the clock was set lately. */
export type NowBetween = { earliestMs: EpochMs; latestMs: EpochMs }

/**
 * The board's clock beside one that only counts on. A clock that jumps (set by hand, by a network time server, by a dead
 * battery) must not turn good messages into ones "from the future" or "too old": for an hour both times are possible.
 * `steadyNow`: milliseconds from any start, never set. `knownMs`: it was that late already, before this start.
 */
export function twoClocks(now: () => EpochMs, steadyNow: () => number, knownMs: EpochMs): () => NowBetween {
  let believed = Math.max(now(), knownMs) - steadyNow()
  let seen = now() - steadyNow()
  let seenSinceMs = steadyNow()
  return () => {
    const nowMs = now()
    const steadyMs = steadyNow()
    const offset = nowMs - steadyMs
    if (Math.abs(offset - seen) > driftMs) {
      seen = offset
      seenSinceMs = steadyMs
    }
    if (Math.abs(offset - believed) <= driftMs || steadyMs - seenSinceMs >= believedAfterMs) believed = offset
    const otherMs = steadyMs + believed
    return { earliestMs: Math.min(nowMs, otherMs), latestMs: Math.max(nowMs, otherMs) }
  }
}
