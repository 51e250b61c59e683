import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyResultProgress, objectiveProgress } from '../../../../shared/domain/key-results.ts'
import { bowlingMonth, monthsOf } from '../../../../shared/domain/okr/bowling.ts'
import { cycleAt, nextCycle } from '../../../../shared/domain/okr/cycle.ts'
import { gradeOf } from '../../../../shared/domain/okr/grade.ts'
import { hasFallenBack, heldSince, isMet } from '../../../../shared/domain/okr/met-and-held.ts'
import { predictedEnd } from '../../../../shared/domain/okr/predicted-end.ts'
import { milestoneValue } from '../../../../shared/domain/okr/stored.ts'
import { targetAt, type TargetStep } from '../../../../shared/domain/okr/target-steps.ts'

describe('cycles', () => {
  it('are months, quarters and years of the calendar', () => {
    expect(cycleAt('quarter', '2026-11-20')).toEqual({
      kind: 'quarter',
      name: 'Q4 2026',
      startDate: '2026-10-01',
      endDate: '2026-12-31',
    })
    expect(cycleAt('month', '2028-02-29')).toMatchObject({ name: 'Feb 2028', endDate: '2028-02-29' })
    expect(cycleAt('year', '2026-01-01')).toMatchObject({ startDate: '2026-01-01', endDate: '2026-12-31' })
  })

  it('follow a fiscal year that begins in another month, named after the year in which it ends', () => {
    const april = { month: 4, day: 1 }
    expect(cycleAt('quarter', '2026-11-20', april)).toMatchObject({
      name: 'Q3 2027',
      startDate: '2026-10-01',
    })
    expect(cycleAt('year', '2026-03-31', april)).toMatchObject({
      name: '2026',
      startDate: '2025-04-01',
      endDate: '2026-03-31',
    })
    expect(cycleAt('quarter', '2027-01-15', { month: 2, day: 1 })).toMatchObject({
      name: 'Q4 2027',
      startDate: '2026-11-01',
      endDate: '2027-01-31',
    })
  })

  it('begin on the day of the month on which the fiscal year does', () => {
    const sixthOfApril = { month: 4, day: 6 }
    const of = (kind: 'month' | 'quarter' | 'year', date: string) => {
      const { name, startDate, endDate } = cycleAt(kind, date, sixthOfApril)
      return [name, startDate, endDate]
    }
    expect(of('year', '2026-04-05')).toEqual(['2026', '2025-04-06', '2026-04-05'])
    expect(of('year', '2026-04-06')).toEqual(['2027', '2026-04-06', '2027-04-05'])
    expect(of('quarter', '2026-04-05')).toEqual(['Q4 2026', '2026-01-06', '2026-04-05'])
    expect(of('quarter', '2026-04-06')).toEqual(['Q1 2027', '2026-04-06', '2026-07-05'])
    expect(of('quarter', '2027-01-01')).toEqual(['Q3 2027', '2026-10-06', '2027-01-05'])
    expect(of('month', '2026-03-01')).toEqual(['Feb 2026', '2026-02-06', '2026-03-05'])
    expect(of('month', '2026-01-05')).toEqual(['Dec 2025', '2025-12-06', '2026-01-05'])
    // In January, but not on the first: the days before it still belong to the year before.
    expect(cycleAt('year', '2026-01-14', { month: 1, day: 15 }).name).toBe('2025')
    expect(cycleAt('year', '2026-01-15', { month: 1, day: 15 }).name).toBe('2026')
    expect(cycleAt('month', '2028-02-28', { month: 1, day: 28 })).toMatchObject({
      startDate: '2028-02-28',
      endDate: '2028-03-27',
    })
  })

  it('follow each other without gap or overlap, whatever the fiscal year', () => {
    const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
    const kinds = fc.constantFrom('month' as const, 'quarter' as const, 'year' as const)
    const yearStart = fc.record({
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    fc.assert(
      fc.property(date, kinds, yearStart, (at, kind, from) => {
        const day = at.toISOString().slice(0, 10)
        const cycle = cycleAt(kind, day, from)
        expect(cycle.startDate <= day && day <= cycle.endDate).toBe(true)
        const next = nextCycle(cycle, from)
        expect(Date.parse(next.startDate) - Date.parse(cycle.endDate)).toBe(86_400_000)
        expect(Number(cycle.startDate.slice(8))).toBe(from.day)
        const year = cycleAt('year', day, from)
        expect(year.startDate <= cycle.startDate && cycle.endDate <= year.endDate).toBe(true)
        expect(cycleAt(kind, cycle.endDate, from)).toEqual(cycle)
      }),
    )
  })
})

const finite = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1_000)
const spans = fc.tuple(finite, finite).filter(([a, b]) => a !== b)
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('progress', () => {
  it('grows towards the target in both directions, from 0 at the baseline to 1 at the target', () => {
    fc.assert(
      fc.property(spans, share, share, ([baseline, target], a, b) => {
        const at = (f: number) =>
          keyResultProgress({ baseline, target, value: baseline + f * (target - baseline), expected: 0 })
        expect(at(a).progress).toBeCloseTo(a, 6)
        if (a < b) expect(at(a).progress).toBeLessThanOrEqual(at(b).progress)
        expect(at(0)).toMatchObject({ progress: 0, worseThanStart: false })
        expect(at(1).progress).toBeCloseTo(1, 6)
      }),
    )
  })

  it('is clamped, but what is worse than the start is said, and exactly then', () => {
    fc.assert(
      fc.property(spans, finite, share, ([baseline, target], value, expected) => {
        const progress = keyResultProgress({ baseline, target, value, expected })
        expect(progress.progress).toBeGreaterThanOrEqual(0)
        expect(progress.progress).toBeLessThanOrEqual(1)
        const worse = target > baseline ? value < baseline : value > baseline
        expect(progress.worseThanStart).toBe(worse)
        if (worse && expected > 0.2) expect(progress.status).toBe('Off pace')
      }),
    )
  })

  it('of an objective lies between those of its key results, and weights of the same ratio say the same', () => {
    const part = fc.record({
      progress: fc.option(share, { nil: null }),
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (parts, k) => {
          const known = parts.flatMap(({ progress }) => progress ?? [])
          const mean = objectiveProgress(parts)
          if (known.length === 0) {
            expect(mean).toBeNull()
            return
          }
          expect(mean).toBeGreaterThanOrEqual(Math.min(...known) - 1e-9)
          expect(mean).toBeLessThanOrEqual(Math.max(...known) + 1e-9)
          const scaled = objectiveProgress(parts.map((one) => ({ ...one, weight: one.weight * k })))
          expect(scaled).toBeCloseTo(mean!, 9)
        },
      ),
    )
  })
})

describe('targets that change', () => {
  const step = (fromMs: number, target: number): TargetStep => ({
    fromMs,
    baseline: 0,
    target,
    by: 'Ana',
    reason: '',
  })

  it('hold from their day on', () => {
    const steps = [step(10, 1), step(20, 2)]
    expect([5, 10, 19, 20, 99].map((at) => targetAt(steps, at).target)).toEqual([1, 1, 1, 2, 2])
    expect(() => targetAt([], 1)).toThrow(RangeError)
  })

  it('never change what was judged before them', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 999 }), (at, judgedMs) => {
        const steps = at.sort((a, b) => a - b).map((fromMs, i) => step(fromMs, i + 1))
        const before = targetAt(steps, judgedMs)
        expect(targetAt([...steps, step(1001, 77)], judgedMs)).toEqual(before)
      }),
    )
  })
})

describe('the predicted end', () => {
  it('goes straight on, with a range that is as wide as the readings are noisy', () => {
    const line = [0, 1, 2, 3, 4].map((x) => ({ x, y: 850 + 20 * x }))
    const exact = predictedEnd(line, 13)!
    expect(exact.value).toBeCloseTo(1_110, 9)
    expect(exact.upper - exact.lower).toBeCloseTo(0, 6)
    // By hand: y = 1, 3, 2, 4 at x = 0..3: slope 0.8, mean 2.5 at 1.5; residuals -0.3, 0.9, -0.9, 0.3: s2 = 0.9; at 5:
    // 5.3 +/- 2 sqrt(0.9 (1 + 1/4 + 12.25/5)) = 5.3 +/- 3.650.
    const noisy = predictedEnd(
      [1, 3, 2, 4].map((y, x) => ({ x, y })),
      5,
    )!
    expect(noisy.value).toBeCloseTo(5.3, 9)
    expect(noisy.upper - noisy.value).toBeCloseTo(3.6497, 4)
    expect(noisy.value - noisy.lower).toBeCloseTo(3.6497, 4)
  })

  it('is silent under four readings, and where all are of one moment', () => {
    expect(
      predictedEnd(
        [1, 2, 3].map((y, x) => ({ x, y })),
        9,
      ),
    ).toBeNull()
    expect(
      predictedEnd(
        [1, 2, 3, 4].map((y) => ({ x: 1, y })),
        9,
      ),
    ).toBeNull()
  })
})

describe('grades', () => {
  it('committed needs all of it, aspirational seven tenths', () => {
    expect(gradeOf('committed', 1)).toEqual({ score: 1, success: true })
    expect(gradeOf('committed', 0.999)).toEqual({ score: 0.99, success: false })
    expect(gradeOf('aspirational', 0.7)).toEqual({ score: 0.7, success: true })
    expect(gradeOf('aspirational', 0.69)).toEqual({ score: 0.69, success: false })
    expect(gradeOf('aspirational', null)).toEqual({ score: 0, success: false })
  })

  it('milestones count by their weights', () => {
    const milestones = [1, 1, 2].map((weight) => ({ name: 'M', weight, due: null }))
    expect([[], [0], [2], [0, 1, 2]].map((done) => milestoneValue(milestones, new Set(done)))).toEqual([
      0, 25, 50, 100,
    ])
  })
})

describe('the bowling chart', () => {
  it('has the months that a cycle touches, the last one cut', () => {
    expect(monthsOf({ startDate: '2026-11-16', endDate: '2027-01-10' })).toEqual([
      { month: '2026-11', lastDate: '2026-11-30' },
      { month: '2026-12', lastDate: '2026-12-31' },
      { month: '2027-01', lastDate: '2027-01-10' },
    ])
  })

  it('judges each month by its plan', () => {
    const target = { baseline: 45, target: 20 }
    expect(bowlingMonth('2026-10', target, 1 / 3, 37)).toMatchObject({ status: 'On pace' })
    expect(bowlingMonth('2026-11', target, 2 / 3, 36)).toMatchObject({ status: 'Off pace' })
    expect(bowlingMonth('2026-12', target, 1, null)).toEqual({
      month: '2026-12',
      plan: 20,
      actual: null,
      status: null,
    })
  })
})

describe('met and held', () => {
  const rising = { baseline: 850, target: 1_100, holdShifts: 3 }
  const readings = (...values: number[]) => values.map((value, i) => ({ atMs: i + 1, value }))

  it('counts only what was met without a break', () => {
    expect(heldSince(rising, readings(1_100, 1_099, 1_100, 1_105))).toEqual({
      inRow: 2,
      needed: 3,
      proposal: null,
    })
    expect(isMet({ baseline: 45, target: 20 }, 20)).toBe(true)
    expect(isMet({ baseline: 45, target: 20 }, 20.1)).toBe(false)
  })

  it('proposes the mean of the held stretch, its natural limits, and the target as the standard', () => {
    const singles = readings(900, 1_000, 1_110, 1_120, 1_130)
    const { proposal } = heldSince(rising, readings(900, 1_000, 1_100, 1_105, 1_112), singles)
    expect(proposal).toMatchObject({ baseline: 1_120, target: 1_100, fromMs: 3, toMs: 5, sampleSize: 3 })
    // Mean moving range 10: 3 x 10 / 1.128 = 26.6.
    expect(proposal!.upper - 1_120).toBeCloseTo(26.596, 3)
    expect(1_120 - proposal!.lower).toBeCloseTo(26.596, 3)
  })

  it('says when the line falls back, and not when it gets better still', () => {
    const locked = { fromMs: 0, baseline: 20, target: 20, lower: 15, upper: 25, betterIs: 'lower' as const }
    expect(hasFallenBack(locked, readings(20, 21, 26))).toBe(true)
    expect(hasFallenBack(locked, readings(20, 21, 14))).toBe(false)
    expect(hasFallenBack(locked, [])).toBe(false)
    expect(hasFallenBack({ ...locked, betterIs: 'higher' }, readings(20, 21, 14))).toBe(true)
    // Eight in a row on the worse side, each inside the limits.
    expect(hasFallenBack(locked, readings(21, 22, 21, 22, 21, 22, 21, 22))).toBe(true)
  })
})
