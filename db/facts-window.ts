import type {
  Interval,
  ChangeoverFact,
  EpochMs,
  LineFacts,
  Silence,
  StopReasonFact,
} from '../shared/domain/facts.ts'

/** How many product runs before a window are kept: the changeover into the run before it needs the one before that. */
const runsBefore = 2

type Timed = { atMs: EpochMs; seq: number }

export const byTime = (a: Timed, b: Timed): number => a.atMs - b.atMs || a.seq - b.seq
export const byStart = (a: { startMs: EpochMs; seq: number }, b: { startMs: EpochMs; seq: number }): number =>
  a.startMs - b.startMs || a.seq - b.seq

/**
 * The facts that matter from `horizonMs` on: everything at or after it, intervals that reach into it, and of what came
 * before: the last state, the last two product runs, the last changeover start or end with the steps after it, the last
 * open-ended stop reason and the last activity. Idempotent; lists in order stay in order.
 */
export function factsSince(facts: LineFacts, horizonMs: EpochMs): LineFacts {
  return {
    states: withLast(facts.states, horizonMs, 1),
    changeovers: changeoversSince(facts.changeovers, horizonMs),
    products: withLast(facts.products, horizonMs, runsBefore),
    stopReasons: stopReasonsSince(facts.stopReasons, horizonMs),
    activity: activitySince(facts.activity, horizonMs),
    silences: keep(facts.silences, (silence: Silence) => silence.endMs === null || silence.endMs > horizonMs),
    counts: keep(facts.counts, (bucket) => bucket.startMs >= horizonMs),
    scraps: keep(facts.scraps, (bucket) => bucket.startMs >= horizonMs),
  }
}

function keep<T>(list: readonly T[], wanted: (item: T) => boolean): readonly T[] {
  return list.every(wanted) ? list : list.filter(wanted)
}

function withLast<T extends Timed>(list: readonly T[], horizonMs: EpochMs, count: number): readonly T[] {
  let first = list.findIndex((item) => item.atMs >= horizonMs)
  if (first < 0) first = list.length
  return first > count ? list.slice(first - count) : list
}

function changeoversSince(list: readonly ChangeoverFact[], horizonMs: EpochMs): readonly ChangeoverFact[] {
  let first = list.findIndex((fact) => fact.atMs >= horizonMs)
  if (first < 0) first = list.length
  let last = first - 1
  while (last >= 0 && list[last]?.event === 'step') last--
  return last < 0 ? list.slice(first) : last === 0 ? list : list.slice(last)
}

function stopReasonsSince(list: readonly StopReasonFact[], horizonMs: EpochMs): readonly StopReasonFact[] {
  let lastOpen: StopReasonFact | null = null
  for (const fact of list) {
    if (fact.startMs < horizonMs && fact.endMs === null) lastOpen = fact
  }
  return keep(
    list,
    (fact) =>
      fact.startMs >= horizonMs || (fact.endMs !== null && fact.endMs > horizonMs) || fact === lastOpen,
  )
}

function activitySince(list: readonly Interval[], horizonMs: EpochMs): readonly Interval[] {
  let first = list.findIndex((interval) => interval.endMs >= horizonMs)
  if (first < 0) first = list.length
  return first > 1 ? list.slice(first - 1) : list
}
