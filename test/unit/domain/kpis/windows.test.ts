import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  previousWindow,
  productionDate,
  sameWeekdayBefore,
  windowAt,
  windowKinds,
} from '../../../../shared/domain/kpis/windows.ts'
import { calendarOf, shiftPattern } from '../line-facts.ts'

const days = [1, 2, 3, 4, 5]
const calendar = calendarOf(
  [
    shiftPattern({ name: 'Early', start: '06:00', end: '14:00', days }),
    shiftPattern({ name: 'Late', start: '14:00', end: '22:00', days }),
    shiftPattern({ name: 'Night', start: '22:00', end: '06:00', days }),
  ],
  { timeZone: 'Europe/Berlin' },
)
const at = (local: string) => Date.parse(`${local}+01:00`)
const shown = (window: { name: string; startMs: number; endMs: number } | null) =>
  window &&
  `${window.name}: ${new Date(window.startMs).toISOString().slice(0, 16)} ${new Date(window.endMs).toISOString().slice(0, 16)}`

describe('windows of a calendar', () => {
  it('a production day begins with its first shift; the night belongs to the date on which it starts', () => {
    expect(productionDate(calendar, at('2026-11-24T05:59:00'))).toBe('2026-11-23')
    expect(productionDate(calendar, at('2026-11-24T06:00:00'))).toBe('2026-11-24')
    // Friday's night ends on Saturday at six; Saturday has no shift, and begins then.
    expect(shown(windowAt(calendar, 'day', at('2026-11-28T03:00:00')))).toBe(
      '2026-11-27: 2026-11-27T05:00 2026-11-28T05:00',
    )
    expect(shown(windowAt(calendar, 'day', at('2026-11-28T07:00:00')))).toBe(
      '2026-11-28: 2026-11-28T05:00 2026-11-28T23:00',
    )
  })

  it('weeks begin on Monday, months on the first, hours on the hour of the zone', () => {
    expect(shown(windowAt(calendar, 'week', at('2026-11-25T12:00:00')))).toBe(
      'week of 2026-11-23: 2026-11-23T05:00 2026-11-30T05:00',
    )
    expect(shown(windowAt(calendar, 'month', at('2026-12-01T03:00:00')))).toBe(
      '2026-11: 2026-10-31T23:00 2026-12-01T05:00',
    )
    expect(shown(windowAt(calendar, 'hour', at('2026-11-25T12:34:56')))).toBe(
      '2026-11-25 12:00: 2026-11-25T11:00 2026-11-25T12:00',
    )
    const india = { ...calendar, timeZone: 'Asia/Kolkata' }
    expect(windowAt(india, 'hour', Date.parse('2026-11-25T12:40:00+05:30'))!.startMs).toBe(
      Date.parse('2026-11-25T12:00:00+05:30'),
    )
  })

  it('a shift is compared with the one before and with the one of its name a week earlier', () => {
    const shift = windowAt(calendar, 'shift', at('2026-11-23T07:00:00'))!
    expect(shift.name).toBe('2026-11-23 Early')
    expect(previousWindow(calendar, shift)!.name).toBe('2026-11-20 Night')
    expect(sameWeekdayBefore(calendar, shift)!.name).toBe('2026-11-16 Early')
    expect(windowAt(calendar, 'shift', at('2026-11-28T12:00:00'))).toBeNull()
    const closed = { ...calendar, closedDates: ['2026-11-16'] }
    expect(sameWeekdayBefore(closed, shift)).toBeNull()
  })

  it('the same hour and day of the week before are so by the clock, over the change of time too', () => {
    const hour = windowAt(calendar, 'hour', at('2026-10-26T12:00:00'))!
    expect(sameWeekdayBefore(calendar, hour)!.startMs).toBe(Date.parse('2026-10-19T12:00:00+02:00'))
    const day = windowAt(calendar, 'day', at('2026-10-26T12:00:00'))!
    expect(sameWeekdayBefore(calendar, day)!.name).toBe('2026-10-19')
    expect(sameWeekdayBefore(calendar, windowAt(calendar, 'week', at('2026-10-26T12:00:00'))!)).toBeNull()
  })

  it('days, weeks and months leave no time between them, also when clocks change', () => {
    const instants = fc.integer({
      min: Date.parse('2026-01-05T00:00:00Z'),
      max: Date.parse('2027-12-20T00:00:00Z'),
    })
    fc.assert(
      fc.property(instants, fc.constantFrom(...windowKinds), (atMs, kind) => {
        const window = windowAt(calendar, kind, atMs)
        if (window === null) return
        expect(window.startMs <= atMs && atMs < window.endMs).toBe(true)
        if (kind === 'shift') return
        expect(previousWindow(calendar, window)!.endMs).toBe(window.startMs)
        expect(windowAt(calendar, kind, window.endMs)!.startMs).toBe(window.endMs)
      }),
      { numRuns: 60 },
    )
  })
})
