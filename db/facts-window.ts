import type {
  Interval,
  ChangeoverFact,
  EpochMs,
  LineFacts,
  Silence,
  StateFact,
  StopReasonFact,
} from '../shared/domain/facts.ts'
import { firstAtOrAfter } from '../shared/domain/intervals.ts'

/**
 * How many product runs before a window are kept: a changeover begins with the last good piece of the run that made some, and
 * runs without a good piece may lie between.
 */
export const runsBefore = 20
/** How many changeover messages before a window are kept at most, of those since the last end. */
export const changeoversBefore = 200

type Timed = { atMs: EpochMs; seq: number }

export const byTime = (a: Timed, b: Timed): number => a.atMs - b.atMs || a.seq - b.seq
export const byStart = (a: { startMs: EpochMs; seq: number }, b: { startMs: EpochMs; seq: number }): number =>
  a.startMs - b.startMs || a.seq - b.seq

/**
 * The facts that matter from `horizonMs` on: everything at or after it, intervals that reach into it, and of what came
 * before: the last state of the line itself and of each of its cells, the last product runs
 * (`runsBefore`), the last changeover end with what followed it, the last open-ended stop reason and the last activity.
 * Idempotent; lists in order stay in order.
 */
export function factsSince(facts: LineFacts, horizonMs: EpochMs): LineFacts {
  return {
    states: statesSince(facts.states, horizonMs),
    changeovers: changeoversSince(facts.changeovers, horizonMs),
    products: withLast(facts.products, horizonMs, runsBefore),
    stopReasons: stopReasonsSince(facts.stopReasons, horizonMs),
    stopEdits: keep(facts.stopEdits, (edit) => edit.endMs >= horizonMs),
    activity: activitySince(facts.activity, horizonMs),
    silences: keep(facts.silences, (silence: Silence) => silence.endMs === null || silence.endMs > horizonMs),
    counts: bucketsSince(facts.counts, horizonMs),
    scraps: bucketsSince(facts.scraps, horizonMs),
  }
}

function keep<T>(list: readonly T[], wanted: (item: T) => boolean): readonly T[] {
  return list.every(wanted) ? list : list.filter(wanted)
}

/** Thousands of buckets, and almost always all of them: found by halving. */
function bucketsSince<T extends { startMs: EpochMs }>(list: readonly T[], horizonMs: EpochMs): readonly T[] {
  const first = firstAtOrAfter(list, (bucket) => bucket.startMs, horizonMs)
  return first > 0 ? list.slice(first) : list
}

function firstSince(list: readonly Timed[], horizonMs: EpochMs): number {
  return firstAtOrAfter(list, (item) => item.atMs, horizonMs)
}

function withLast<T extends Timed>(list: readonly T[], horizonMs: EpochMs, count: number): readonly T[] {
  const first = firstSince(list, horizonMs)
  return first > count ? list.slice(first - count) : list
}

function statesSince(list: readonly StateFact[], horizonMs: EpochMs): readonly StateFact[] {
  const first = firstSince(list, horizonMs)
  const last = new Map<string | undefined, StateFact>()
  for (const state of list.slice(0, first)) last.set(state.cell, state)
  if (last.size === first) return list
  return list.filter((state, index) => index >= first || last.get(state.cell) === state)
}

function changeoversSince(list: readonly ChangeoverFact[], horizonMs: EpochMs): readonly ChangeoverFact[] {
  const first = firstSince(list, horizonMs)
  let last = first - 1
  while (last >= 0 && list[last]!.event !== 'end') last--
  const from = Math.max(last, first - changeoversBefore, 0)
  return from > 0 ? list.slice(from) : list
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
