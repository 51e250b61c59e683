import { endsCall } from '../calls.ts'
import type { CallFact, EpochMs, Interval } from '../facts.ts'

/** Answers to calls for help inside a window, whenever the call was raised. Times in milliseconds of the clock. */
export type CallSums = {
  callsRaised: number
  callsAcked: number
  /** From raise to the first acknowledgement, summed. */
  callAckMs: number
  callsResolved: number
  /** From raise to resolve, summed. */
  callResolveMs: number
}

export const emptyCallSums: CallSums = {
  callsRaised: 0,
  callsAcked: 0,
  callAckMs: 0,
  callsResolved: 0,
  callResolveMs: 0,
}

/**
 * Sums of the answers given in the window up to `asOfMs`. `calls`: in order of time, with the raise of every call that is
 * answered in the window. A call that is resolved without an acknowledgement was acknowledged by resolving it; one that is
 * rejected or cancelled has no time to resolve.
 */
export function callSums(calls: readonly CallFact[], window: Interval, asOfMs: EpochMs): CallSums {
  const sums = { ...emptyCallSums }
  const open = new Map<string, { raisedMs: EpochMs; acked: boolean }>()
  const inside = (atMs: EpochMs) => atMs >= window.startMs && atMs < window.endMs && atMs <= asOfMs
  for (const { call, event, atMs } of calls) {
    const known = open.get(call)
    if (event === 'raise') {
      if (known) continue
      open.set(call, { raisedMs: atMs, acked: false })
      if (inside(atMs)) sums.callsRaised++
      continue
    }
    if (!known) continue
    if ((event === 'ack' || event === 'coming' || event === 'resolve') && !known.acked) {
      known.acked = true
      if (inside(atMs)) {
        sums.callsAcked++
        sums.callAckMs += atMs - known.raisedMs
      }
    }
    if (!endsCall(event)) continue
    open.delete(call)
    if (event === 'resolve' && inside(atMs)) {
      sums.callsResolved++
      sums.callResolveMs += atMs - known.raisedMs
    }
  }
  return sums
}

/** The same sums for each category of help by itself, the one with most calls first. */
export function callSumsByCategory(
  calls: readonly CallFact[],
  window: Interval,
  asOfMs: EpochMs,
): { category: string; sums: CallSums }[] {
  const categories = new Map<string, string>()
  for (const { call, event, category } of calls) {
    if (event === 'raise' && category !== undefined && !categories.has(call)) categories.set(call, category)
  }
  return [...new Set(categories.values())]
    .map((category) => {
      const facts = calls.filter(({ call }) => categories.get(call) === category)
      return { category, sums: callSums(facts, window, asOfMs) }
    })
    .filter(({ sums }) => sums.callsRaised + sums.callsAcked + sums.callsResolved > 0)
    .sort((a, b) => b.sums.callsRaised - a.sums.callsRaised || a.category.localeCompare(b.category))
}
