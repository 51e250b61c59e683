import type { EpochMs } from '../facts.ts'
import type { Cycle, KeyResult, Milestone, Objective } from '../key-results.ts'
import type { TargetStep } from './target-steps.ts'

/** What somebody would rather reach, and what became of it. */
export type CounterProposal = {
  id: string
  atMs: EpochMs
  by: string
  target: number
  due: string | null
  reason: string
  answer: 'open' | 'accepted' | 'declined'
  answeredMs: EpochMs | null
  answeredBy: string | null
  answerReason: string | null
}

export type KeyResultEnd = {
  atMs: EpochMs
  why: 'archived' | 'closed' | 'locked in'
  /** 0..1; null: it was not graded. */
  grade: number | null
  lesson: string | null
}

/** A key result with its history. */
export type StoredKeyResult = KeyResult & {
  createdMs: EpochMs
  origin: string | null
  /** Oldest first; the last one is in force. */
  targets: readonly TargetStep[]
  /** Oldest first. */
  proposals: readonly CounterProposal[]
  ended: KeyResultEnd | null
}

export type ObjectiveEnd = { atMs: EpochMs; why: 'archived' | 'closed'; lesson: string | null }

/** An objective with its history. `version` counts the changes of it and its key results, from 1. */
export type StoredObjective = Omit<Objective, 'keyResults'> & {
  keyResults: readonly StoredKeyResult[]
  createdMs: EpochMs
  version: number
  ended: ObjectiveEnd | null
}

/** How the origin of a key result begins that was made of a gap. */
export const gapOrigin = 'gap: '

/**
 * From when to when a key result is judged, local dates. It begins with its cycle; one that was made of a gap begins on the day
 * on which its baseline was measured, since the line had no time for it before. `createdDate`: local date on which it was made.
 */
export function spanOf(
  { due, origin }: Pick<StoredKeyResult, 'due' | 'origin'>,
  { startDate, endDate }: Pick<Cycle, 'startDate' | 'endDate'>,
  createdDate: string,
): { startDate: string; endDate: string } {
  const end = due ?? endDate
  const isMeasured = origin?.startsWith(gapOrigin) ?? false
  if (!isMeasured || createdDate <= startDate) return { startDate, endDate: end }
  return { startDate: createdDate < end ? createdDate : end, endDate: end }
}

/** Weighted share of the milestones that are done, 0..100. `done`: their positions. */
export function milestoneValue(milestones: readonly Milestone[], done: ReadonlySet<number>): number {
  const all = milestones.reduce((sum, { weight }) => sum + weight, 0)
  const reached = milestones.reduce((sum, { weight }, i) => sum + (done.has(i) ? weight : 0), 0)
  return all === 0 ? 0 : (100 * reached) / all
}
