import { endsCall } from '../../../shared/domain/calls.ts'
import type { CallFact, EpochMs } from '../../../shared/domain/facts.ts'
import { byTime } from '../../../db/facts-window.ts'

/** Facts of ONE call, in order: false once its newest event ended it. */
export function isOpen(facts: readonly CallFact[]): boolean {
  const newest = facts[facts.length - 1]
  return newest !== undefined && !endsCall(newest.event)
}

/** Facts of ONE call that a model keeps: those since the horizon, and while it is open all since it was raised. */
function kept(facts: readonly CallFact[], horizonMs: EpochMs): readonly CallFact[] {
  let raised = facts.length
  if (isOpen(facts)) {
    // The first one after its last end: it may have been raised several times, by a button that was pressed again.
    raised = facts.reduce((after, { event }, index) => (endsCall(event) ? index + 1 : after), 0)
  }
  return facts.filter((fact, index) => fact.atMs >= horizonMs || index >= raised)
}

/** Drops what is before the horizon of calls that have ended. */
export function callsSince(calls: readonly CallFact[], horizonMs: EpochMs): readonly CallFact[] {
  if (calls.every((fact) => fact.atMs >= horizonMs)) return calls
  const byCall = new Map<string, CallFact[]>()
  for (const fact of calls) {
    const list = byCall.get(fact.call)
    if (list) list.push(fact)
    else byCall.set(fact.call, [fact])
  }
  return [...byCall.values()].flatMap((facts) => kept(facts, horizonMs)).sort(byTime)
}

/** Puts all facts of one call in place of what was known of it. */
export function replaceCall(
  calls: readonly CallFact[],
  call: string,
  facts: readonly CallFact[],
  horizonMs: EpochMs,
): readonly CallFact[] {
  return [...calls.filter((fact) => fact.call !== call), ...kept(facts, horizonMs)].sort(byTime)
}
