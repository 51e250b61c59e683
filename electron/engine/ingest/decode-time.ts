import type { EpochMs } from '../../../shared/domain/facts.ts'

const isoWithZone = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}(?::?\d{2})?)$/
const isoWithoutZone = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/
/** Smaller numbers would be before 1973: somebody sends seconds. */
const smallestMs = 100_000_000_000
const largestMs = 8_640_000_000_000_000

export type DecodedTime = { ok: true; atMs: EpochMs | null } | { ok: false; reason: string }

const refuse = (reason: string): DecodedTime => ({ ok: false, reason })

/** `ts` of a message: ISO 8601 with zone, or whole epoch milliseconds; absent (or null): null, the arrival counts. */
export function decodeTime(ts: unknown): DecodedTime {
  if (ts === undefined || ts === null) return { ok: true, atMs: null }
  if (typeof ts === 'number') {
    if (!Number.isInteger(ts)) return refuse('ts: must be whole milliseconds')
    if (ts < smallestMs) return refuse('ts: must be epoch MILLISECONDS; this looks like seconds')
    return ts > largestMs ? refuse('ts: is no time') : { ok: true, atMs: ts }
  }
  if (typeof ts !== 'string') return refuse('ts: must be ISO 8601 with a zone, or epoch milliseconds')
  const match = isoWithZone.exec(ts)
  if (!match) {
    return isoWithoutZone.test(ts)
      ? refuse('ts: has no zone; write "2026-03-01T06:00:00Z" or "...+01:00"')
      : refuse('ts: must be ISO 8601 with a zone, or epoch milliseconds')
  }
  const [, local, zone] = match as unknown as [string, string, string]
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`
  const atMs = Date.parse(local + offset)
  const isCalendarDate = new Date(Date.parse(`${local}Z`)).getUTCDate() === Number(local.slice(8, 10))
  return Number.isNaN(atMs) || !isCalendarDate ? refuse('ts: is no time of the calendar') : { ok: true, atMs }
}
