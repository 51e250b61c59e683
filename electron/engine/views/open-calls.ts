import type { OpenCall } from '../../../shared/contract/board-line.ts'
import { endsCall } from '../../../shared/domain/calls.ts'
import type { CallFact, EpochMs } from '../../../shared/domain/facts.ts'
import { answerWithinS, type CallCategory } from '../../../shared/settings/calls.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'

/** Most calls that one board lists; the oldest stay. */
export const maxOpenCalls = 12

/** What plant.yaml says of a line's calls. */
export type CallRules = Pick<LineSettings, 'calls'>

type Known = Omit<OpenCall, 'escalation'> & { /** Since when it waits for an answer. */ askedMs: EpochMs }

/**
 * Calls that were raised and neither resolved, rejected nor cancelled, oldest first, with how far up they went by `nowMs`.
 * `calls` is in order of time.
 */
export function openCalls(calls: readonly CallFact[], rules: CallRules, nowMs: EpochMs): OpenCall[] {
  const open = new Map<string, Known>()
  for (const fact of calls) {
    const known = open.get(fact.call)
    if (endsCall(fact.event)) open.delete(fact.call)
    else if (known) open.set(fact.call, after(known, fact, rules))
    else if (fact.event === 'raise') open.set(fact.call, raised(fact, rules))
  }
  return [...open.values()].slice(0, maxOpenCalls).map(({ askedMs, ...call }) => ({
    ...call,
    escalation: call.ackMs === null ? escalation(categoryOf(call.category, rules), nowMs - askedMs) : null,
  }))
}

function raised(fact: CallFact, rules: CallRules): Known {
  const { call, atMs, category = '', text = null, cell = null } = fact
  const answerByMs = atMs + withinMs(category, rules)
  const nobody = { ackMs: null, who: null, coming: false }
  return { call, category, raisedMs: atMs, askedMs: atMs, ...nobody, text, cell, answerByMs, times: 1 }
}

function after(known: Known, fact: CallFact, rules: CallRules): Known {
  const { event, atMs, text = known.text } = fact
  if (event === 'raise') return { ...known, times: known.times + 1, text }
  if (event === 'again') {
    const answerByMs = atMs + withinMs(known.category, rules)
    return {
      ...known,
      times: known.times + 1,
      text,
      askedMs: atMs,
      answerByMs,
      ackMs: null,
      who: null,
      coming: false,
    }
  }
  const coming = known.coming || event === 'coming'
  return { ...known, ackMs: known.ackMs ?? atMs, who: fact.who ?? known.who, coming }
}

function escalation(category: CallCategory | undefined, waitedMs: number): OpenCall['escalation'] {
  const levels = category?.escalate.filter(({ afterS }) => waitedMs >= afterS * 1000) ?? []
  const top = levels[levels.length - 1]
  return top === undefined ? null : { level: levels.length, to: top.to }
}

const categoryOf = (id: string, { calls }: CallRules) => calls.find((one) => one.id === id)

function withinMs(category: string, rules: CallRules): number {
  return (categoryOf(category, rules)?.answerWithinS ?? answerWithinS) * 1000
}
