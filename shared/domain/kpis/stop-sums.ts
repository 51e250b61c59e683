import { lengthOf } from '../intervals.ts'
import type { StopEntry } from '../kpi.ts'
import { isStop, reachBack, type Segment, type Timeline } from '../timeline.ts'

/** Stop time and stops by what they mean to ISO 22400-2; each part of `KpiSums.stopMs`. Milliseconds of planned time. */
export type StopSums = {
  /** In state `idle` or `off`: available, but not running with an order (ADOT). */
  idleMs: number
  /** Of failures: the line itself `stopped`, for longer than a micro-stop. */
  failureMs: number
  failureCount: number
  /** Longer than a micro-stop, and neither a reason nor the state (waiting, maintenance, break) says why. */
  unexplainedMs: number
}

const outOfOrderStates: readonly string[] = ['idle', 'off']
const unspecificStates: readonly string[] = ['stopped', 'idle', 'off']

/**
 * The stops of a window that begin in it, by the first planned instant of each: a stop over a border then counts once, in the
 * window in which it began. `stops` are those of `stopEntries` for the same window and segments.
 */
export function stopsBegun(
  timeline: Timeline,
  segments: readonly Segment[],
  stops: readonly StopEntry[],
): StopEntry[] {
  const first = segments[0]
  const head = stops[0]
  if (first === undefined || head === undefined || head.startMs !== first.startMs) return [...stops]
  const begunMs = reachBack(timeline.segments, first.startMs, timeline.beginMs, (segment) =>
    isSame(first, segment),
  )
  const ranBefore = lengthOf(timeline.planned({ startMs: begunMs, endMs: first.startMs })) > 0
  return ranBefore ? stops.slice(1) : [...stops]
}

function isSame(a: Segment, b: Segment): boolean {
  return isStop(b) && a.state === b.state && a.reason === b.reason && a.cell === b.cell
}

/** `begun`: those of `stops` that begin in the window. */
export function stopSums(stops: readonly StopEntry[], begun: readonly StopEntry[]): StopSums {
  const sums = { idleMs: 0, failureMs: 0, failureCount: 0, unexplainedMs: 0 }
  for (const stop of stops) {
    if (outOfOrderStates.includes(stop.state)) sums.idleMs += stop.durationMs
    if (isFailure(stop)) sums.failureMs += stop.durationMs
    if (!stop.micro && stop.reason === null && unspecificStates.includes(stop.state)) {
      sums.unexplainedMs += stop.durationMs
    }
  }
  sums.failureCount = begun.filter(isFailure).length
  return sums
}

function isFailure(stop: StopEntry): boolean {
  return stop.state === 'stopped' && !stop.micro
}
