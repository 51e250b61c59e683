import type { EpochMs, Interval } from './facts.ts'

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

