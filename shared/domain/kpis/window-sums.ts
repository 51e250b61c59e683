import type { CallFact, EpochMs, Interval, LineFacts } from '../facts.ts'
import { addSums, countsIn, emptySums, kpiSums, untilAsOf, type KpiSums } from '../kpi.ts'
import type { LineRules } from '../rules.ts'
import { stopEntries } from '../stops.ts'
import { openTimeline } from '../timeline.ts'
import { callSums, emptyCallSums, type CallSums } from './call-sums.ts'
import { changeoverSums, type ChangeoverSums } from './changeover-sums.ts'
import { planSums, type PlanSums } from './plan-sums.ts'
import { stopsBegun, stopSums, type StopSums } from './stop-sums.ts'

/**
 * Everything that the KPIs of the catalogue are made of, for one window of one line. All of it adds up: over windows that do
 * not overlap, and over lines.
 */
export type WindowSums = KpiSums &
  StopSums &
  ChangeoverSums &
  PlanSums &
  CallSums & {
    /** At the prices of today; null as soon as one scrapped piece has none. In the plant's currency. */
    scrapCost: number | null
  }

export const emptyWindowSums: WindowSums = {
  ...emptySums,
  ...emptyCallSums,
  idleMs: 0,
  failureMs: 0,
  failureCount: 0,
  unexplainedMs: 0,
  changeoverCount: 0,
  changeoverDoneMs: 0,
  changeoverBestMs: null,
  targetPieces: 0,
  taktMs: 0,
  scrapCost: 0,
}

/** Raise this when the meaning of a member changes: what was cached by other numbers is computed anew. */
export const windowSumsVersion = 3

/** Sums of a window up to `asOfMs`, as `kpiSums`, and all the rest. `calls`: see `callSums`. */
export function windowSums(
  facts: LineFacts,
  rules: LineRules,
  window: Interval,
  asOfMs: EpochMs,
  calls: readonly CallFact[] = [],
): WindowSums {
  const known = untilAsOf(window, asOfMs)
  if (known.endMs <= known.startMs) return { ...emptyWindowSums }
  const timeline = openTimeline(facts, rules, asOfMs)
  const segments = timeline.segments(known)
  const stops = stopEntries(timeline, segments, timeline.planned(known), rules)
  return {
    ...kpiSums(facts, rules, window, asOfMs),
    ...stopSums(stops, stopsBegun(stops)),
    ...changeoverSums(timeline, segments, known),
    ...planSums(facts, rules, window, asOfMs),
    ...callSums(calls, known, asOfMs),
    scrapCost: scrapCost(facts, rules, known),
  }
}

function scrapCost(facts: LineFacts, rules: LineRules, known: Interval): number | null {
  let cost: number | null = 0
  for (const { product, scrap } of countsIn(facts, known)) {
    const price = rules.products[product]?.price
    if (scrap !== 0) cost = cost === null || price === undefined ? null : cost + scrap * price
  }
  return cost
}

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b)
const least = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))

/** Sums of two windows that do not overlap, or of two lines. */
export function addWindowSums(a: WindowSums, b: WindowSums): WindowSums {
  return {
    ...addSums(a, b),
    idleMs: a.idleMs + b.idleMs,
    failureMs: a.failureMs + b.failureMs,
    failureCount: a.failureCount + b.failureCount,
    unexplainedMs: a.unexplainedMs + b.unexplainedMs,
    changeoverCount: a.changeoverCount + b.changeoverCount,
    changeoverDoneMs: a.changeoverDoneMs + b.changeoverDoneMs,
    changeoverBestMs: least(a.changeoverBestMs, b.changeoverBestMs),
    targetPieces: plus(a.targetPieces, b.targetPieces),
    taktMs: plus(a.taktMs, b.taktMs),
    callsRaised: a.callsRaised + b.callsRaised,
    callsAcked: a.callsAcked + b.callsAcked,
    callAckMs: a.callAckMs + b.callAckMs,
    callsResolved: a.callsResolved + b.callsResolved,
    callResolveMs: a.callResolveMs + b.callResolveMs,
    scrapCost: plus(a.scrapCost, b.scrapCost),
  }
}

export function totalOf(sums: readonly WindowSums[]): WindowSums {
  return sums.reduce(addWindowSums, emptyWindowSums)
}
