import type { EpochMs, Interval, LineFacts } from './facts.ts'
import { lengthOf, overlapMs } from './intervals.ts'
import type { StopEntry } from './kpi.ts'
import type { LineRules } from './rules.ts'
import { isStop, openTimeline, reachBack, reachOn, type Segment, type Timeline } from './timeline.ts'

/** Runs of neighbouring segments for which `belongs` holds. */
export function contiguous(
  segments: readonly Segment[],
  belongs: (segment: Segment) => boolean,
): Segment[][] {
  const runs: Segment[][] = []
  let open = false
  for (const segment of segments) {
    const inside = belongs(segment)
    if (inside && open) runs[runs.length - 1]!.push(segment)
    else if (inside) runs.push([segment])
    open = inside
  }
  return runs
}

/** The interval of a run of segments beyond the borders of its window. */
export function wholeRun(
  timeline: Timeline,
  segments: readonly Segment[],
  run: readonly Segment[],
  belongs: (segment: Segment) => boolean,
): Interval {
  const first = run[0]!
  const last = run[run.length - 1]!
  return {
    startMs:
      first === segments[0]
        ? reachBack(timeline.segments, first.startMs, timeline.beginMs, belongs)
        : first.startMs,
    endMs:
      last === segments[segments.length - 1]
        ? reachOn(timeline.segments, last.endMs, timeline.asOfMs, belongs)
        : last.endMs,
  }
}

const sameStop = (a: Segment, b: Segment) =>
  a.state === b.state && a.reason === b.reason && a.cell === b.cell && isStop(b)

/** As `stopsIn`, for segments of one window that are there already; `planned` is the window's planned production time. */
export function stopEntries(
  timeline: Timeline,
  segments: readonly Segment[],
  planned: readonly Interval[],
  rules: LineRules,
): StopEntry[] {
  const entries: StopEntry[] = []
  for (const run of contiguous(segments, isStop)) {
    const startMs = run[0]!.startMs
    const endMs = run[run.length - 1]!.endMs
    const whole = wholeRun(timeline, segments, run, isStop)
    const beyond = (from: EpochMs, to: EpochMs) =>
      to > from ? lengthOf(timeline.planned({ startMs: from, endMs: to })) : 0
    const plannedMs =
      overlapMs(planned, startMs, endMs) + beyond(whole.startMs, startMs) + beyond(endMs, whole.endMs)
    const micro = plannedMs < rules.microStopMs

    let entry: StopEntry | null = null
    let newest: Segment | null = null
    for (const segment of run) {
      const durationMs = overlapMs(planned, segment.startMs, segment.endMs)
      if (entry && newest && sameStop(newest, segment)) {
        entry.endMs = segment.endMs
        entry.closedMs = segment.endMs
        entry.durationMs += durationMs
      } else {
        const { startMs, endMs, state, reason, cell } = segment
        entry = { startMs, endMs, closedMs: endMs, state, reason, cell, durationMs, micro }
        entries.push(entry)
      }
      newest = segment
    }
    if (entry && newest && newest === segments[segments.length - 1]) {
      const last = newest
      const endedMs = reachOn(timeline.segments, last.endMs, timeline.asOfMs, (next) => sameStop(last, next))
      entry.closedMs = endedMs >= timeline.asOfMs ? null : endedMs
    }
  }
  return entries.filter((entry) => entry.durationMs > 0)
}

/**
 * Stops of the window up to `asOfMs`, by time. Neighbouring stop time with another state, reason or cell is an entry of its
 * own; a planned break inside a stop does not split it. Start and end are clipped to the window; `durationMs` is the planned
 * time inside, and entries without any are left out, so that the durations add up to `KpiSums.stopMs`. `micro` judges the
 * whole time the line stood, over all entries that touch and beyond the window. `closedMs` is the true end, null while open.
 */
export function stopsIn(facts: LineFacts, rules: LineRules, window: Interval, asOfMs: EpochMs): StopEntry[] {
  const timeline = openTimeline(facts, rules, asOfMs)
  return stopEntries(timeline, timeline.segments(window), timeline.planned(window), rules)
}
