import { describe, expect, it } from 'vitest'
import { shiftAt } from '../../../shared/domain/calendar.ts'
import type { LineFacts } from '../../../shared/domain/facts.ts'
import { hourRows } from '../../../shared/domain/hours.ts'
import { kpiSums } from '../../../shared/domain/kpi.ts'
import { shiftPace } from '../../../shared/domain/pace.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import {
  at,
  between,
  calendarOf,
  count,
  factsOf,
  hour,
  minute,
  rulesOf,
  shiftPattern,
  states,
} from './line-facts.ts'

/** 06:00-14:00 with a break at 12:00 and 30 min to be taken when it suits; 900 pieces. */
const rules = rulesOf({
  calendar: calendarOf([
    shiftPattern({
      breaks: [{ name: 'Lunch', start: '12:00', end: '12:30' }],
      movingBreakMs: 30 * minute,
      target: 840,
    }),
  ]),
})
const shift = shiftAt(rules.calendar, at('07:00'))!
const line = (...lines: string[]): LineFacts => factsOf({ states: states('06:00 running', ...lines) })
const breakStops = (facts: LineFacts, asOf: string) =>
  stopsIn(facts, rules, shift, at(asOf)).map((stop) => [stop.reason, stop.durationMs / minute])

describe('a moving break', () => {
  it('is not planned time: neither run nor stop', () => {
    const sums = kpiSums(line('09:00 break', '09:20 running'), rules, between('06:00', '10:00'), at('10:00'))
    expect([sums.plannedMs, sums.runMs, sums.stopMs]).toEqual([220 * minute, 220 * minute, 0])
  })

  it('is a stop with reason "break" as soon as the allowance is used up', () => {
    const facts = line('09:00 break', '09:20 running', '10:00 break', '10:25 running')
    expect(breakStops(facts, '11:00')).toEqual([['break', 15]])
    const sums = kpiSums(facts, rules, between('06:00', '11:00'), at('11:00'))
    expect([sums.plannedMs, sums.stopMs]).toEqual([270 * minute, 15 * minute])
  })

  it("does not use up the calendar's own break", () => {
    const facts = line('11:50 break', '12:50 running')
    expect(breakStops(facts, '14:00')).toEqual([])
    expect(kpiSums(facts, rules, shift, at('14:00')).plannedMs).toBe(7 * hour)
  })

  it('gives the same sums in parts as in one, wherever the shift is cut', () => {
    const facts = line('09:00 break', '09:20 running', '10:00 break', '10:25 running')
    for (const cut of ['08:00', '09:10', '10:05', '10:20', '13:00']) {
      const part = (from: string, to: string) => kpiSums(facts, rules, between(from, to), at('14:00'))
      const [a, b, all] = [part('06:00', cut), part(cut, '14:00'), part('06:00', '14:00')]
      expect([a.plannedMs + b.plannedMs, a.stopMs + b.stopMs]).toEqual([all.plannedMs, all.stopMs])
    }
  })

  it('stands still in the plan, and what nobody took is left free at the end', () => {
    const facts = line('09:00 break', '09:20 running')
    const soFar = (time: string, some = facts) => shiftPace(some, rules, shift, at(time))!.targetSoFar
    expect(soFar('09:00')).toBe(360)
    expect(soFar('09:20')).toBe(360)
    expect(soFar('13:50')).toBe(840)
    expect(soFar('14:00')).toBe(840)
    expect(soFar('13:20', line())).toBeCloseTo(820, 9)
    expect(soFar('13:30', line())).toBe(840)
    const rows = hourRows({ ...facts, counts: [count('08:00', 100)] }, rules, shift, at('10:00'))
    expect(rows.map((row) => row.plan)).toEqual([120, 120, 120, 80, 120, 120, 60, 100])
    expect(rows[3]!.topStop).toBeNull()
  })
})
