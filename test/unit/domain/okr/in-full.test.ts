import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bowlingMonth, monthsAround } from '../../../../shared/domain/okr/bowling.ts'
import { leadOf } from '../../../../shared/domain/okr/predicted-end.ts'
import { gapOrigin, spanOf } from '../../../../shared/domain/okr/stored.ts'
import { targetAt, targetStretches, type TargetStep } from '../../../../shared/domain/okr/target-steps.ts'

/** What the screen of one key result draws. */
const weekMs = 7 * 86_400_000
const step = (fromMs: number, baseline: number, target: number): TargetStep => ({
  fromMs,
  baseline,
  target,
  by: 'Ana',
  reason: '',
})

describe('targets as steps', () => {
  const cycle = { startMs: 0, endMs: 13 * weekMs, weeks: 13 }

  it('lie end to end from the start of the cycle to its end, each where it was in force', () => {
    const stretches = targetStretches([step(-weekMs, 3.1, 2.5), step(4 * weekMs, 3.1, 1.8)], cycle)
    expect(stretches.map(({ fromWeek, toWeek, target }) => [fromWeek, toWeek, target])).toEqual([
      [0, 4, 2.5],
      [4, 13, 1.8],
    ])
  })

  it('leave out what was replaced before the cycle began, and keep the last one even when it came after its end', () => {
    const early = targetStretches([step(-2 * weekMs, 3, 2), step(-weekMs, 3, 1)], cycle)
    expect(early.map(({ fromWeek, toWeek, target }) => [fromWeek, toWeek, target])).toEqual([[0, 13, 1]])
    const late = targetStretches([step(0, 3, 2), step(20 * weekMs, 3, 1)], cycle)
    expect(late.map(({ fromWeek, toWeek, target }) => [fromWeek, toWeek, target])).toEqual([
      [0, 13, 2],
      [13, 13, 1],
    ])
  })

  it('say the same as the history at every instant of the cycle', () => {
    const times = fc.uniqueArray(fc.integer({ min: -20, max: 110 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 90 }), (days, now) => {
        const steps = days.sort((a, b) => a - b).map((day, i) => step((day * weekMs) / 7, 0, i + 1))
        const week = now / 7 + 0.01
        const drawn = targetStretches(steps, cycle).filter((one) => one.fromWeek <= week && week < one.toWeek)
        expect(drawn.map(({ target }) => target)).toEqual([targetAt(steps, week * weekMs).target])
      }),
    )
  })
})

describe('where it leads', () => {
  const falling = { baseline: 3.1, target: 1.8 }
  const rising = { baseline: 850, target: 1_100 }

  it('is said only as surely as the range allows, in both directions', () => {
    expect(leadOf({ value: 1.5, lower: 1.3, upper: 1.7 }, falling)).toBe('reaches')
    expect(leadOf({ value: 1.7, lower: 1.4, upper: 2 }, falling)).toBe('unsure')
    expect(leadOf({ value: 2.2, lower: 1.9, upper: 2.5 }, falling)).toBe('misses')
    expect(leadOf({ value: 1_180, lower: 1_110, upper: 1_250 }, rising)).toBe('reaches')
    expect(leadOf({ value: 1_090, lower: 1_040, upper: 1_140 }, rising)).toBe('unsure')
    expect(leadOf({ value: 900, lower: 860, upper: 940 }, rising)).toBe('misses')
  })
})

describe('the months of a bowling chart', () => {
  const year = Array.from({ length: 12 }, (_, i) =>
    bowlingMonth(`2026-${String(i + 1).padStart(2, '0')}`, { baseline: 0, target: 12 }, (i + 1) / 12, null),
  )
  const around = (month: string, most = 4) =>
    monthsAround(year, month, most).map(({ month: of }) => of.slice(5))

  it('are all of a quarter', () => {
    expect(monthsAround(year.slice(9), '2026-11', 4)).toHaveLength(3)
  })

  it('hold the running one and the next, and else those that are over', () => {
    expect(around('2026-01')).toEqual(['01', '02', '03', '04'])
    expect(around('2026-07')).toEqual(['05', '06', '07', '08'])
    expect(around('2026-12')).toEqual(['09', '10', '11', '12'])
    expect(around('2027-02')).toEqual(['09', '10', '11', '12'])
  })
})

describe('from when to when a key result is judged', () => {
  const quarter = { startDate: '2026-10-01', endDate: '2026-12-31' }
  const of = (origin: string | null, createdDate: string, due: string | null = null) =>
    Object.values(spanOf({ origin, due }, quarter, createdDate))

  it('is its cycle, however late it was planned, and a due date ends it earlier', () => {
    expect(of(null, '2026-10-12')).toEqual(['2026-10-01', '2026-12-31'])
    expect(of('file okr.yaml', '2026-11-12', '2026-11-30')).toEqual(['2026-10-01', '2026-11-30'])
  })

  it('begins with the day on which its baseline was measured where it was made of a gap', () => {
    expect(of(`${gapOrigin}Scrap`, '2026-11-12')).toEqual(['2026-11-12', '2026-12-31'])
    expect(of(`${gapOrigin}Scrap`, '2026-09-20')).toEqual(['2026-10-01', '2026-12-31'])
    expect(of(`${gapOrigin}Scrap`, '2027-01-02')).toEqual(['2026-12-31', '2026-12-31'])
  })
})
