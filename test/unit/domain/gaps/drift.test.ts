import { describe, expect, it } from 'vitest'
import { candidateOf } from '../../../../shared/domain/gaps/candidate.ts'
import {
  driftOf,
  earlierLimits,
  naturalLimits,
  referenceOf,
  swings,
} from '../../../../shared/domain/gaps/drift.ts'
import { gapOf, kpiState, rankGaps } from '../../../../shared/domain/gaps/gap.ts'
import { stableSegment } from '../../../../shared/domain/gaps/stable-segment.ts'
import { kpiBand, kpiDefinitionSchema } from '../../../../shared/domain/kpis/kpi-definition.ts'
import { dayMs } from '../../../../shared/domain/local-time.ts'
import { dailyPoints, gaussian, storyDays, yieldKpi, yieldStory } from '../../../helpers/yield-story.ts'

const seeds = Array.from({ length: 100 }, (_, index) => index + 1)
const { before } = storyDays
const definedMs = (before - 1) * dayMs

/** Day after the usual ones, from 1, on which the gap list would first have named it; null: never. */
function signalDay(values: readonly number[]): number | null {
  const points = dailyPoints(values)
  for (let day = 1; day <= values.length - before; day++) {
    const known = points.slice(0, before + day)
    if (kpiState(yieldKpi, known, definedMs).drift?.towards === 'worse') return day
  }
  return null
}

describe('first-pass yield that falls from 94 to 87 in 60 working days', () => {
  it('is signalled at least 10 working days before the first red day, by every one of 100 seeds', () => {
    const leads = seeds.map((seed) => {
      const values = yieldStory(seed, true)
      const red = values.slice(before).findIndex((value) => kpiBand(yieldKpi, value) === 'red') + 1
      return red - signalDay(values)!
    })
    expect(Math.min(...leads)).toBeGreaterThanOrEqual(10)
    console.log(`signal ${Math.min(...leads)} to ${Math.max(...leads)} working days before the first red one`)
  })

  it('gives a baseline of 87 +/- 0.5 from the 20 stable days, and a target beyond the natural limits', () => {
    const segments = seeds.map((seed) => stableSegment(dailyPoints(yieldStory(seed, true)))!)
    const off = segments.map(({ level }) => Math.abs(level - 87)).sort((a, b) => b - a)
    console.log(
      `baselines are off by ${off[0]!.toFixed(2)}, ${off[1]!.toFixed(2)}, ... ${off[99]!.toFixed(2)}`,
    )
    expect(off[0]).toBeLessThan(0.5)
    for (const segment of segments) {
      const candidate = candidateOf(yieldKpi, segment)
      expect(candidate.target).toBeGreaterThan(segment.limits.upper)
      expect(candidate).toMatchObject({ unit: '%', owner: 'Ana', objective: 'Right first time' })
    }
  })

  it('is a gap below its target, and the gap is measured in words that people can check', () => {
    const points = dailyPoints(yieldStory(1, true))
    const gap = gapOf(yieldKpi, points, kpiState(yieldKpi, points, definedMs))!
    expect(gap).toMatchObject({ from: 'target', side: 'below', goal: 94 })
    expect(gap.distance).toBeGreaterThan(6)
    expect(gap.duration).toBeGreaterThan(20)
  })
})

describe('without any drift', () => {
  it('95 of 100 seeds or more stay without a signal over the same 80 days', () => {
    const alarms = seeds.filter((seed) => {
      const points = dailyPoints(yieldStory(seed, false))
      const reference = referenceOf(points, definedMs)!
      return points.some(
        (_, index) => index >= before && driftOf(points.slice(0, index + 1), reference) !== null,
      )
    })
    console.log(`${alarms.length} of ${seeds.length} seeds signal without a drift`)
    expect(alarms.length).toBeLessThanOrEqual(5)
  })

  it('fewer than six points have no reference', () => {
    expect(referenceOf(dailyPoints([94, 93, 95, 94, 94]), 0)).toBeNull()
  })

  it('locked-in limits take the place of the first reference', () => {
    const points = dailyPoints([...Array<number>(30).fill(94), ...Array<number>(20).fill(90)])
    const step = { fromMs: 29 * dayMs, mean: 90, lower: 87.6, upper: 92.4 }
    expect(kpiState(yieldKpi, points, definedMs).drift?.towards).toBe('worse')
    expect(kpiState(yieldKpi, points, definedMs, [step]).drift).toBeNull()
    const fallen = dailyPoints([...Array<number>(30).fill(90), ...Array<number>(10).fill(88)])
    expect(kpiState(yieldKpi, fallen, definedMs, [step]).drift?.towards).toBe('worse')
  })
})

describe('the spread', () => {
  it('is told once the newest ten swing twice as far as usual', () => {
    const gauss = gaussian(7)
    const usual = Array.from({ length: 30 }, () => 40 + gauss())
    const reference = referenceOf(dailyPoints(usual), definedMs)
    expect(swings(dailyPoints(usual), reference)).toBe(1)
    const wild = [...usual, ...Array.from({ length: 10 }, () => 40 + 4 * gauss())]
    expect(swings(dailyPoints(wild), reference)).toBeGreaterThan(2)
  })
})

describe('gaps of a line', () => {
  const changeover = kpiDefinitionSchema.parse({
    ...yieldKpi,
    id: 'changeover',
    name: 'Changeover',
    unit: 'min',
    direction: 'lower',
    source: { from: 'line', formula: 'changeover_min' },
    target: 20,
    bands: { green: 22, amber: 30 },
  })
  const state = (values: readonly number[], of = changeover) => kpiState(of, dailyPoints(values), definedMs)
  const minutes = (values: readonly number[]) =>
    values.map((value, day) => ({ ...dailyPoints([value])[0]!, atMs: day * dayMs, whole: null }))

  it('count distance, duration and spread', () => {
    const points = minutes([20, 21, 19, 20, 21, 19, 32, 32, 31, 33, 32, 32])
    const gap = gapOf(changeover, points, kpiState(changeover, points, 0))!
    expect(gap).toMatchObject({ side: 'above', from: 'target', distance: 12, duration: 6, swings: 1 })
    expect(gap.score).toBeCloseTo((12 / 10) * 6, 10)
  })

  it('are none for data and metrics, for what is green, and for a drift to the better', () => {
    const points = minutes([32, 32, 32, 32, 32, 32])
    const known = kpiState(changeover, points, 0)
    expect(gapOf({ ...changeover, use: 'data' }, points, known)).toBeNull()
    expect(gapOf({ ...changeover, use: 'metric' }, points, known)).toBeNull()
    const fine = minutes([20, 21, 20, 21, 22, 21])
    expect(gapOf(changeover, fine, kpiState(changeover, fine, 0))).toBeNull()
    const better = minutes(
      [...Array<number>(30).fill(22), ...Array<number>(20).fill(10)].map((v, i) => v + (i % 2)),
    )
    const improved = kpiState(changeover, better, definedMs)
    expect(improved.drift?.towards).toBe('better')
    expect(gapOf(changeover, better, improved)).toBeNull()
  })

  it('stand in the order of their score, ties by name', () => {
    const gap = (kpi: string, score: number) => ({
      ...gapOf(changeover, minutes([32, 32, 32]), state([32, 32, 32]))!,
      kpi,
      score,
    })
    expect(rankGaps([gap('b', 1), gap('c', 9), gap('a', 1)]).map(({ kpi }) => kpi)).toEqual(['c', 'a', 'b'])
  })

  it('propose the natural limit where the agreed target lies inside it, and never pass 0 or 100 %', () => {
    const wide = stableSegment(minutes([20, 30, 22, 28, 19, 31, 21, 29]))!
    const candidate = candidateOf(changeover, wide)
    expect(candidate.targetFrom).toBe('natural limit')
    expect(candidate.target).toBeLessThan(wide.limits.lower === 0 ? 1 : Math.max(0.1, wide.limits.lower))
    const high = stableSegment(dailyPoints([99, 98, 99.5, 98.5, 99, 98, 99.4, 98.7]))!
    expect(candidateOf({ ...yieldKpi, target: 99 }, high)).toMatchObject({ target: 100, insideLimits: true })
  })

  it('have no baseline while the KPI still moves', () => {
    expect(stableSegment(minutes([20, 22, 24, 26, 28, 30, 32, 34, 36, 38]))).toBeNull()
  })
})

describe('limits that were locked in', () => {
  const points = dailyPoints([...yieldStory(1, false).slice(0, 40), ...Array<number>(20).fill(96)])
  const locked = (day: number, level: number) => ({ fromMs: day * dayMs, mean: level, lower: 95, upper: 97 })

  it('begin a stretch with what was held, and what was usual before stays as it was', () => {
    const [usual, ...others] = earlierLimits(points, definedMs, [locked(40, 96)])
    expect(others).toEqual([])
    expect(usual?.to).toBe(40)
    expect(usual?.limits).toEqual(naturalLimits(referenceOf(points.slice(0, 40), definedMs)!))
    expect(earlierLimits(points, definedMs, [])).toEqual([])
  })

  it('stay themselves when others follow; those without a point of their own are not drawn', () => {
    const steps = [locked(40, 96), locked(50, 96.5)]
    expect(
      earlierLimits(points, definedMs, steps).map(({ to, limits }) => [to, limits?.mean.toFixed(0)]),
    ).toEqual([
      [40, '94'],
      [50, '96'],
    ])
    expect(earlierLimits(points, definedMs, [locked(40, 96), locked(40, 97)])).toHaveLength(1)
    expect(earlierLimits(points, definedMs, [locked(-1, 96)])).toEqual([])
  })
})
