import type { EpochMs, Interval } from './facts.ts'
import { clip, differenceOf, intersectionOf, lengthOf, unionOf } from './intervals.ts'
import {
  dateOfDay,
  dayMs,
  dayNumber,
  hourMs,
  instantOf,
  minuteMs,
  minutesOfDay,
  weekdayOf,
} from './local-time.ts'

/**
 * A break of every such shift. It begins at its local start (before the shift's start: on the next day, after midnight) and
 * lasts its nominal length on days of 23 and 25 hours too. What lies outside the shift is ignored.
 */
export type BreakPattern = { name: string; start: string; end: string }

/** One shift of the plan. Times are local "HH:MM"; `end` at or before `start` means over midnight. */
export type ShiftPattern = {
  name: string
  start: string
  end: string
  /** ISO weekdays 1 (Monday) .. 7 on which the shift STARTS. */
  days: readonly number[]
  breaks: readonly BreakPattern[]
  /** Planned good pieces of the whole shift; null: from order or ideal cycle time. */
  target: number | null
}

/** Treated as immutable: occurrences are cached per object, so a changed calendar must be a new object. */
export type ShiftCalendar = {
  /** IANA name; the plant's zone decides, not the device's. */
  timeZone: string
  shifts: readonly ShiftPattern[]
  /** Local dates "YYYY-MM-DD" on which no shift starts. */
  closedDates: readonly string[]
}

/** A shift on a date. It belongs to the date on which it starts. */
export type ShiftOccurrence = Interval & {
  name: string
  date: string
  breaks: readonly (Interval & { name: string })[]
  /** Length less breaks, milliseconds. */
  plannedMs: number
  target: number | null
}

/** Occurrences kept per calendar object, counted in local dates; the oldest date makes room. */
export const maxCachedDates = 1_000
/** How far nextShift and previousShift look, in days. */
export const maxShiftSearchDays = 400

const occurrencesByCalendar = new WeakMap<ShiftCalendar, Map<number, readonly ShiftOccurrence[]>>()

function occurrence(calendar: ShiftCalendar, pattern: ShiftPattern, day: number): ShiftOccurrence | null {
  const start = minutesOfDay(pattern.start)
  const end = minutesOfDay(pattern.end)
  const shift = {
    startMs: instantOf(calendar.timeZone, day, start),
    endMs: instantOf(calendar.timeZone, day, end > start ? end : end + 1440),
  }
  if (shift.endMs <= shift.startMs) return null
  const breaks: (Interval & { name: string })[] = []
  for (const { name, start: from, end: to } of pattern.breaks) {
    const first = minutesOfDay(from)
    const minutes = minutesOfDay(to) - first
    const startMs = instantOf(calendar.timeZone, day, first < start ? first + 1440 : first)
    const inShift = clip(
      { startMs, endMs: startMs + (minutes >= 0 ? minutes : minutes + 1440) * minuteMs },
      shift,
    )
    if (inShift) breaks.push({ ...inShift, name })
  }
  breaks.sort((a, b) => a.startMs - b.startMs)
  const plannedMs = shift.endMs - shift.startMs - lengthOf(unionOf(breaks))
  return { ...shift, name: pattern.name, date: dateOfDay(day), breaks, plannedMs, target: pattern.target }
}

function occurrencesOn(calendar: ShiftCalendar, day: number): readonly ShiftOccurrence[] {
  let byDay = occurrencesByCalendar.get(calendar)
  if (!byDay) occurrencesByCalendar.set(calendar, (byDay = new Map()))
  const known = byDay.get(day)
  if (known) return known
  const found = patternsOn(calendar, day)
    .map((pattern) => occurrence(calendar, pattern, day))
    .filter((shift) => shift !== null)
    .sort((a, b) => a.startMs - b.startMs)
  if (byDay.size >= maxCachedDates) byDay.delete(byDay.keys().next().value!)
  byDay.set(day, found)
  return found
}

function patternsOn(calendar: ShiftCalendar, day: number): readonly ShiftPattern[] {
  if (calendar.shifts.length === 0) return []
  const weekday = weekdayOf(day)
  const patterns = calendar.shifts.filter((pattern) => pattern.days.includes(weekday))
  return patterns.length > 0 && calendar.closedDates.includes(dateOfDay(day)) ? [] : patterns
}

/** True when at least one shift starts on this local date: a working day. */
export function isWorkingDay(calendar: ShiftCalendar, date: string): boolean {
  return patternsOn(calendar, dayNumber(date)).length > 0
}

/** First local date that can hold the start of a shift reaching `atMs`, whatever the zone. */
function earliestDay(atMs: EpochMs): number {
  return Math.floor(atMs / dayMs) - 3
}

function latestDay(atMs: EpochMs): number {
  return Math.floor(atMs / dayMs) + 1
}

/** Shifts that overlap the window, unclipped, by start. A shift belongs to the date on which it starts. */
export function shiftsBetween(calendar: ShiftCalendar, window: Interval): ShiftOccurrence[] {
  const shifts: ShiftOccurrence[] = []
  if (calendar.shifts.length === 0 || window.endMs <= window.startMs) return shifts
  for (let day = earliestDay(window.startMs); day <= latestDay(window.endMs); day++) {
    for (const shift of occurrencesOn(calendar, day)) {
      if (shift.startMs < window.endMs && shift.endMs > window.startMs) shifts.push(shift)
    }
  }
  return shifts
}

/** The shift running at `atMs`; of overlapping shifts the one that started latest. */
export function shiftAt(calendar: ShiftCalendar, atMs: EpochMs): ShiftOccurrence | null {
  const running = shiftsBetween(calendar, { startMs: atMs, endMs: atMs + 1 })
  return running[running.length - 1] ?? null
}

/** The first shift that starts after `afterMs`, at most `maxShiftSearchDays` ahead. */
export function nextShift(calendar: ShiftCalendar, afterMs: EpochMs): ShiftOccurrence | null {
  if (calendar.shifts.length === 0) return null
  const firstDay = Math.floor(afterMs / dayMs) - 1
  for (let day = firstDay; day <= firstDay + maxShiftSearchDays; day++) {
    const next = occurrencesOn(calendar, day).find((shift) => shift.startMs > afterMs)
    if (next) return next
  }
  return null
}

/** Of the shifts that ended at or before `beforeMs` the one that started latest, at most `maxShiftSearchDays` back. */
export function previousShift(calendar: ShiftCalendar, beforeMs: EpochMs): ShiftOccurrence | null {
  if (calendar.shifts.length === 0) return null
  const lastDay = latestDay(beforeMs)
  for (let day = lastDay; day >= lastDay - maxShiftSearchDays; day--) {
    const ended = occurrencesOn(calendar, day).filter((shift) => shift.endMs <= beforeMs)
    if (ended.length > 0) return ended[ended.length - 1]!
  }
  return null
}

/** Planned production time of one shift: its length less its breaks, sorted. */
export function shiftPlannedIntervals(shift: ShiftOccurrence): Interval[] {
  return differenceOf([{ startMs: shift.startMs, endMs: shift.endMs }], unionOf(shift.breaks))
}

/** Planned production time inside the window, sorted: shifts less their own breaks, overlapping shifts merged. */
export function plannedIntervals(calendar: ShiftCalendar, window: Interval): Interval[] {
  const shifts = shiftsBetween(calendar, window)
  return intersectionOf(unionOf(shifts.flatMap(shiftPlannedIntervals)), [window])
}

/** The pitches of an hour-by-hour board: 60 min each from the start of the shift, the last one may be shorter. */
export function hoursOf(_calendar: ShiftCalendar, shift: Interval): Interval[] {
  const hours: Interval[] = []
  for (let startMs = shift.startMs; startMs < shift.endMs; startMs += hourMs) {
    hours.push({ startMs, endMs: Math.min(startMs + hourMs, shift.endMs) })
  }
  return hours
}
