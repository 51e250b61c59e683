import type { Interval } from '../facts.ts'
import { lengthOf } from '../intervals.ts'
import { contiguous, wholeRun } from '../stops.ts'
import type { Segment, Timeline } from '../timeline.ts'

/** Finished changeovers of a window, with all of their planned time, also what lies before the window. */
export type ChangeoverSums = {
  changeoverCount: number
  changeoverDoneMs: number
  /** Null: none. */
  changeoverBestMs: number | null
}

const isChangeover = (segment: Segment) => segment.state === 'changeover'

/**
 * A changeover counts in the window that holds its last planned instant, so that one over a border counts once and whole.
 * One that still goes on at the timeline's asOf does not count yet. `window` is cut to asOf.
 */
export function changeoverSums(
  timeline: Timeline,
  segments: readonly Segment[],
  window: Interval,
): ChangeoverSums {
  const sums: ChangeoverSums = { changeoverCount: 0, changeoverDoneMs: 0, changeoverBestMs: null }
  const plannedMs = (startMs: number, endMs: number) =>
    endMs > startMs ? lengthOf(timeline.planned({ startMs, endMs })) : 0
  for (const run of contiguous(segments, isChangeover)) {
    const inside = plannedMs(run[0]!.startMs, run[run.length - 1]!.endMs)
    if (inside === 0) continue
    const whole = wholeRun(timeline, segments, run, isChangeover)
    if (whole.endMs >= timeline.asOfMs || plannedMs(window.endMs, whole.endMs) > 0) continue
    const durationMs = plannedMs(whole.startMs, whole.endMs)
    sums.changeoverCount++
    sums.changeoverDoneMs += durationMs
    sums.changeoverBestMs = Math.min(sums.changeoverBestMs ?? Infinity, durationMs)
  }
  return sums
}
