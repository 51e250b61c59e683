import { Temporal } from 'temporal-polyfill'
import type { EpochMs } from './facts.ts'

/** Local dates are "YYYY-MM-DD"; a day number counts days from 1970-01-01 and makes their arithmetic cheap. */
export const dayMs = 86_400_000
export const hourMs = 3_600_000
export const minuteMs = 60_000

/** Start of the minute of `atMs`; every time zone of today begins its minutes with UTC's. */
export function minuteOf(atMs: EpochMs): EpochMs {
  return Math.floor(atMs / minuteMs) * minuteMs
}

/** Day number of a local date. Throws a RangeError for anything but a real date "YYYY-MM-DD". */
export function dayNumber(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`"${date}" is not a date such as "2026-12-24"`)
  }
  return ms / dayMs
}

export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** ISO weekday of a day number: 1 Monday .. 7 Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** Minutes after midnight of a local time "HH:MM", up to "24:00". Throws a RangeError for anything else. */
export function minutesOfDay(time: string): number {
  const parts = /^(\d{2}):(\d{2})$/.exec(time)
  const minutes = parts ? Number(parts[1]) * 60 + Number(parts[2]) : NaN
  if (!parts || Number(parts[2]) > 59 || minutes > 1440) {
    throw new RangeError(`"${time}" is not a local time such as "06:00"`)
  }
  return minutes
}

/**
 * The instant at which a zone's clocks show this time of day. A time that the spring change skips is read by the offset
 * before the change (02:30 becomes 03:30); a time that comes twice in autumn is the first of the two.
 */
export function instantOf(timeZone: string, day: number, minutes: number): EpochMs {
  const at = new Date(day * dayMs + minutes * minuteMs)
  const local = Temporal.PlainDateTime.from({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  })
  return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** The last answer for each zone: every board asks for today, and finding it out costs more than many of its parts. */
const lastDates = new Map<string, { minuteMs: EpochMs; date: string }>()

/** The zone's local date at an instant. */
export function localDateAt(timeZone: string, atMs: EpochMs): string {
  const minuteMs = minuteOf(atMs)
  const last = lastDates.get(timeZone)
  if (last?.minuteMs === minuteMs) return last.date
  const date = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
  lastDates.set(timeZone, { minuteMs, date })
  return date
}

/** The zone's local time of day "HH:MM" at an instant. */
export function localTimeAt(timeZone: string, atMs: EpochMs): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString()
    .slice(0, 5)
}
