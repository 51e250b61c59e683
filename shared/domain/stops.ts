import type { EpochMs, Interval, LineFacts } from './facts.ts'
import { lengthOf, overlapMs } from './intervals.ts'
import type { StopEntry } from './kpi.ts'
import type { LineRules } from './rules.ts'
import { cutAt } from './stop-edits.ts'
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

/** Stop time that is one in everything: `merge` is the span whose stop time people made one stop. */
type Piece = Segment & { merge: Interval | null; plannedMs: number; runPlannedMs: number }

/** As `stopsIn`, for segments of one window that are there already; `planned` is the window's planned production time. */
export function stopEntries(
  timeline: Timeline,
  segments: readonly Segment[],
  planned: readonly Interval[],
  rules: LineRules,
): StopEntry[] {
  const first = segments[0]
  const last = segments[segments.length - 1]
  if (!first || !last) return []
  const window = { startMs: first.startMs, endMs: last.endMs }
  return stopPieces(timeline, segments, planned)
    .map((pieces) => entryOf(timeline, pieces, window, rules))
    .filter((entry) => entry.durationMs > 0)
}

/** The pieces of each stop of the window. */
function stopPieces(timeline: Timeline, segments: readonly Segment[], planned: readonly Interval[]) {
  const { merges, borders } = timeline.stopEdits
  const beyond = (startMs: EpochMs, endMs: EpochMs) =>
    endMs > startMs ? lengthOf(timeline.planned({ startMs, endMs })) : 0
  const stops: Piece[][] = []
  for (const run of contiguous(segments, isStop)) {
    const { startMs, endMs } = { startMs: run[0]!.startMs, endMs: run[run.length - 1]!.endMs }
    const whole = wholeRun(timeline, segments, run, isStop)
    const runPlannedMs =
      overlapMs(planned, startMs, endMs) + beyond(whole.startMs, startMs) + beyond(endMs, whole.endMs)
    for (const segment of run.flatMap((one) => cutAt(one, borders))) {
      const merge = merges.find((one) => one.startMs <= segment.startMs && segment.endMs <= one.endMs) ?? null
      const plannedMs = overlapMs(planned, segment.startMs, segment.endMs)
      const piece = { ...segment, merge, plannedMs, runPlannedMs }
      const open = stops[stops.length - 1]
      const before = open?.[open.length - 1]
      const goesOn =
        before !== undefined &&
        before.merge === merge &&
        (merge !== null ||
          (before.endMs === piece.startMs && sameStop(before, piece) && !borders.includes(piece.startMs)))
      if (goesOn) open!.push(piece)
      else stops.push([piece])
    }
  }
  return stops
}

function entryOf(
  timeline: Timeline,
  pieces: readonly Piece[],
  window: Interval,
  rules: LineRules,
): StopEntry {
  const first = pieces[0]!
  const last = pieces[pieces.length - 1]!
  const { parts, stoodMs } =
    first.merge === null ? { parts: pieces, stoodMs: first.runPlannedMs } : mergedStop(timeline, first.merge)
  const { state, cell } = longestOf(parts)!
  const endedMs = endOf(timeline, last, window)
  return {
    startMs: first.startMs,
    endMs: last.endMs,
    startedMs: startOf(timeline, first, window),
    closedMs: endedMs >= timeline.asOfMs ? null : endedMs,
    state,
    reason: longestOf(parts.filter((part) => part.reason !== null))?.reason ?? null,
    cell,
    durationMs: pieces.reduce((sum, piece) => sum + piece.plannedMs, 0),
    micro: stoodMs < rules.microStopMs,
  }
}

type Part = Segment & { plannedMs: number }

function longestOf(parts: readonly Part[]): Part | null {
  return parts.reduce<Part | null>(
    (best, one) => (best && best.plannedMs >= one.plannedMs ? best : one),
    null,
  )
}

/**
 * All that people merged to one stop, whatever window looks at it: its stop time part by part, and for how long the line stood,
 * where a run of stop time may reach beyond the merge.
 */
function mergedStop(timeline: Timeline, merge: Interval): { parts: Part[]; stoodMs: number } {
  const segments = timeline.segments(merge)
  const planned = timeline.planned(merge)
  const parts = segments
    .filter(isStop)
    .map((one) => ({ ...one, plannedMs: overlapMs(planned, one.startMs, one.endMs) }))
  const runs = contiguous(segments, isStop).map((run) =>
    lengthOf(timeline.planned(wholeRun(timeline, segments, run, isStop))),
  )
  return { parts, stoodMs: Math.max(...runs, stoppedIn(timeline, merge)) }
}

/** Planned stop time of an interval. */
function stoppedIn(timeline: Timeline, interval: Interval): number {
  if (interval.endMs <= interval.startMs) return 0
  const planned = timeline.planned(interval)
  return timeline
    .segments(interval)
    .reduce((sum, one) => (isStop(one) ? sum + overlapMs(planned, one.startMs, one.endMs) : sum), 0)
}

/** Before the window where the stop cost planned time there, else its start in the window. */
function startOf(timeline: Timeline, first: Piece, window: Interval): EpochMs {
  const { merge, startMs } = first
  let begunMs = startMs
  if (merge !== null) begunMs = Math.min(startMs, merge.startMs)
  else if (startMs === window.startMs) {
    const sameMs = reachBack(timeline.segments, startMs, timeline.beginMs, (one) => sameStop(first, one))
    const border = timeline.stopEdits.borders.filter((atMs) => atMs <= startMs).pop() ?? -Infinity
    begunMs = Math.max(sameMs, border)
  }
  return stoppedIn(timeline, { startMs: begunMs, endMs: window.startMs }) > 0 ? begunMs : startMs
}

/** The true end, also beyond the window. */
function endOf(timeline: Timeline, last: Piece, window: Interval): EpochMs {
  const { merge, endMs } = last
  if (endMs < window.endMs && merge === null) return endMs
  if (merge !== null) {
    const after = timeline.segments({ startMs: endMs, endMs: merge.endMs }).filter(isStop).pop()
    return after?.endMs ?? endMs
  }
  const sameMs = reachOn(timeline.segments, endMs, timeline.asOfMs, (one) => sameStop(last, one))
  const border = timeline.stopEdits.borders.find((atMs) => atMs >= endMs) ?? Infinity
  return Math.min(sameMs, border)
}

/**
 * Stops of the window up to `asOfMs`, by time. Neighbouring stop time with another state, reason or cell is an entry of its
 * own, and so are the parts of a stop that people split; stop time that they merged is one entry, whatever ran in between. A
 * planned break inside a stop does not split it. Start and end are clipped to the window; `durationMs` is the planned stop
 * time inside, and entries without any are left out, so that the durations add up to `KpiSums.stopMs`. `micro` judges the
 * whole time the line stood, over all entries that touch and beyond the window. `closedMs` is the true end, null while open.
 */
export function stopsIn(facts: LineFacts, rules: LineRules, window: Interval, asOfMs: EpochMs): StopEntry[] {
  const timeline = openTimeline(facts, rules, asOfMs)
  return stopEntries(timeline, timeline.segments(window), timeline.planned(window), rules)
}
