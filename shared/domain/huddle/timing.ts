import { nextShift, previousShift, shiftAt, type ShiftCalendar, type ShiftOccurrence } from '../calendar.ts'
import type { EpochMs } from '../facts.ts'
import { minuteMs } from '../local-time.ts'

/** A board that comes up so long after a huddle was due still begins it. Milliseconds. */
export const dueGraceMs = 10 * minuteMs
/** A huddle that nobody has touched for this long beyond its agenda is over. Milliseconds. */
export const lapseAfterMs = 5 * minuteMs
/** A huddle this long before the end of a shift, or a bit more where plant.yaml says so, is about that shift. Milliseconds. */
export const outgoingMs = 30 * minuteMs

/** When the next huddle begins by itself, `beforeMs` before the start of a shift; null: no shift to come. */
export function nextDue(
  calendar: ShiftCalendar,
  beforeMs: number,
  nowMs: EpochMs,
): { dueMs: EpochMs; shift: ShiftOccurrence } | null {
  const shift = nextShift(calendar, nowMs + beforeMs)
  return shift === null ? null : { dueMs: shift.startMs - beforeMs, shift }
}

/** The huddle that should have begun by itself in the last `dueGraceMs`; null: none. */
export function dueNow(
  calendar: ShiftCalendar,
  beforeMs: number,
  nowMs: EpochMs,
): { dueMs: EpochMs; shift: ShiftOccurrence } | null {
  const due = nextDue(calendar, beforeMs, nowMs - dueGraceMs)
  return due !== null && due.dueMs <= nowMs ? due : null
}

/** What a huddle at `nowMs` looks back at and is held for: near the end of a shift it is the next crew's. */
export function huddleShifts(
  calendar: ShiftCalendar,
  beforeMs: number,
  nowMs: EpochMs,
): { last: ShiftOccurrence | null; next: ShiftOccurrence | null } {
  const running = shiftAt(calendar, nowMs)
  const outgoing = running !== null && running.endMs - nowMs <= Math.max(outgoingMs, beforeMs)
  return {
    last: outgoing ? running : previousShift(calendar, nowMs),
    next: running !== null && !outgoing ? running : nextShift(calendar, nowMs),
  }
}
