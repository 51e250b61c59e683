import { dateOfDay, dayNumber, minutesOfDay, weekdayOf } from './local-time.ts'

/**
 * A break of every such shift. It begins at its local start (before the shift's start: on the next day, after midnight) and
 * lasts its nominal length on days of 23 and 25 hours too. What lies outside the shift is ignored.
 */
export type BreakPattern = { name: string; start: string; end: string }

/** Who works when, over and over from a local date on: an entry per day or week; null: the shift does not run. */
export type Rota = { from: string; every: 'day' | 'week'; crews: readonly (string | null)[] }

/** One shift of the plan. Times are local "HH:MM"; `end` at or before `start` means over midnight. */
export type ShiftPattern = {
  name: string
  start: string
  end: string
  /** ISO weekdays 1 (Monday) .. 7 on which the shift STARTS. */
  days: readonly number[]
  /** Null: the shift runs on all its days, without a named crew. */
  rota: Rota | null
  breaks: readonly BreakPattern[]
  /** Breaks that the crew takes when it suits: so much time in state `break` is not planned. Milliseconds. */
  movingBreakMs: number
  /** Planned good pieces of the whole shift; null: from order or ideal cycle time. */
  target: number | null
}

/** One more shift on one date, or the usual ones replaced on it. */
export type ExtraShift = { date: string; pattern: ShiftPattern }

/** A shift of the plan that begins earlier or ends later on one date. `target` null: it grows with the planned time. */
export type LongerShift = {
  date: string
  shift: string
  start: string | null
  end: string | null
  target: number | null
}

/** Which shifts start on which local date. */
export type ShiftDays = {
  /** In force until the first change. */
  shifts: readonly ShiftPattern[]
  /** Other shifts from a local date on, by date. A shift that started before runs to its end. */
  changes: readonly { from: string; shifts: readonly ShiftPattern[] }[]
  /** Local dates "YYYY-MM-DD" on which no shift starts, but for extra ones. */
  closedDates: readonly string[]
  /** What runs on one date instead of the usual shifts; none: the plant is closed. */
  exceptions: readonly { date: string; name: string | null; shifts: readonly ShiftPattern[] }[]
  /** Overtime. */
  extraShifts: readonly ExtraShift[]
  longerShifts: readonly LongerShift[]
}

/** A shift of one local date, in minutes since its midnight; beyond 1440 it is the next day, below 0 the day before. */
export type DayShift = {
  pattern: ShiftPattern
  startMin: number
  endMin: number
  crew: string | null
  /** What the plan has without overtime; null: all of it is overtime. */
  usual: { startMin: number; endMin: number } | null
  longer: LongerShift | null
}

/** The shifts that start on a day number, by start. */
export function shiftsOnDay(calendar: ShiftDays, day: number): DayShift[] {
  const date = dateOfDay(day)
  const found: DayShift[] = []
  for (const pattern of usualOn(calendar, date, day)) {
    const crew = crewOn(pattern, day)
    if (crew === undefined) continue
    const longer = calendar.longerShifts.find((one) => one.date === date && one.shift === pattern.name)
    found.push(dayShift(pattern, crew, longer ?? null))
  }
  for (const extra of calendar.extraShifts) {
    if (extra.date === date) found.push({ ...dayShift(extra.pattern, null, null), usual: null })
  }
  return found.sort((a, b) => a.startMin - b.startMin)
}

/** True when any shift is ever planned. */
export function hasShifts(calendar: ShiftDays): boolean {
  return (
    calendar.shifts.length > 0 ||
    calendar.changes.length > 0 ||
    calendar.exceptions.length > 0 ||
    calendar.extraShifts.length > 0
  )
}

function usualOn(calendar: ShiftDays, date: string, day: number): readonly ShiftPattern[] {
  const exception = calendar.exceptions.find((one) => one.date === date)
  if (exception) return exception.shifts
  if (calendar.closedDates.includes(date)) return []
  const weekday = weekdayOf(day)
  const change = calendar.changes.filter((one) => one.from <= date).pop()
  return (change?.shifts ?? calendar.shifts).filter((pattern) => pattern.days.includes(weekday))
}

/** Undefined: the rota leaves the day out. */
function crewOn({ rota }: ShiftPattern, day: number): string | null | undefined {
  if (rota === null) return null
  const since = day - dayNumber(rota.from)
  const turn = rota.every === 'day' ? since : Math.floor(since / 7)
  const { length } = rota.crews
  return rota.crews[((turn % length) + length) % length] ?? undefined
}

function dayShift(pattern: ShiftPattern, crew: string | null, longer: LongerShift | null): DayShift {
  const start = minutesOfDay(pattern.start)
  const end = minutesOfDay(pattern.end)
  const usual = { startMin: start, endMin: end > start ? end : end + 1440 }
  const earlier = longer?.start == null ? start : minutesOfDay(longer.start)
  const later = longer?.end == null ? end : minutesOfDay(longer.end)
  return {
    pattern,
    startMin: earlier > start ? earlier - 1440 : earlier,
    endMin: later > start ? later : later + 1440,
    crew,
    usual,
    longer,
  }
}
