import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTime } from '../../../../electron/engine/ingest/decode-time.ts'

const at = (ts: unknown): number | null | string => {
  const time = decodeTime(ts)
  return time.ok ? time.atMs : time.reason
}
const noon = Date.UTC(2026, 2, 1, 12)

describe('decodeTime', () => {
  it.each([
    ['2026-03-01T12:00:00Z', noon],
    ['2026-03-01T12:00Z', noon],
    ['2026-03-01T13:00:00+01:00', noon],
    ['2026-03-01T13:00:00+0100', noon],
    ['2026-03-01T13:00:00+01', noon],
    ['2026-03-01T12:00:00.123456789Z', noon + 123],
    [noon, noon],
    [undefined, null],
    [null, null],
  ])('takes %s', (ts, expected) => expect(at(ts)).toBe(expected))

  it.each([
    ['2026-03-01T12:00:00', /no zone/],
    ['2026-03-01', /no zone/],
    ['2026-02-30T12:00:00Z', /no time of the calendar/],
    ['2026-03-01T25:00:00Z', /no time of the calendar/],
    ['noon', /ISO 8601/],
    [true, /ISO 8601/],
    [1_772_366_400, /MILLISECONDS/],
    [noon + 0.5, /whole milliseconds/],
    [Number.MAX_SAFE_INTEGER, /no time/],
  ])('refuses %s and says why', (ts, reason) => expect(at(ts)).toMatch(reason))

  it('reads back every instant it could have written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(2e11), max: new Date(4e12), noInvalidDate: true }), (date) => {
        expect([at(date.toISOString()), at(date.getTime())]).toEqual([date.getTime(), date.getTime()])
      }),
    )
  })
})
