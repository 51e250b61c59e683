import { plannedIntervals, type ShiftCalendar, shiftPlannedIntervals, shiftsBetween } from './calendar.ts'
import type { ShiftOccurrence } from './calendar.ts'
import type { EpochMs, Interval } from './facts.ts'
import { differenceOf, intersectionOf, lengthOf, unionOf } from './intervals.ts'
import type { Segment } from './timeline.ts'

type Segments = (window: Interval) => readonly Segment[]

/** Of sorted intervals the first `lengthMs`. */
function firstOf(sorted: readonly Interval[], lengthMs: number): Interval[] {
  const taken: Interval[] = []
  let leftMs = lengthMs
  for (const { startMs, endMs } of sorted) {
    if (leftMs <= 0) break
    taken.push({ startMs, endMs: Math.min(endMs, startMs + leftMs) })
    leftMs -= endMs - startMs
  }
  return taken
}

/** Of sorted intervals the last `lengthMs`. */
function lastOf(sorted: readonly Interval[], lengthMs: number): Interval[] {
  return differenceOf(sorted, firstOf(sorted, lengthOf(sorted) - lengthMs))
}

/** The moving breaks that were taken in a shift: its planned time in state `break`, until the allowance is used up. */
function takenBreaks(segments: Segments, shift: ShiftOccurrence): Interval[] {
  if (shift.movingBreakMs === 0) return []
  const breaks = unionOf(segments(shift).filter(({ state }) => state === 'break'))
  return firstOf(intersectionOf(shiftPlannedIntervals(shift), breaks), shift.movingBreakMs)
}

/** Planned production time of any window: the calendar's less the moving breaks that were taken up to `asOfMs`. */
export function plannedTime(calendar: ShiftCalendar, segments: Segments): (window: Interval) => Interval[] {
  const taken = new Map<EpochMs, readonly Interval[]>()
  return (window) => {
    const planned = plannedIntervals(calendar, window)
    const moving = shiftsBetween(calendar, window).filter((shift) => shift.movingBreakMs > 0)
    if (moving.length === 0) return planned
    for (const shift of moving) {
      if (!taken.has(shift.startMs)) taken.set(shift.startMs, takenBreaks(segments, shift))
    }
    return differenceOf(planned, unionOf(moving.flatMap((shift) => taken.get(shift.startMs)!)))
  }
}

/**
 * The time over which a shift's plan is spread: its planned time less the whole allowance of moving breaks. What is not
 * taken yet is left free at the end of the shift, so that the plan never waits for a break that was not taken.
 */
export function planTime(shift: ShiftOccurrence, segments: Segments): Interval[] {
  const planned = shiftPlannedIntervals(shift)
  if (shift.movingBreakMs === 0) return planned
  const taken = takenBreaks(segments, shift)
  const left = differenceOf(planned, taken)
  return differenceOf(left, lastOf(left, shift.movingBreakMs - lengthOf(taken)))
}
