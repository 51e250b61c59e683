import type { EpochMs } from '../facts.ts'

export const secondMs = 1_000
/** People who can stand around one board. */
export const maxPresent = 99

/** What a step of a huddle can be about; each has facts of its own. */
export const huddleTopics = [
  'since',
  'safety',
  'quality',
  'delivery',
  'changeovers',
  'calls',
  'plan',
  'keys',
  'actions',
] as const
export type HuddleTopic = (typeof huddleTopics)[number]

export type AgendaStep = {
  topic: HuddleTopic
  /** For how long it is meant to be talked about. */
  seconds: number
  /** Its name and the question to the crew; null: the usual one, in the language of the board. */
  name: string | null
  ask: string | null
}

/** Where a plant says nothing else: six and a half minutes, begun with what the last huddle agreed. */
export const usualAgenda: readonly Pick<AgendaStep, 'topic' | 'seconds'>[] = [
  { topic: 'since', seconds: 30 },
  { topic: 'safety', seconds: 60 },
  { topic: 'quality', seconds: 60 },
  { topic: 'delivery', seconds: 90 },
  { topic: 'plan', seconds: 90 },
  { topic: 'keys', seconds: 30 },
  { topic: 'actions', seconds: 30 },
]

/** How long the whole agenda is meant to take. Milliseconds. */
export function agendaMs(agenda: readonly Pick<AgendaStep, 'seconds'>[]): number {
  return agenda.reduce((sum, { seconds }) => sum + seconds * secondMs, 0)
}

/** A step's clock. It counts on beyond what was planned, and never goes to the next step by itself. Milliseconds. */
export type StepClock = { spentMs: number; plannedMs: number; over: boolean }

/** `spentMs`: what the step took before it was last opened, at `stepMs`. */
export function stepClock(
  step: { seconds: number; spentMs: number },
  stepMs: EpochMs,
  nowMs: EpochMs,
): StepClock {
  const spentMs = step.spentMs + Math.max(0, nowMs - stepMs)
  const plannedMs = step.seconds * secondMs
  return { spentMs, plannedMs, over: spentMs >= plannedMs }
}
