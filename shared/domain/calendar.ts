import { type DayShift, hasShifts, type ShiftDays, shiftsOnDay } from './calendar-days.ts'
import type { EpochMs, Interval } from './facts.ts'
import { clip, differenceOf, intersectionOf, lengthOf, unionOf } from './intervals.ts'
import { dateOfDay, dayMs, dayNumber, instantOf, minuteMs, minutesOfDay } from './local-time.ts'
import { type PlannedSlot, type SlotOccurrence, slotsBetween } from './planned-slots.ts'

/** Treated as immutable: occurrences are cached per object, so a changed calendar must be a new object. */
export type ShiftCalendar = ShiftDays & {
  /** IANA name; the plant's zone decides, not the device's. */
  timeZone: string
  slots: readonly PlannedSlot[]
  /** Length of a row of the hour-by-hour board. Milliseconds. */
  pitchMs: number
  /** Rows of so many planned pieces instead, where the shift has a target. */
  pitchPieces: number | null
}

/** A shift on a date. It belongs to the date on which it starts. */
export type ShiftOccurrence = Interval & {
  name: string
  date: string
  crew: string | null
  breaks: readonly (Interval & { name: string })[]
  /** Planned non-production inside the shift. */
  slots: readonly SlotOccurrence[]
  /** What goes beyond the usual plan; part of planned time like the rest. */
  overtime: readonly Interval[]
  /** Length less breaks and slots, milliseconds; moving breaks are still in it. */
  plannedMs: number
  /** Breaks to be taken when it suits, milliseconds. */
  movingBreakMs: number
  target: number | null
}

/** Occurrences kept per calendar object, counted in local dates; the oldest date makes room. */
export const maxCachedDates = 1_000
/** How far nextShift and previousShift look, in days. */
export const maxShiftSearchDays = 400

const occurrencesByCalendar = new WeakMap<ShiftCalendar, Map<number, readonly ShiftOccurrence[]>>()

function occurrence(calendar: ShiftCalendar, one: DayShift, day: number): ShiftOccurrence | null {
  const { pattern, usual, crew } = one
  const at = (minutes: number) => instantOf(calendar.timeZone, day, minutes)
  const shift = { startMs: at(one.startMin), endMs: at(one.endMin) }
  if (shift.endMs <= shift.startMs) return null
  const breaks = breaksOf(calendar, one, day, shift)
  const slots = slotsBetween(calendar.slots, calendar.timeZone, shift).flatMap((slot) => {
    const inside = clip(slot, shift)
    return inside ? [{ ...slot, ...inside }] : []
  })
  const plannedIn = (interval: Interval) => lengthOf(differenceOf([interval], unionOf([...breaks, ...slots])))
  const plannedMs = plannedIn(shift)
  const plan = usual && { startMs: at(usual.startMin), endMs: at(usual.endMin) }
  const overtime = differenceOf([shift], plan ? [plan] : [])
  const usualMs = plan && plannedIn(plan)
  const grown = pattern.target !== null && usualMs ? Math.round((pattern.target * plannedMs) / usualMs) : null
  const target = one.longer === null ? pattern.target : (one.longer.target ?? grown)
  const { name, movingBreakMs } = pattern
  const date = dateOfDay(day)
  return { ...shift, name, date, crew, breaks, slots, overtime, plannedMs, movingBreakMs, target }
}

function breaksOf(calendar: ShiftCalendar, one: DayShift, day: number, shift: Interval) {
  const breaks: (Interval & { name: string })[] = []
  for (const { name, start, end } of one.pattern.breaks) {
    const first = minutesOfDay(start)
    const minutes = minutesOfDay(end) - first
    const startMs = instantOf(calendar.timeZone, day, first < one.startMin ? first + 1440 : first)
    const endMs = startMs + (minutes >= 0 ? minutes : minutes + 1440) * minuteMs
    const inShift = clip({ startMs, endMs }, shift)
    if (inShift) breaks.push({ ...inShift, name })
  }
  return breaks.sort((a, b) => a.startMs - b.startMs)
}

function occurrencesOn(calendar: ShiftCalendar, day: number): readonly ShiftOccurrence[] {
  let byDay = occurrencesByCalendar.get(calendar)
  if (!byDay) occurrencesByCalendar.set(calendar, (byDay = new Map()))
  const known = byDay.get(day)
  if (known) return known
  const found = shiftsOnDay(calendar, day)
    .map((shift) => occurrence(calendar, shift, day))
    .filter((shift) => shift !== null)
    .sort((a, b) => a.startMs - b.startMs)
  if (byDay.size >= maxCachedDates) byDay.delete(byDay.keys().next().value!)
  byDay.set(day, found)
  return found
}

/** True when at least one shift starts on this local date: a working day. */
export function isWorkingDay(calendar: ShiftCalendar, date: string): boolean {
  return occurrencesOn(calendar, dayNumber(date)).length > 0
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
  if (!hasShifts(calendar) || window.endMs <= window.startMs) return shifts
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
  if (!hasShifts(calendar)) return null
  const firstDay = Math.floor(afterMs / dayMs) - 1
  for (let day = firstDay; day <= firstDay + maxShiftSearchDays; day++) {
    const next = occurrencesOn(calendar, day).find((shift) => shift.startMs > afterMs)
    if (next) return next
  }
  return null
}

/** Of the shifts that ended at or before `beforeMs` the one that started latest, at most `maxShiftSearchDays` back. */
export function previousShift(calendar: ShiftCalendar, beforeMs: EpochMs): ShiftOccurrence | null {
  if (!hasShifts(calendar)) return null
  const lastDay = latestDay(beforeMs)
  for (let day = lastDay; day >= lastDay - maxShiftSearchDays; day--) {
    const ended = occurrencesOn(calendar, day).filter((shift) => shift.endMs <= beforeMs)
    if (ended.length > 0) return ended[ended.length - 1]!
  }
  return null
}

/** Planned production time of one shift by the calendar: its length less its breaks and slots, sorted. */
export function shiftPlannedIntervals(shift: ShiftOccurrence): Interval[] {
  return differenceOf(
    [{ startMs: shift.startMs, endMs: shift.endMs }],
    unionOf([...shift.breaks, ...shift.slots]),
  )
}

/**
 * Planned production time inside the window by the calendar, sorted: shifts less their breaks and slots, overlapping shifts
 * merged. Moving breaks are still in it: see `Timeline.planned`.
 */
export function plannedIntervals(calendar: ShiftCalendar, window: Interval): Interval[] {
  const shifts = shiftsBetween(calendar, window)
  return intersectionOf(unionOf(shifts.flatMap(shiftPlannedIntervals)), [window])
}

/** The window widened to whole shifts: what has to be known of a line for its planned time in the window to be right. */
export function wholeShifts(calendar: ShiftCalendar, window: Interval): Interval {
  const shifts = shiftsBetween(calendar, window)
  return {
    startMs: Math.min(window.startMs, ...shifts.map((shift) => shift.startMs)),
    endMs: Math.max(window.endMs, ...shifts.map((shift) => shift.endMs)),
  }
}

/** A row of the hour-by-hour board takes at least this: more rows nobody reads. Milliseconds. */
export const shortestPitchMs = 15 * minuteMs

/** The pitches of an hour-by-hour board from the start of the shift, the last one may be shorter. */
export function hoursOf(calendar: ShiftCalendar, shift: ShiftOccurrence): Interval[] {
  const { pitchPieces } = calendar
  if (pitchPieces !== null && shift.target !== null && shift.plannedMs > 0)
    return piecePitches(shift, shift.target, pitchPieces)
  const hours: Interval[] = []
  for (let startMs = shift.startMs; startMs < shift.endMs; startMs += calendar.pitchMs) {
    hours.push({ startMs, endMs: Math.min(startMs + calendar.pitchMs, shift.endMs) })
  }
  return hours
}

/**
 * Pitch = takt time x pieces: a row ends when by the shift's target and its breaks so many pieces more are due, on the minute,
 * since pieces are stored by the minute. Of fewer pieces than fill `shortestPitchMs` as many times as do.
 */
function piecePitches(shift: ShiftOccurrence, target: number, pieces: number): Interval[] {
  const planned = shiftPlannedIntervals(shift)
  const batchMs = (shift.plannedMs / target) * pieces
  const pitchMs = batchMs * Math.ceil(shortestPitchMs / batchMs)
  const edges = [shift.startMs]
  for (let dueMs = pitchMs; dueMs < shift.plannedMs - minuteMs; dueMs += pitchMs)
    edges.push(Math.round(instantAfter(planned, dueMs) / minuteMs) * minuteMs)
  return edges.map((startMs, index) => ({ startMs, endMs: edges[index + 1] ?? shift.endMs }))
}

/** When so much of the planned time has passed. */
function instantAfter(planned: readonly Interval[], ms: number): EpochMs {
  let leftMs = ms
  for (const { startMs, endMs } of planned) {
    if (leftMs <= endMs - startMs) return startMs + leftMs
    leftMs -= endMs - startMs
  }
  return planned.at(-1)!.endMs
}
