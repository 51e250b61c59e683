import type { OpenCall } from '../../../shared/contract/board.ts'
import type { CallFact } from '../../../shared/domain/facts.ts'

/** Most calls that one board lists; the oldest stay. */
export const maxOpenCalls = 12

/** A call that nobody has answered for this long is overdue, where plant.yaml says nothing else. Seconds. */
export const answerWithinS = 300

/** Seconds until a call of a category is overdue, from plant.yaml. */
export type AnswerLimits = Readonly<Record<string, number>>

function answerMs(limits: AnswerLimits, category: string): number {
  const named = (name: string) => (Object.hasOwn(limits, name) ? limits[name] : undefined)
  return (named(category) ?? named('default') ?? answerWithinS) * 1000
}

/** Calls that were raised and neither resolved, rejected nor cancelled, oldest first. `calls` is in order of time. */
export function openCalls(calls: readonly CallFact[], limits: AnswerLimits = {}): OpenCall[] {
  const open = new Map<string, OpenCall>()
  for (const fact of calls) {
    const known = open.get(fact.call)
    if (fact.event === 'raise') {
      if (known) continue
      open.set(fact.call, {
        call: fact.call,
        category: fact.category ?? '',
        raisedMs: fact.atMs,
        ackMs: null,
        who: null,
        text: fact.text ?? null,
        answerByMs: fact.atMs + answerMs(limits, fact.category ?? ''),
      })
    } else if (fact.event === 'ack') {
      if (known)
        open.set(fact.call, { ...known, ackMs: known.ackMs ?? fact.atMs, who: fact.who ?? known.who })
    } else {
      open.delete(fact.call)
    }
  }
  return [...open.values()].slice(0, maxOpenCalls)
}
