import type { CountBucket, EpochMs, Interval, LineFacts } from './facts.ts'
import { firstAtOrAfter, lengthOf, overlapMs } from './intervals.ts'
import { stopsBegun } from './kpis/stop-sums.ts'
import { hourMs, minuteMs, minuteOf } from './local-time.ts'
import type { LineRules } from './rules.ts'
import { stopEntries } from './stops.ts'
import { openTimeline, timeClass } from './timeline.ts'

/** Sums of one window: add them over windows, never average ratios. Times in milliseconds, counts in pieces. */
export type KpiSums = {
  plannedMs: number
  runMs: number
  stopMs: number
  changeoverMs: number
  unknownMs: number
  good: number
  scrap: number
  rework: number
  total: number
  /** Pieces made outside planned production time (in breaks, say); they are part of good/scrap. */
  unplannedPieces: number
  /** Null as soon as one counted piece has no ideal cycle time. */
  idealTotalMs: number | null
  idealGoodMs: number | null
  /** Stops that begin in the window, by their first planned instant. */
  stopCount: number
  microStopCount: number
}

/** Fractions >= 0, or null where a denominator is zero or unknown. Performance and OEE may exceed 1 and are shown so. */
export type KpiRatios = {
  availability: number | null
  performance: number | null
  /** Quality as the factor of OEE: weighted by ideal cycle time. */
  quality: number | null
  /** good / total in pieces. */
  qualityRatio: number | null
  oee: number | null
  scrapRatio: number | null
  firstPassYield: number | null
  /** Good pieces per hour of planned production time. */
  throughputPerHour: number | null
}

export type StopEntry = Interval & {
  /** Where it began: before `startMs` when it cost planned time before the window already. */
  startedMs: EpochMs
  /** null: the stop is still open. */
  closedMs: EpochMs | null
  state: string
  reason: string | null
  cell: string | null
  /** Planned production time inside the stop, milliseconds. */
  durationMs: number
  micro: boolean
}

export type ChangeoverEntry = Interval & {
  closedMs: EpochMs | null
  from: string | null
  to: string | null
  /** Planned production time inside the changeover, milliseconds. */
  durationMs: number
}

export const emptySums: KpiSums = {
  plannedMs: 0,
  runMs: 0,
  stopMs: 0,
  changeoverMs: 0,
  unknownMs: 0,
  good: 0,
  scrap: 0,
  rework: 0,
  total: 0,
  unplannedPieces: 0,
  idealTotalMs: 0,
  idealGoodMs: 0,
  stopCount: 0,
  microStopCount: 0,
}

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b)

/** Sums of two windows that do not overlap, or of two lines. */
export function addSums(a: KpiSums, b: KpiSums): KpiSums {
  return {
    plannedMs: a.plannedMs + b.plannedMs,
    runMs: a.runMs + b.runMs,
    stopMs: a.stopMs + b.stopMs,
    changeoverMs: a.changeoverMs + b.changeoverMs,
    unknownMs: a.unknownMs + b.unknownMs,
    good: a.good + b.good,
    scrap: a.scrap + b.scrap,
    rework: a.rework + b.rework,
    total: a.total + b.total,
    unplannedPieces: a.unplannedPieces + b.unplannedPieces,
    idealTotalMs: plus(a.idealTotalMs, b.idealTotalMs),
    idealGoodMs: plus(a.idealGoodMs, b.idealGoodMs),
    stopCount: a.stopCount + b.stopCount,
    microStopCount: a.microStopCount + b.microStopCount,
  }
}

const ratio = (part: number | null, whole: number | null) =>
  part === null || whole === null || whole === 0 ? null : part / whole

/** Ratios of summed windows. OEE is availability x performance x quality wherever those three exist. */
export function kpiRatios(sums: KpiSums): KpiRatios {
  return {
    availability: ratio(sums.runMs, sums.plannedMs),
    performance: ratio(sums.idealTotalMs, sums.runMs),
    quality: ratio(sums.idealGoodMs, sums.idealTotalMs),
    qualityRatio: ratio(sums.good, sums.total),
    oee: ratio(sums.idealGoodMs, sums.plannedMs),
    scrapRatio: ratio(sums.scrap, sums.total),
    firstPassYield: ratio(sums.good - sums.rework, sums.total),
    throughputPerHour: ratio(sums.good * hourMs, sums.plannedMs),
  }
}

/** The part of `window` before `asOfMs`; empty when it has not begun. */
export function untilAsOf(window: Interval, asOfMs: EpochMs): Interval {
  return { startMs: window.startMs, endMs: Math.max(window.startMs, Math.min(window.endMs, asOfMs)) }
}

/** Count buckets of the window: those whose minute begins in [minute of window.start, window.end). */
export function countsIn(facts: LineFacts, window: Interval): readonly CountBucket[] {
  const first = firstAtOrAfter(facts.counts, (bucket) => bucket.startMs, minuteOf(window.startMs))
  return facts.counts.slice(
    first,
    firstAtOrAfter(facts.counts, (bucket) => bucket.startMs, window.endMs),
  )
}

/**
 * Sums of a window up to `asOfMs`. Times are cut to planned production time (shifts less breaks) and
 * planned = run + stop + changeover + unknown holds exactly. Pieces made outside planned time count as pieces.
 */
export function kpiSums(facts: LineFacts, rules: LineRules, window: Interval, asOfMs: EpochMs): KpiSums {
  const known = untilAsOf(window, asOfMs)
  const sums = { ...emptySums }
  if (known.endMs <= known.startMs) return sums
  const timeline = openTimeline(facts, rules, asOfMs)
  const segments = timeline.segments(known)
  const planned = timeline.planned(known)
  sums.plannedMs = lengthOf(planned)
  for (const { state, startMs, endMs } of segments) {
    sums[`${timeClass(state)}Ms`] += overlapMs(planned, startMs, endMs)
  }
  const stops = stopsBegun(stopEntries(timeline, segments, planned, rules))
  sums.stopCount = stops.length
  sums.microStopCount = stops.filter((stop) => stop.micro).length

  for (const bucket of countsIn(facts, known)) {
    const pieces = bucket.good + bucket.scrap
    sums.good += bucket.good
    sums.scrap += bucket.scrap
    sums.rework += bucket.rework
    sums.total += pieces
    if (overlapMs(planned, bucket.startMs, bucket.startMs + minuteMs) === 0) sums.unplannedPieces += pieces
    if (pieces === 0) continue
    sums.idealTotalMs = plus(sums.idealTotalMs, bucket.idealTotalMs)
    sums.idealGoodMs = plus(sums.idealGoodMs, bucket.idealGoodMs)
  }
  return sums
}
