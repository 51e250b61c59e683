import type {
  AgreedItem,
  HuddleFacts,
  HuddlePart,
  NextShift,
  ShiftReport,
} from '../../../shared/contract/board-huddle.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { isLate, type StoredAction } from '../../../shared/domain/gaps/action.ts'
import { causeOf } from '../../../shared/domain/gaps/barrier.ts'
import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { dayMs, localDateAt } from '../../../shared/domain/local-time.ts'
import type { LineHuddles, StoredHuddle, StoredTierItem } from '../huddle/huddle-book.ts'
import type { LineKpis } from '../kpis/kpi-book.ts'

/** Items for the next tier that a board holds. */
export const maxRaised = 12
/** Answers that a board holds, and for how long they are shown. */
export const maxAnswered = 4
export const answerShownMs = 3 * dayMs
/** What one huddle agrees, at most, as a board holds it. */
export const maxAgreed = 12

/** Of a line without huddles. */
export const noHuddle: HuddlePart = {
  current: null,
  nextMs: null,
  nextTier: null,
  raised: [],
  raisedOpen: 0,
  answered: [],
}

export type HuddleViewInput = {
  huddles: LineHuddles
  kpis: Pick<LineKpis, 'actions' | 'barriers' | 'kpis'>
  keyResults: readonly KeyResultView[]
  report: ShiftReport | null
  next: NextShift | null
  nextDueMs: EpochMs | null
  nextTier: string | null
  timeZone: string
  nowMs: EpochMs
}

/** The huddle that is on, with the facts of its steps, and what waits for the next tier. */
export function huddleView(input: HuddleViewInput): HuddlePart {
  const { huddles, kpis, nowMs, nextDueMs, nextTier } = input
  const { current, tier } = huddles
  const open = openTierItems(tier, kpis.actions)
  const answered = tier.filter(({ answer, atMs }) => answer !== null && nowMs - atMs < answerShownMs)
  return {
    current: current && {
      id: current.id,
      startedMs: current.startedMs,
      scheduled: current.scheduled,
      steps: current.agenda,
      step: current.step,
      stepMs: current.stepMs,
      present: current.present,
      ...huddleFacts(input, current),
    },
    nextMs: nextDueMs,
    nextTier,
    raised: open.slice(0, maxRaised).map(({ id, version, what, owner, raisedMs, raisedBy, answerByMs }) => ({
      id,
      version,
      what,
      who: owner === '' ? null : owner,
      raisedMs,
      raisedBy,
      answerByMs,
    })),
    raisedOpen: open.length,
    answered: answered
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, maxAnswered)
      .map(({ id, what, answer, by, atMs }) => ({ id, what, answer: answer ?? '', by, atMs })),
  }
}

/** What a huddle is about, with what it has agreed by now. */
export function huddleFacts(input: HuddleViewInput, { startedMs }: StoredHuddle): HuddleFacts {
  const { huddles, kpis, keyResults, report, next, timeZone, nowMs } = input
  const { last } = huddles
  const today = localDateAt(timeZone, nowMs)
  const within = (fromMs: EpochMs, toMs: EpochMs) =>
    kpis.actions
      .filter(({ createdMs }) => createdMs > fromMs && createdMs <= toMs)
      .slice(0, maxAgreed)
      .map((action) => agreedItem(action, today))
  return {
    report,
    next,
    keyResultId: neediest(keyResults)?.id ?? null,
    before: last === null ? [] : within(last.startedMs, last.endedMs ?? last.startedMs),
    agreed: within(startedMs, nowMs),
    barriers: kpis.barriers
      .filter(({ atMs }) => atMs > startedMs && atMs <= nowMs)
      .slice(0, maxAgreed)
      .map((answer) => ({
        kpi: kpis.kpis.find(({ kpi }) => kpi.id === answer.kpi)?.kpi.name ?? answer.kpi,
        barrier: causeOf(answer),
      })),
  }
}

/** Without an answer, first due first. What was done meanwhile needs none. */
export function openTierItems(
  tier: readonly StoredTierItem[],
  actions: readonly Pick<StoredAction, 'id' | 'state'>[],
): StoredTierItem[] {
  const isDone = (id: string | null) => actions.some((action) => action.id === id && action.state !== 'open')
  return tier
    .filter(({ answer, action }) => answer === null && !isDone(action))
    .sort((a, b) => a.answerByMs - b.answerByMs || a.raisedMs - b.raisedMs)
}

/** The one that is furthest behind its pace, of those whose value is no old one; else the first. */
export function neediest(keyResults: readonly KeyResultView[]): KeyResultView | undefined {
  const judged = keyResults.filter(
    ({ progress, freshness }) => progress !== null && freshness !== 'stale' && freshness !== 'withdrawn',
  )
  const worst = judged.reduce<KeyResultView | undefined>(
    (found, one) => (found === undefined || one.progress!.gap < found.progress!.gap ? one : found),
    undefined,
  )
  return worst ?? keyResults[0]
}

function agreedItem(action: StoredAction, today: string): AgreedItem {
  const { id, what, owner, due, state } = action
  return { id, what, who: owner === '' ? null : owner, due, state, late: isLate(action, today) }
}
