import { describe, expect, it } from 'vitest'
import { plannedIntervals, shiftAt, shiftsBetween } from '../../../shared/domain/calendar.ts'
import type { Interval, LineFacts } from '../../../shared/domain/facts.ts'
import { clip } from '../../../shared/domain/intervals.ts'
import { addSums, emptySums, kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { windowAt } from '../../../shared/domain/kpis/windows.ts'
import { dayNumber, instantOf, localTimeAt } from '../../../shared/domain/local-time.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { buildTimeline } from '../../../shared/domain/timeline.ts'
import { at, calendarOf, factsOf, hour, minute, rulesOf, shiftPattern, states } from './line-facts.ts'

/**
 * What users of other boards reported, each as the situation of the report. UMH# are issues of
 * united-manufacturing-hub/united-manufacturing-hub, OEE-Designer# of point85/OEE-Designer. The reports show their numbers
 * in pictures only: the times here are ours, the situation is theirs.
 */

/** Two shifts, 06:00-14:00 and 14:00-22:00 from Monday to Friday, with a break in each; nobody works at night. */
const rules = rulesOf({
  calendar: calendarOf([
    shiftPattern({ days: [1, 2, 3, 4, 5], breaks: [{ name: 'Break', start: '09:00', end: '09:15' }] }),
    shiftPattern({
      name: 'Late',
      start: '14:00',
      end: '22:00',
      days: [1, 2, 3, 4, 5],
      breaks: [{ name: 'Break', start: '18:00', end: '18:15' }],
    }),
  ]),
})
const wholeDay: Interval = { startMs: at('00:00'), endMs: at('00:00', '2026-11-19') }
const later = at('12:00', '2026-11-20')

describe('UMH#37: time without a shift was classified as unknown stops', () => {
  it('a line that stands at night without a reason has no stop there, and lost no availability', () => {
    const facts = factsOf({
      states: states('05:00 stopped', '06:00 running', '22:00 stopped'),
    })
    const night = { startMs: at('22:00'), endMs: at('06:00', '2026-11-19') }
    expect(stopsIn(facts, rules, night, night.endMs)).toEqual([])
    expect(kpiSums(facts, rules, night, night.endMs)).toEqual(emptySums)
    const sums = kpiSums(facts, rules, wholeDay, later)
    expect([sums.plannedMs, sums.stopMs, sums.stopCount]).toEqual([15.5 * hour, 0, 0])
    expect(kpiRatios(sums).availability).toBe(1)
    expect(kpiRatios(kpiSums(facts, rules, night, night.endMs)).availability).toBeNull()
  })
})

describe('UMH#106: an unknown stop was not interrupted by the time without a shift', () => {
  it('a stop from Wednesday evening to Thursday morning counts only its hours inside shifts', () => {
    const facts = factsOf({
      states: [
        ...states('06:00 running', '21:00 stopped'),
        { seq: 9, atMs: at('07:30', '2026-11-19'), state: 'running' },
      ],
    })
    const window = { startMs: at('14:00'), endMs: at('14:00', '2026-11-19') }
    const sums = kpiSums(facts, rules, window, later)
    expect(sums.stopMs).toBe(hour + 1.5 * hour)
    const [evening, morning] = [
      shiftAt(rules.calendar, at('21:30'))!,
      shiftAt(rules.calendar, at('07:00', '2026-11-19'))!,
    ]
    const minutesIn = (shift: Interval) => kpiSums(facts, rules, shift, later).stopMs / minute
    expect([minutesIn(evening), minutesIn(morning)]).toEqual([60, 90])
  })
})

describe('UMH#139: the break lasted longer than it should, into the time around it', () => {
  it('the calendar\'s break ends when it ends; what goes on after it is a stop with reason "break"', () => {
    const facts = factsOf({ states: states('06:00 running', '08:55 break', '09:40 running', '21:50 break') })
    const stops = stopsIn(facts, rules, wholeDay, later)
    expect(stops.map(({ reason, durationMs }) => [reason, durationMs / minute])).toEqual([
      ['break', 5 + 25],
      ['break', 10],
    ])
    const planned = plannedIntervals(rules.calendar, { startMs: at('08:30'), endMs: at('10:00') })
    expect(planned).toEqual([
      { startMs: at('08:30'), endMs: at('09:00') },
      { startMs: at('09:15'), endMs: at('10:00') },
    ])
  })
})

describe('UMH#145: stops were not shown when the line stood over several shifts', () => {
  it('a line that stands from Tuesday to Thursday has its stop in every shift, and none at night', () => {
    const facts: LineFacts = factsOf({
      states: [
        { seq: 1, atMs: at('06:00', '2026-11-17'), state: 'running' },
        { seq: 2, atMs: at('20:00', '2026-11-17'), state: 'stopped', reason: 'Gearbox' },
        { seq: 3, atMs: at('10:00', '2026-11-19'), state: 'running' },
      ],
    })
    const window = { startMs: at('14:00', '2026-11-17'), endMs: at('14:00', '2026-11-19') }
    const inShifts = shiftsBetween(rules.calendar, window).map((shift) => {
      const [stop, ...others] = stopsIn(facts, rules, shift, later)
      expect(others).toEqual([])
      return [shift.date, shift.name, stop!.reason, stop!.durationMs / hour, stop!.micro]
    })
    expect(inShifts).toEqual([
      ['2026-11-17', 'Late', 'Gearbox', 2, false],
      ['2026-11-18', 'Early', 'Gearbox', 7.75, false],
      ['2026-11-18', 'Late', 'Gearbox', 7.75, false],
      ['2026-11-19', 'Early', 'Gearbox', 3.75, false],
    ])
    // The timeline still shows that it stood at night: it is the calendar that makes it no stop.
    const night = { startMs: at('22:00'), endMs: at('23:00') }
    expect(buildTimeline(facts, rules, night, later).map(({ state }) => state)).toEqual(['stopped'])
    expect(stopsIn(facts, rules, night, later)).toEqual([])
  })
})

describe('UMH#85: the days of a window began at the time of day at which the window began', () => {
  it('from 17:53 to 13:45 three days later is cut at the midnights of the plant, on days of 23 and 25 hours too', () => {
    for (const [from, to, hours] of [
      ['2026-11-17', '2026-11-20', [6 + 7 / 60, 24, 24, 13.75]],
      ['2026-03-27', '2026-03-30', [6 + 7 / 60, 24, 23, 13.75]],
      ['2026-10-23', '2026-10-26', [6 + 7 / 60, 24, 25, 13.75]],
    ] as const) {
      const timeZone = 'Europe/Berlin'
      const roundTheClock = rulesOf({
        calendar: calendarOf([shiftPattern({ start: '00:00', end: '00:00' })], { timeZone }),
      })
      const midnight = (day: number) => instantOf(timeZone, day, 0)
      const first = dayNumber(from)
      const window = {
        startMs: instantOf(timeZone, first, 17 * 60 + 53),
        endMs: instantOf(timeZone, dayNumber(to), 13 * 60 + 45),
      }
      const parts: Interval[] = []
      for (let atMs = window.startMs; atMs < window.endMs;) {
        const day = windowAt(roundTheClock.calendar, 'day', atMs)!
        const part = clip(day, window)!
        parts.push(part)
        atMs = part.endMs
      }
      expect(parts.map(({ startMs, endMs }) => (endMs - startMs) / hour)).toEqual(hours)
      expect(parts.slice(1).map(({ startMs }) => localTimeAt(timeZone, startMs))).toEqual([
        '00:00',
        '00:00',
        '00:00',
      ])
      const facts = factsOf({
        states: [
          { seq: 1, atMs: window.startMs, state: 'running' },
          { seq: 2, atMs: midnight(first + 1) - hour, state: 'stopped' },
          { seq: 3, atMs: midnight(first + 1) + 2 * hour, state: 'running' },
        ],
      })
      const sums = parts.map((part) => kpiSums(facts, roundTheClock, part, later))
      const whole = kpiSums(facts, roundTheClock, window, later)
      expect(sums.map(({ stopMs }) => stopMs / hour)).toEqual([1, 2, 0, 0])
      // A stop over midnight is one on both days; everything else adds up to the window.
      expect({ ...sums.reduce(addSums), stopCount: 1 }).toEqual({ ...whole, stopCount: 1 })
    }
  })
})

describe('OEE-Designer#9: two reasons for overlapping times made availability negative', () => {
  it('00:00-15:00 and 00:10-14:00 together are 15 hours of stop, never 28 h 50 min', () => {
    const roundTheClock = rulesOf({ calendar: calendarOf([shiftPattern({ start: '00:00', end: '00:00' })]) })
    const facts = factsOf({
      states: states('00:00 stopped', '15:00 running'),
      stopReasons: [
        { seq: 10, startMs: at('00:00'), endMs: at('15:00'), reason: 'Unplanned 1' },
        { seq: 11, startMs: at('00:10'), endMs: at('14:00'), reason: 'Unplanned 2' },
      ],
    })
    // The report's window: 16 h 18 min.
    const window = { startMs: at('00:00'), endMs: at('16:18') }
    const sums = kpiSums(facts, roundTheClock, window, later)
    expect([sums.stopMs, sums.runMs, sums.plannedMs]).toEqual([15 * hour, 78 * minute, 978 * minute])
    expect(kpiRatios(sums).availability).toBe(78 / 978)
    const stops = stopsIn(facts, roundTheClock, window, later)
    expect(stops.map(({ reason, durationMs }) => [reason, durationMs / minute])).toEqual([
      ['Unplanned 1', 10],
      ['Unplanned 2', 830],
      ['Unplanned 1', 60],
    ])
  })
})
