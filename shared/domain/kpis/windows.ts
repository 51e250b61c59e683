import { previousShift, shiftAt, shiftsBetween, type ShiftCalendar } from '../calendar.ts'
import type { EpochMs, Interval } from '../facts.ts'
import {
  dateOfDay,
  dayMs,
  dayNumber,
  hourMs,
  instantOf,
  localDateAt,
  localTimeAt,
  minuteMs,
  minuteOf,
  minutesOfDay,
  weekdayOf,
} from '../local-time.ts'

export const windowKinds = ['hour', 'shift', 'day', 'week', 'month'] as const
export type WindowKind = (typeof windowKinds)[number]

/** A window of a calendar. `name` says which: "2026-11-20 Early", "2026-11-20", "2026-11". */
export type KpiWindow = Interval & { kind: WindowKind; name: string }

/** Shifts that start on the date. */
function shiftsOn(calendar: ShiftCalendar, date: string) {
  const midnightMs = instantOf(calendar.timeZone, dayNumber(date), 0)
  const window = { startMs: midnightMs - dayMs, endMs: midnightMs + 2 * dayMs }
  return shiftsBetween(calendar, window).filter((shift) => shift.date === date)
}

/**
 * Where the production day of a date begins: with its first shift, since a shift belongs to the date on which it starts. On a
 * date without one at midnight, or when the last shift of the day before has ended.
 */
function dayStart(calendar: ShiftCalendar, day: number): EpochMs {
  const [first] = shiftsOn(calendar, dateOfDay(day))
  if (first) return first.startMs
  const before = shiftsOn(calendar, dateOfDay(day - 1)).map((shift) => shift.endMs)
  return Math.max(instantOf(calendar.timeZone, day, 0), ...before)
}

/** The date whose production day holds the instant. */
export function productionDate(calendar: ShiftCalendar, atMs: EpochMs): string {
  let day = dayNumber(localDateAt(calendar.timeZone, atMs))
  while (dayStart(calendar, day) > atMs) day--
  while (dayStart(calendar, day + 1) <= atMs) day++
  return dateOfDay(day)
}

function days(
  calendar: ShiftCalendar,
  kind: WindowKind,
  name: string,
  first: number,
  next: number,
): KpiWindow {
  return { kind, name, startMs: dayStart(calendar, first), endMs: dayStart(calendar, next) }
}

function hourAt(calendar: ShiftCalendar, atMs: EpochMs): KpiWindow {
  const time = localTimeAt(calendar.timeZone, atMs)
  const startMs = minuteOf(atMs) - (minutesOfDay(time) % 60) * minuteMs
  const name = `${localDateAt(calendar.timeZone, startMs)} ${time.slice(0, 2)}:00`
  return { kind: 'hour', name, startMs, endMs: startMs + hourMs }
}

/**
 * The window of a kind that holds the instant: the clock hour of the plant's zone, the shift (null outside shifts), the
 * production day, the ISO week and the month of production days.
 */
export function windowAt(calendar: ShiftCalendar, kind: WindowKind, atMs: EpochMs): KpiWindow | null {
  if (kind === 'hour') return hourAt(calendar, atMs)
  if (kind === 'shift') {
    const shift = shiftAt(calendar, atMs)
    return shift && { kind, name: `${shift.date} ${shift.name}`, startMs: shift.startMs, endMs: shift.endMs }
  }
  const date = productionDate(calendar, atMs)
  const day = dayNumber(date)
  if (kind === 'day') return days(calendar, kind, date, day, day + 1)
  if (kind === 'week') {
    const monday = day - weekdayOf(day) + 1
    return days(calendar, kind, `week of ${dateOfDay(monday)}`, monday, monday + 7)
  }
  const month = date.slice(0, 7)
  const first = dayNumber(`${month}-01`)
  const next = dayNumber(`${dateOfDay(first + 31).slice(0, 7)}-01`)
  return days(calendar, kind, month, first, next)
}

/** The window of the same kind before this one; null: none. */
export function previousWindow(calendar: ShiftCalendar, window: KpiWindow): KpiWindow | null {
  if (window.kind !== 'shift') return windowAt(calendar, window.kind, window.startMs - 1)
  const shift = previousShift(calendar, window.startMs)
  return shift && windowAt(calendar, 'shift', shift.startMs)
}

/**
 * The same hour, shift or day one week earlier; null for weeks and months, and where there was none. A shift is the same when
 * it has the same name.
 */
export function sameWeekdayBefore(calendar: ShiftCalendar, window: KpiWindow): KpiWindow | null {
  const { kind, startMs, name } = window
  const { timeZone } = calendar
  if (kind === 'hour') {
    const day = dayNumber(localDateAt(timeZone, startMs)) - 7
    return windowAt(calendar, kind, instantOf(timeZone, day, minutesOfDay(localTimeAt(timeZone, startMs))))
  }
  if (kind === 'day') {
    const day = dayNumber(name) - 7
    return days(calendar, kind, dateOfDay(day), day, day + 1)
  }
  if (kind !== 'shift') return null
  const [date, ...shiftName] = name.split(' ')
  const before = dateOfDay(dayNumber(date!) - 7)
  const shift = shiftsOn(calendar, before).find((one) => one.name === shiftName.join(' '))
  return shift === undefined
    ? null
    : { kind, name: `${before} ${shift.name}`, startMs: shift.startMs, endMs: shift.endMs }
}
