import { describe, expect, it } from 'vitest'
import { shiftAt, shiftPlannedIntervals } from '../../../shared/domain/calendar.ts'
import { shiftPace } from '../../../shared/domain/pace.ts'
import { bestHour, instantWithLeft, recoveryOf } from '../../../shared/domain/recovery.ts'
import { at, calendarOf, count, factsOf, hour, minute, rulesOf, shiftPattern } from './line-facts.ts'

/** Eight hours from 06:00 on with a break of half an hour, 450 min planned, 60 pieces an hour. */
const breaks = [{ name: 'Meal', start: '10:00', end: '10:30' }]
const rules = rulesOf({ calendar: calendarOf([shiftPattern({ breaks, target: 450 })]) })
const shift = shiftAt(rules.calendar, at('07:00'))!
const planned = shiftPlannedIntervals(shift)

describe('recovery of a gap', () => {
  const given = { missing: 35, behind: 3, planPerHour: 8, bestPerHour: 8.75, restMs: 4 * hour }

  it('three behind with four hours left at 8 an hour takes 8.75 an hour, and is just possible at a best of 8.75', () => {
    expect(recoveryOf(given)).toEqual({ ratePerHour: 8.75, bestPerHour: 8.75, recoverable: true, spareMs: 0 })
    expect(recoveryOf({ ...given, bestPerHour: 8.7 })).toMatchObject({ recoverable: false, spareMs: null })
  })

  it('may wait as long as the best rate still makes up the gap', () => {
    // 9 an hour gains one an hour: three hours are needed, one is to spare.
    expect(recoveryOf({ ...given, bestPerHour: 9 })).toMatchObject({ recoverable: true, spareMs: hour })
  })

  it('knows nothing of a best rate before one was shown, and is silent ahead of plan or at the end', () => {
    expect(recoveryOf({ ...given, bestPerHour: null })).toMatchObject({
      ratePerHour: 8.75,
      recoverable: null,
      spareMs: null,
    })
    expect(recoveryOf({ ...given, behind: 0 })).toBeNull()
    expect(recoveryOf({ ...given, restMs: 0 })).toBeNull()
    expect(recoveryOf({ ...given, missing: 0 })).toBeNull()
  })
})

describe('of a shift', () => {
  const perMinute = (from: string, minutes: number, good: number) =>
    Array.from({ length: minutes }, (_, i) => ({ ...count('06:00', good), startMs: at(from) + i * minute }))

  it('the best hour is the best sixty planned minutes, over a break too', () => {
    const facts = factsOf({ counts: [...perMinute('09:30', 30, 2), ...perMinute('10:30', 30, 2)] })
    expect(bestHour(facts, planned, at('06:59'))).toBeNull()
    expect(bestHour(facts, planned, at('11:00'))).toBe(120)
    expect(bestHour(facts, planned, at('10:45'))).toBe(90)
  })

  it('says until when the plan can be made, in time of the clock', () => {
    // One a minute is the plan. 06:00-08:00 nothing, 08:00-09:00 two a minute: 60 behind at 09:00, best 120 an hour.
    const facts = factsOf({ counts: perMinute('08:00', 60, 2) })
    const pace = shiftPace(facts, rules, shift, at('09:00'))!
    expect(pace).toMatchObject({ status: 'behind', made: 120, targetSoFar: 180 })
    // 330 pieces in 270 min; at 120 an hour instead of 60 the gap of 60 takes the last planned hour.
    expect(pace.recovery!.ratePerHour).toBeCloseTo((330 / 270) * 60, 9)
    expect(pace.recovery).toMatchObject({ bestPerHour: 120, recoverable: true, untilMs: at('13:00') })
    expect(instantWithLeft(planned, 3 * hour + 45 * minute)).toBe(at('09:45'))
    expect(instantWithLeft(planned, 9 * hour)).toBeNull()
  })

  it('is not said while the shift is on plan, and is lost when the best rate is too slow', () => {
    expect(
      shiftPace(factsOf({ counts: perMinute('06:00', 60, 1) }), rules, shift, at('07:00'))!.recovery,
    ).toBeNull()
    const slow = shiftPace(factsOf({ counts: perMinute('12:00', 60, 1) }), rules, shift, at('13:00'))!
    expect(slow.recovery).toMatchObject({ bestPerHour: 60, recoverable: false, untilMs: null })
  })
})
