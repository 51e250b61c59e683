import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hoursOf,
  isWorkingDay,
  maxCachedDates,
  nextShift,
  plannedIntervals,
  previousShift,
  shiftAt,
  shiftsBetween,
} from '../../../shared/domain/calendar.ts'
import { lengthOf } from '../../../shared/domain/intervals.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import { at, calendarOf, hour, minute, shiftPattern } from './line-facts.ts'

const night = shiftPattern({
  name: 'Night',
  start: '22:00',
  end: '06:00',
  breaks: [
    { name: 'Break', start: '23:30', end: '23:45' },
    { name: 'Meal', start: '02:30', end: '03:00' },
  ],
})
const threeShifts = calendarOf(
  [
    shiftPattern({ breaks: [{ name: 'Meal', start: '10:00', end: '10:30' }], target: 1000 }),
    shiftPattern({ name: 'Late', start: '14:00', end: '22:00' }),
    night,
  ],
  { timeZone: 'Europe/Berlin' },
)
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)

describe('shifts', () => {
  it('gives an ordinary shift its instants in the plant zone', () => {
    const shift = shiftAt(threeShifts, at('06:00'))!
    expect(shift).toMatchObject({ name: 'Early', date: '2026-11-18', target: 1000, plannedMs: 7.5 * hour })
    expect([iso(shift.startMs), iso(shift.endMs)]).toEqual(['2026-11-18T05:00', '2026-11-18T13:00'])
    expect(shift.breaks).toEqual([{ name: 'Meal', startMs: at('09:00'), endMs: at('09:30') }])
  })

  it('counts a night shift to the date on which it starts, its break after midnight included', () => {
    const shift = shiftAt(threeShifts, at('01:00', '2026-11-19'))!
    expect([shift.name, shift.date]).toEqual(['Night', '2026-11-18'])
    expect(shift.breaks.map((one) => [one.name, iso(one.startMs), iso(one.endMs)])).toEqual([
      ['Break', '2026-11-18T22:30', '2026-11-18T22:45'],
      ['Meal', '2026-11-19T01:30', '2026-11-19T02:00'],
    ])
    expect(shift.plannedMs).toBe(7.25 * hour)
  })

  it('is half-open: the next shift begins in the instant in which the last one ends', () => {
    expect(shiftAt(threeShifts, at('13:00') - 1)?.name).toBe('Early')
    expect(shiftAt(threeShifts, at('13:00'))?.name).toBe('Late')
  })

  it('has a night shift of 7 h when the clocks go forward', () => {
    const shift = shiftAt(threeShifts, at('23:00', '2026-03-28'))!
    expect([shift.name, shift.date]).toEqual(['Night', '2026-03-28'])
    expect(shift.endMs - shift.startMs).toBe(7 * hour)
    expect(iso(shift.endMs)).toBe('2026-03-29T04:00')
    expect(shift.breaks.map((one) => one.endMs - one.startMs)).toEqual([15 * minute, 30 * minute])
    expect(shift.plannedMs).toBe(6.25 * hour)
  })

  it('has a night shift of 9 h when the clocks go back, with a meal break of 30 min all the same', () => {
    const shift = shiftAt(threeShifts, at('23:00', '2026-10-24'))!
    expect([shift.name, shift.date]).toEqual(['Night', '2026-10-24'])
    expect(shift.endMs - shift.startMs).toBe(9 * hour)
    expect([iso(shift.startMs), iso(shift.endMs)]).toEqual(['2026-10-24T20:00', '2026-10-25T05:00'])
    expect(shift.plannedMs).toBe(8.25 * hour)
    expect(hoursOf(threeShifts, shift)).toHaveLength(9)
  })

  it('covers days of 23, 24 and 25 h without gap or overlap', () => {
    const hoursOn = (date: string, next: string) => {
      const window = {
        startMs: shiftsBetween(threeShifts, { startMs: at('11:00', date), endMs: at('11:01', date) })[0]!
          .startMs,
        endMs: shiftsBetween(threeShifts, { startMs: at('11:00', next), endMs: at('11:01', next) })[0]!
          .startMs,
      }
      const shifts = shiftsBetween(threeShifts, window)
      shifts.slice(1).forEach((shift, i) => expect(shift.startMs).toBe(shifts[i]!.endMs))
      return [shifts.length, (window.endMs - window.startMs) / hour]
    }
    expect(hoursOn('2026-03-28', '2026-03-29')).toEqual([3, 23])
    expect(hoursOn('2026-03-29', '2026-03-30')).toEqual([3, 24])
    expect(hoursOn('2026-10-24', '2026-10-25')).toEqual([3, 25])
  })

  it('ignores breaks outside the shift, clips one that sticks out, and counts overlapping breaks once', () => {
    const breaks = [
      { name: 'Before', start: '05:00', end: '05:30' },
      { name: 'After', start: '15:00', end: '15:30' },
      { name: 'End', start: '13:45', end: '14:15' },
      { name: 'Empty', start: '08:00', end: '08:00' },
      { name: 'One', start: '09:00', end: '09:30' },
      { name: 'Two', start: '09:15', end: '09:45' },
    ]
    const shift = shiftAt(calendarOf([shiftPattern({ breaks })]), at('08:00'))!
    expect(shift.breaks.map((one) => one.name)).toEqual(['One', 'Two', 'End'])
    expect(shift.plannedMs).toBe(8 * hour - 60 * minute)
  })

  it('keeps weekdays and closed dates, by the date on which the shift starts', () => {
    const calendar = calendarOf([shiftPattern({ start: '22:00', end: '06:00', days: [1, 2, 3, 4, 5] })], {
      closedDates: ['2026-11-18'],
    })
    expect(shiftAt(calendar, at('02:00', '2026-11-18'))?.date).toBe('2026-11-17')
    expect(shiftAt(calendar, at('23:00', '2026-11-18'))).toBeNull()
    expect(shiftAt(calendar, at('02:00', '2026-11-21'))?.date).toBe('2026-11-20')
    expect(shiftAt(calendar, at('23:00', '2026-11-21'))).toBeNull()
    expect(isWorkingDay(calendar, '2026-11-17')).toBe(true)
    expect(isWorkingDay(calendar, '2026-11-18')).toBe(false)
    expect(isWorkingDay(calendar, '2026-11-21')).toBe(false)
  })

  it('finds the next and the previous shift over a closed weekend', () => {
    const calendar = calendarOf([shiftPattern({ days: [1, 2, 3, 4, 5] })])
    expect(nextShift(calendar, at('14:00', '2026-11-20'))?.date).toBe('2026-11-23')
    expect(nextShift(calendar, at('06:00', '2026-11-20'))?.date).toBe('2026-11-23')
    expect(nextShift(calendar, at('05:59', '2026-11-20'))?.date).toBe('2026-11-20')
    expect(previousShift(calendar, at('06:00', '2026-11-23'))?.date).toBe('2026-11-20')
    expect(previousShift(calendar, at('14:00', '2026-11-23'))?.date).toBe('2026-11-23')
  })

  it('has no shift at all in an empty calendar and gives up in one that is closed for ever', () => {
    const empty = calendarOf([])
    const window = { startMs: at('00:00'), endMs: at('23:00') }
    expect([shiftAt(empty, at('08:00')), nextShift(empty, 0), previousShift(empty, 0)]).toEqual([
      null,
      null,
      null,
    ])
    expect(plannedIntervals(empty, window)).toEqual([])
    const never = calendarOf([shiftPattern({ days: [] })])
    expect([nextShift(never, at('08:00')), previousShift(never, at('08:00'))]).toEqual([null, null])
  })

  it('takes the overlapping shift that started latest, and merges planned time', () => {
    const calendar = calendarOf([
      shiftPattern({
        name: 'Long',
        start: '06:00',
        end: '16:00',
        breaks: [{ name: 'x', start: '12:00', end: '13:00' }],
      }),
      shiftPattern({ name: 'Short', start: '12:30', end: '18:00' }),
    ])
    expect(shiftAt(calendar, at('12:00'))?.name).toBe('Long')
    expect(shiftAt(calendar, at('12:30'))?.name).toBe('Short')
    const window = { startMs: at('00:00'), endMs: at('23:00') }
    expect(plannedIntervals(calendar, window)).toEqual([
      { startMs: at('06:00'), endMs: at('12:00') },
      { startMs: at('12:30'), endMs: at('18:00') },
    ])
  })

  it('has a shift of a whole day when it ends at its start time', () => {
    const calendar = calendarOf([shiftPattern({ start: '06:00', end: '06:00' })], {
      timeZone: 'Europe/Berlin',
    })
    const lengths = ['2026-03-28', '2026-10-24', '2026-11-18'].map((date) => {
      const shift = shiftAt(calendar, at('12:00', date))!
      return (shift.endMs - shift.startMs) / hour
    })
    expect(lengths).toEqual([23, 25, 24])
  })

  it('cuts a shift into pitches of 60 min, the last one shorter', () => {
    const calendar = calendarOf([shiftPattern({ start: '06:30', end: '14:15' })])
    const hours = hoursOf(calendar, shiftAt(calendar, at('08:00'))!)
    expect(hours).toHaveLength(8)
    expect(hours[7]).toEqual({ startMs: at('13:30'), endMs: at('14:15') })
  })

  it('reads every zone by its own clocks, however far from UTC', () => {
    for (const timeZone of [
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    ]) {
      const calendar = calendarOf([shiftPattern({ start: '23:00', end: '22:00' })], { timeZone })
      const shift = shiftAt(calendar, at('12:00'))!
      expect(localDateAt(timeZone, shift.startMs)).toBe(shift.date)
      expect(shift.endMs - shift.startMs).toBe(23 * hour)
    }
  })

  it('answers the same for a window whole and in parts, all over a year with its clock changes', () => {
    const year = { startMs: at('00:00', '2026-01-01'), endMs: at('00:00', '2027-01-01') }
    fc.assert(
      fc.property(
        fc.integer({ min: year.startMs, max: year.endMs }),
        fc.integer({ min: 1, max: 80 * hour }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (startMs, length, share) => {
          const middleMs = startMs + Math.floor(length * share)
          const planned = (from: number, to: number) =>
            lengthOf(plannedIntervals(threeShifts, { startMs: from, endMs: to }))
          const endMs = startMs + length
          expect(planned(startMs, middleMs) + planned(middleMs, endMs)).toBe(planned(startMs, endMs))
          const running = shiftAt(threeShifts, startMs)!
          expect(running.startMs <= startMs && startMs < running.endMs).toBe(true)
          expect(nextShift(threeShifts, startMs)!.startMs).toBe(running.endMs)
          expect(previousShift(threeShifts, startMs)!.endMs).toBe(running.startMs)
        },
      ),
    )
  })

  it('still answers after more dates than the cache keeps', () => {
    const calendar = calendarOf([shiftPattern()])
    const startMs = at('00:00', '2020-01-01')
    const days = maxCachedDates + 500
    expect(shiftsBetween(calendar, { startMs, endMs: startMs + days * 24 * hour })).toHaveLength(days)
    expect(shiftAt(calendar, at('07:00', '2020-01-01'))?.date).toBe('2020-01-01')
  })
})
