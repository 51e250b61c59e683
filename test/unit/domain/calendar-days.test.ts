import { describe, expect, it } from 'vitest'
import { hoursOf, plannedIntervals, shiftAt, shiftsBetween } from '../../../shared/domain/calendar.ts'
import type { ShiftCalendar } from '../../../shared/domain/calendar.ts'
import { lengthOf } from '../../../shared/domain/intervals.ts'
import { shiftCalendar } from '../../../shared/settings/shift-calendar.ts'
import { calendarSchema } from '../../../shared/settings/shifts.ts'
import { at, hour, minute } from './line-facts.ts'

/** A calendar as plant.yaml writes it, in UTC. */
const calendar = (settings: object, timeZone = 'UTC'): ShiftCalendar =>
  shiftCalendar(calendarSchema.parse(settings), timeZone)

/** "2026-11-18 Early A 06:00-14:00" of every shift that starts in the week of Monday, 2026-11-16. */
function shown(plan: ShiftCalendar, from = '2026-11-16', days = 7): string[] {
  const window = { startMs: at('00:00', from), endMs: at('00:00', from) + days * 24 * hour }
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  return shiftsBetween(plan, window)
    .filter((shift) => shift.startMs >= window.startMs && shift.startMs < window.endMs)
    .map(({ date, name, crew, startMs, endMs }) =>
      [date, name, ...(crew ? [crew] : []), `${clock(startMs)}-${clock(endMs)}`].join(' '),
    )
}

const early = { name: 'Early', start: '06:00', end: '14:00' }
const late = { name: 'Late', start: '14:00', end: '22:00', target: 800 }
const weekdays = [1, 2, 3, 4, 5]

describe('rotas', () => {
  it('12 hours by day and by night, four crews over two weeks, without a gap in the year', () => {
    const twoTwoThree = (a: string, b: string) => [a, a, b, b, a, a, a, b, b, a, a, b, b, b]
    const plan = calendar({
      shifts: [
        {
          name: 'Day',
          start: '06:00',
          end: '18:00',
          rota: { from: '2026-11-16', crews: twoTwoThree('A', 'B') },
        },
        {
          name: 'Night',
          start: '18:00',
          end: '06:00',
          rota: { from: '2026-11-16', crews: twoTwoThree('C', 'D') },
        },
      ],
    })
    expect(shown(plan, '2026-11-16', 3)).toEqual([
      '2026-11-16 Day A 06:00-18:00',
      '2026-11-16 Night C 18:00-06:00',
      '2026-11-17 Day A 06:00-18:00',
      '2026-11-17 Night C 18:00-06:00',
      '2026-11-18 Day B 06:00-18:00',
      '2026-11-18 Night D 18:00-06:00',
    ])
    const year = { startMs: at('06:00', '2026-01-01'), endMs: at('06:00', '2027-01-01') }
    expect(plannedIntervals(plan, year)).toEqual([year])
    const hours = new Map<string | null, number>()
    for (const shift of shiftsBetween(plan, {
      startMs: at('06:00', '2026-11-16'),
      endMs: at('06:00', '2026-11-30'),
    })) {
      hours.set(shift.crew, (hours.get(shift.crew) ?? 0) + (shift.endMs - shift.startMs) / hour)
    }
    expect([...hours].sort()).toEqual([
      ['A', 84],
      ['B', 84],
      ['C', 84],
      ['D', 84],
    ])
  })

  it('three crews that change shifts every week, before the rota begins too', () => {
    const rota = (...crews: string[]) => ({ from: '2026-11-16', every: 'week', crews })
    const plan = calendar({
      shifts: [
        { ...early, days: weekdays, rota: rota('A', 'B', 'C') },
        { ...late, days: weekdays, rota: rota('B', 'C', 'A') },
      ],
    })
    const crews = (date: string) => shown(plan, date, 1).map((text) => text.split(' ')[2])
    expect(['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07', '2026-11-09'].map(crews)).toEqual([
      ['A', 'B'],
      ['B', 'C'],
      ['C', 'A'],
      ['A', 'B'],
      ['C', 'A'],
    ])
    expect(shown(plan, '2026-11-21', 2)).toEqual([])
  })

  it('every second Saturday: "off" leaves the shift out', () => {
    const plan = calendar({
      shifts: [{ ...early, days: [6], rota: { from: '2026-11-16', every: 'week', crews: ['A', 'off'] } }],
    })
    expect(shown(plan, '2026-11-16', 28).map((text) => text.slice(0, 10))).toEqual([
      '2026-11-21',
      '2026-12-05',
    ])
  })
})

describe('one date and from a date on', () => {
  it('a new pattern from Monday leaves the week before as it was, and a running night shift to its end', () => {
    const night = { name: 'Night', start: '22:00', end: '06:00' }
    const before = calendar({ shifts: [early, night] })
    const after = calendar({
      shifts: [early, night],
      shiftChanges: [{ from: '2026-11-23', shifts: [{ name: 'Day', start: '07:00', end: '19:00' }] }],
    })
    expect(shown(after)).toEqual(shown(before))
    expect(shown(after, '2026-11-22', 2)).toEqual([
      '2026-11-22 Early 06:00-14:00',
      '2026-11-22 Night 22:00-06:00',
      '2026-11-23 Day 07:00-19:00',
    ])
  })

  it('closed dates, a day with shifts of its own, and a day with none', () => {
    const plan = calendar({
      shifts: [
        { ...early, days: weekdays },
        { ...late, days: weekdays },
      ],
      closedDates: ['2026-11-16'],
      exceptions: [
        {
          date: '2026-11-17',
          name: 'Stocktaking',
          shifts: [{ name: 'Short', start: '06:00', end: '10:00' }],
        },
        { date: '2026-11-18', name: 'Works outing' },
      ],
    })
    expect(shown(plan, '2026-11-16', 4)).toEqual([
      '2026-11-17 Short 06:00-10:00',
      '2026-11-19 Early 06:00-14:00',
      '2026-11-19 Late 14:00-22:00',
    ])
  })

  it('overtime: an extra shift on a closed day, and a longer one whose target grows with it', () => {
    const plan = calendar({
      shifts: [early, late],
      closedDates: ['2026-11-21'],
      extraShifts: [{ date: '2026-11-21', name: 'Saturday', start: '06:00', end: '12:00', target: 500 }],
      longerShifts: [
        { date: '2026-11-19', shift: 'Late', end: '00:30' },
        { date: '2026-11-20', shift: 'Early', start: '05:00', target: 1_234 },
      ],
    })
    expect(shown(plan, '2026-11-21', 1)).toEqual(['2026-11-21 Saturday 06:00-12:00'])
    const shiftOn = (time: string, date: string) => shiftAt(plan, at(time, date))!
    expect(shiftOn('07:00', '2026-11-21')).toMatchObject({
      target: 500,
      overtime: [{ startMs: at('06:00', '2026-11-21'), endMs: at('12:00', '2026-11-21') }],
    })
    expect(shiftOn('20:00', '2026-11-19')).toMatchObject({
      plannedMs: 10.5 * hour,
      target: 1_050,
      overtime: [{ startMs: at('22:00', '2026-11-19'), endMs: at('00:30', '2026-11-20') }],
    })
    expect(shiftOn('05:30', '2026-11-20')).toMatchObject({ date: '2026-11-20', target: 1_234 })
    expect(shiftOn('07:00', '2026-11-18').overtime).toEqual([])
  })
})

describe('planned non-production', () => {
  const plan = calendar({
    shifts: [
      { ...early, breaks: [{ start: '09:00', end: '09:30' }] },
      { name: 'Night', start: '22:00', end: '06:00' },
    ],
    plannedSlots: [
      {
        name: 'Cleaning',
        kind: 'cleaning',
        start: '13:30',
        end: '14:30',
        days: [3],
        from: '2026-11-11',
        until: '2026-11-25',
      },
      { name: 'Overhaul', kind: 'maintenance', start: '23:30', end: '01:00', date: '2026-11-18' },
      { name: 'Meeting', kind: 'meeting', start: '09:15', end: '09:45', date: '2026-11-19' },
    ],
  })
  const shiftOn = (time: string, date: string) => shiftAt(plan, at(time, date))!

  it('is cut out of planned time, once where it meets a break, over midnight too', () => {
    expect(shiftOn('07:00', '2026-11-18').plannedMs).toBe(7 * hour)
    expect(shiftOn('23:00', '2026-11-18').plannedMs).toBe(6.5 * hour)
    expect(shiftOn('07:00', '2026-11-19').plannedMs).toBe(7.25 * hour)
    expect(shiftOn('07:00', '2026-11-18').slots).toEqual([
      { name: 'Cleaning', kind: 'cleaning', startMs: at('13:30'), endMs: at('14:00') },
    ])
  })

  it('keeps to its dates', () => {
    const cleaned = ['2026-11-04', '2026-11-11', '2026-11-25', '2026-12-02'].map(
      (date) => shiftOn('07:00', date).slots.length,
    )
    expect(cleaned).toEqual([0, 1, 1, 0])
  })

  it('lasts its nominal length in the night of a clock change', () => {
    const berlin = calendar(
      {
        shifts: [{ name: 'Night', start: '22:00', end: '06:00' }],
        plannedSlots: [{ name: 'Backup', start: '01:30', end: '03:30' }],
      },
      'Europe/Berlin',
    )
    const planned = ['2026-03-28', '2026-10-24', '2026-11-18'].map(
      (date) => shiftAt(berlin, at('23:30', date))!.plannedMs / hour,
    )
    expect(planned).toEqual([5, 7, 6])
  })
})

it('cuts a shift into the pitches of the plan', () => {
  const plan = calendar({ shifts: [early], pitchMin: 45 })
  const pitches = hoursOf(plan, shiftAt(plan, at('08:00'))!)
  expect(pitches).toHaveLength(11)
  expect(lengthOf(pitches)).toBe(8 * hour)
  expect(pitches[10]!.endMs - pitches[10]!.startMs).toBe(30 * minute)
})

describe('pitches of pieces', () => {
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  const edges = (settings: object) => {
    const plan = calendar(settings)
    const pitches = hoursOf(plan, shiftAt(plan, at('08:00'))!)
    pitches.slice(1).forEach((pitch, index) => expect(pitch.startMs).toBe(pitches[index]!.endMs))
    return [...pitches.map(({ startMs }) => clock(startMs)), clock(pitches.at(-1)!.endMs)]
  }
  const breaks = [{ start: '09:00', end: '09:30' }]

  it('end when so many pieces more are due; a break takes no pieces', () => {
    // 900 pieces in 450 min: one every 30 s.
    expect(edges({ shifts: [{ ...early, breaks, target: 900 }], pitchPieces: 200 })).toEqual([
      '06:00',
      '07:40',
      '09:50',
      '11:30',
      '13:10',
      '14:00',
    ])
    // A plan that the pieces divide has no row of nothing at its end, also where a break is the end of the shift.
    expect(edges({ shifts: [{ ...early, target: 900 }], pitchPieces: 300 })).toEqual([
      '06:00',
      '08:40',
      '11:20',
      '14:00',
    ])
    const last = [{ start: '13:40', end: '14:00' }]
    expect(edges({ shifts: [{ ...early, breaks: last, target: 920 }], pitchPieces: 460 })).toEqual([
      '06:00',
      '09:50',
      '14:00',
    ])
  })

  it('take 15 min at least, by so many times the pieces, and lie on the minute', () => {
    const rows = edges({ shifts: [{ ...early, target: 9_000 }], pitchPieces: 100 })
    expect(rows.slice(0, 4)).toEqual(['06:00', '06:16', '06:32', '06:48'])
    expect(rows).toHaveLength(31)
  })

  it('are of the clock where the shift has no target', () => {
    expect(edges({ shifts: [early], pitchPieces: 100, pitchMin: 240 })).toEqual(['06:00', '10:00', '14:00'])
  })
})
