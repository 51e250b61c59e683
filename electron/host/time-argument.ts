import { Temporal } from 'temporal-polyfill'
import { HostError } from './host-error.ts'

/** Reads an ISO time: with Z or an offset as it stands, without one (or a bare date) in the plant's time zone. */
export function timeArgument(name: string, text: string, timeZone: string): number {
  try {
    if (/(Z|[+-]\d{2}(:?\d{2})?)(\[.*\])?$/i.test(text) && /T/i.test(text)) {
      return Temporal.Instant.from(text).epochMilliseconds
    }
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    throw new HostError(
      `${name} ${text} is not a time: give one such as 2026-11-20T06:00 (in ${timeZone}) or 2026-11-20T05:00:00Z.`,
    )
  }
}

/** ISO in UTC, with a fraction only where there is one. */
export function isoTime(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toString()
}
