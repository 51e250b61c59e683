import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkInDue,
  cycleWeek,
  expectedShare,
  keyResultProgress,
  objectiveProgress,
  paceWord,
} from '../../../shared/domain/key-results.ts'
import { calendarOf, shiftPattern } from './line-facts.ts'

describe('key result progress', () => {
  it('is right when the target is above the baseline', () => {
    const progress = keyResultProgress({ baseline: 850, target: 1100, value: 975, expected: 0.5 })
    expect(progress).toEqual({
      progress: 0.5,
      worseThanStart: false,
      expected: 0.5,
      gap: 0,
      status: 'On pace',
      shouldBe: 975,
    })
  })

  it('is right when it is below', () => {
    const progress = keyResultProgress({ baseline: 45, target: 20, value: 30, expected: 0.84 })
    expect(progress).toMatchObject({ progress: 0.6, worseThanStart: false, status: 'Off pace', shouldBe: 24 })
  })

  it('clamps what is shown, says worse than start, and lets that weigh on the status', () => {
    const worse = keyResultProgress({ baseline: 45, target: 20, value: 50, expected: 0.02 })
    expect(worse).toMatchObject({ progress: 0, worseThanStart: true, status: 'Off pace' })
    expect(worse.gap).toBeCloseTo(-0.22, 12)
    expect(keyResultProgress({ baseline: 45, target: 20, value: 10, expected: 0.5 })).toMatchObject({
      progress: 1,
      worseThanStart: false,
      status: 'On pace',
    })
  })

  it('refuses a span of zero in one clear sentence', () => {
    expect(() => keyResultProgress({ baseline: 5, target: 5, value: 5, expected: 0 })).toThrow(
      'the target must differ from the baseline: a span of zero has no progress',
    )
    expect(() => keyResultProgress({ baseline: NaN, target: 5, value: 5, expected: 0 })).toThrow(RangeError)
  })

  it('mirrors: falling towards a target is the same as rising towards its mirror image', () => {
    const number = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (baseline, target, value, expected) => {
          fc.pre(baseline !== target)
          const up = keyResultProgress({ baseline, target, value, expected })
          const down = keyResultProgress({ baseline: -baseline, target: -target, value: -value, expected })
          expect({ ...down, shouldBe: -down.shouldBe + 0 }).toEqual({ ...up, shouldBe: up.shouldBe + 0 })
          expect(up.progress >= 0 && up.progress <= 1).toBe(true)
        },
      ),
    )
  })

  it('has its bands at -0.05 and -0.20, borders included', () => {
    expect(
      [0.4, -0.05, 0.15 - 0.2, -0.051, 0.42 - 0.5, -0.2, 0.1 - 0.3, -0.201].map((gap) => paceWord(gap)),
    ).toEqual(['On pace', 'On pace', 'On pace', 'Behind', 'Behind', 'Behind', 'Behind', 'Off pace'])
    expect(paceWord(-0.08, { onPace: -0.1, behind: -0.25 })).toBe('On pace')
  })

  it('averages to the objective', () => {
    const of = (...parts: [number | null, number?][]) =>
      objectiveProgress(parts.map(([progress, weight = 1]) => ({ progress, weight })))
    expect(of([0.5], [0.6], [0.3])).toBeCloseTo(0.4667, 4)
    expect(of([1, 3], [0, 1])).toBe(0.75)
    expect(of([0.4], [null, 5])).toBe(0.4)
    expect([of(), of([null])]).toEqual([null, null])
  })
})

describe('expected share', () => {
  const weekdays = calendarOf([shiftPattern({ days: [1, 2, 3, 4, 5] })], { closedDates: ['2026-11-18'] })
  // Monday 2026-11-16 to Sunday 2026-11-29: nine working days, Wednesday the 18th is closed.
  const cycle = { startDate: '2026-11-16', endDate: '2026-11-29' }

  it('is the share of working days that are over', () => {
    const share = (today: string) => expectedShare(cycle, weekdays, today) * 9
    expect(['2026-11-01', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'].map(share)).toEqual([
      0, 0, 1, 2, 2,
    ])
    expect(['2026-11-21', '2026-11-23', '2026-11-27', '2026-11-28', '2027-01-01'].map(share)).toEqual([
      4, 4, 8, 9, 9,
    ])
  })

  it('counts all days when no shift ever starts', () => {
    const share = (today: string) => expectedShare(cycle, calendarOf([]), today) * 14
    expect(['2026-11-01', '2026-11-16', '2026-11-23', '2026-11-30', '2027-01-01'].map(share)).toEqual([
      0, 0, 7, 14, 14,
    ])
  })

  it('refuses a cycle that ends before it starts, and words that are no dates', () => {
    expect(() =>
      expectedShare({ startDate: '2026-11-16', endDate: '2026-11-15' }, weekdays, '2026-11-16'),
    ).toThrow('the cycle ends on 2026-11-15, before it starts on 2026-11-16')
    expect(() => expectedShare({ ...cycle, endDate: '2026-02-30' }, weekdays, '2026-11-16')).toThrow(
      '"2026-02-30"',
    )
  })

  it('counts weeks from 1', () => {
    const week = (today: string) => cycleWeek({ startDate: '2026-10-01', endDate: '2026-12-31' }, today)
    expect(week('2026-10-01')).toEqual({ week: 1, weeks: 14 })
    expect(week('2026-10-08').week).toBe(2)
    expect(week('2027-03-01').week).toBe(14)
    expect(week('2026-09-01').week).toBe(1)
  })

  it('asks for a check-in after 7 days and calls it overdue after 14', () => {
    expect([0, 6.9, 7, 13.9, 14].map(checkInDue)).toEqual(['no', 'no', 'due', 'due', 'overdue'])
  })
})
