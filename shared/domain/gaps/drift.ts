import type { EpochMs } from '../facts.ts'
import { type KpiPoint, mean } from '../kpis/kpi-points.ts'
import { individualsLimits, minXmrPoints, type XmrLimits } from '../spc.ts'

/** What is usual for a KPI: the level and spread of a time that the team took for normal. */
export type Reference = {
  mean: number
  /** Of one point: mean moving range / 1.128, or a sixth of the limits that the team locked in. */
  sigma: number
  /** Points that it rests on. */
  points: number
  /** From the first point on, or since the limits were locked in. */
  fromMs: EpochMs
  /** Points after this instant are judged by it. */
  untilMs: EpochMs
}

/** Limits that a team locked in when a key result was met and held. In the KPI's unit. */
export type LimitStep = { fromMs: EpochMs; mean: number; lower: number; upper: number }

/** A reference is made of so many points: fewer know the level too badly, more take too long. */
export const referencePoints = 30
/** How many points locked-in limits are taken to rest on. */
export const lockedInPoints = 20
/**
 * The rule set in force for the gap list: an exponentially weighted moving average with this weight and width. Over 80 shifts
 * without any drift it says something for about 3 KPIs of 100 (`npm run bench -- drift` prints the rate), where the Western
 * Electric rules of the charts would for two of three.
 */
export const driftRule = { lambda: 0.2, width: 4 } as const

const d2 = 1.128

/**
 * The reference of a KPI: limits that were locked in last; else the newest `referencePoints` points by the time at which the KPI
 * was defined, filled up with later ones. Null under `minXmrPoints` points. `points`: oldest first.
 */
export function referenceOf(
  points: readonly KpiPoint[],
  definedMs: EpochMs,
  steps: readonly LimitStep[] = [],
): Reference | null {
  const step = steps[steps.length - 1]
  if (step !== undefined) {
    const { fromMs, mean: level, lower, upper } = step
    const sigma = Math.abs(upper - lower) / 6
    return { mean: level, sigma, points: lockedInPoints, fromMs, untilMs: fromMs }
  }
  const before = points.filter(({ atMs }) => atMs <= definedMs).length
  const first = Math.max(0, before - referencePoints)
  const own = points.slice(first, first + referencePoints)
  if (own.length < minXmrPoints) return null
  const { mean: level, mrBar } = individualsLimits(own.map(({ value }) => value))
  const [oldest, newest] = [own[0]!.atMs, own[own.length - 1]!.atMs]
  return { mean: level, sigma: mrBar / d2, points: own.length, fromMs: oldest, untilMs: newest }
}

/** Natural limits that held for the points up to an index, before others were locked in. */
export type EarlierLimits = { to: number; limits: XmrLimits | null }

/**
 * What held before each lock-in, oldest first: what was usual, then the limits of each step but the last. A step begins with the
 * stretch that was held; steps without a point of their own are left out. `points`: oldest first.
 */
export function earlierLimits(
  points: readonly KpiPoint[],
  definedMs: EpochMs,
  steps: readonly LimitStep[],
): EarlierLimits[] {
  let from = 0
  return steps.flatMap((step, index): EarlierLimits[] => {
    const first = points.findIndex(({ atMs }) => atMs >= step.fromMs)
    const to = first < 0 ? points.length : first
    if (to <= from) return []
    from = to
    const reference = referenceOf(points.slice(0, to), definedMs, steps.slice(0, index))
    return [{ to, limits: reference && naturalLimits(reference) }]
  })
}

/** Natural limits of single points by a reference: where points lie while nothing changes. */
export function naturalLimits({ mean: level, sigma }: Reference): XmrLimits {
  return { mean: level, ucl: level + 3 * sigma, lcl: level - 3 * sigma, mrBar: sigma * d2 }
}

/** The level has moved away from its reference, and still is away at the newest point. */
export type Drift = {
  side: 1 | -1
  /** The point at which the signal came: index into all points. */
  signalIndex: number
  /** The point from which on the average has been on this side: about where the drift began. */
  fromIndex: number
}

/**
 * Whether the KPI has drifted from its reference (EWMA, NIST/SEMATECH e-Handbook 6.3.2.4). Limits are wider than the textbook's by
 * what the reference's own mean may be off, 1 / points. Null: no drift at the newest point, or nothing to judge.
 */
export function driftOf(points: readonly KpiPoint[], reference: Reference): Drift | null {
  const { lambda, width } = driftRule
  let average = reference.mean
  let judged = 0
  let side: 1 | -1 = 1
  let fromIndex = -1
  let signalIndex = -1
  points.forEach(({ atMs, value }, index) => {
    if (atMs <= reference.untilMs) return
    judged++
    average = lambda * value + (1 - lambda) * average
    const now = average >= reference.mean ? 1 : -1
    if (now !== side || fromIndex < 0) [side, fromIndex, signalIndex] = [now, index, -1]
    const share = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * judged))
    const reach = width * reference.sigma * Math.sqrt(share + 1 / reference.points)
    const outside = Math.abs(average - reference.mean) > reach * (1 + 1e-9)
    if (!outside) signalIndex = -1
    else if (signalIndex < 0) signalIndex = index
  })
  return signalIndex < 0 ? null : { side, signalIndex, fromIndex }
}

/** Points whose spread is compared with the usual one. */
export const swingPoints = 10
/** The mean moving range of the newest points is this many times the usual one: more than chance makes of it. */
export const swingRatio = 2

/** How many times wider than usual the newest points swing; 1 as long as it may be chance. */
export function swings(points: readonly KpiPoint[], reference: Reference | null): number {
  const newest = points.slice(-swingPoints).map(({ value }) => value)
  if (reference === null || reference.sigma === 0 || newest.length < swingPoints) return 1
  const moves = newest.slice(1).map((value, index) => Math.abs(value - newest[index]!))
  const ratio = mean(moves) / (reference.sigma * d2)
  return ratio >= swingRatio ? ratio : 1
}
