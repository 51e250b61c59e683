import { describe, expect, it } from 'vitest'
import { byUrgency, isLate, type StoredAction } from '../../../../shared/domain/gaps/action.ts'
import {
  barrierAnswerSchema,
  barriers,
  causeOf,
  tallyBarriers,
} from '../../../../shared/domain/gaps/barrier.ts'
import { effectOf } from '../../../../shared/domain/gaps/effect.ts'
import { redState } from '../../../../shared/domain/gaps/red-protocol.ts'
import { leftToReview, targetAgeDays } from '../../../../shared/domain/gaps/review.ts'
import { dayMs, minuteMs } from '../../../../shared/domain/local-time.ts'
import { studentP, welchTest } from '../../../../shared/domain/welch.ts'
import { dailyPoints, gaussian, yieldKpi } from '../../../helpers/yield-story.ts'

describe('a red KPI', () => {
  const points = dailyPoints([94, 87, 94, 87, 86, 87])
  const since = 3 * dayMs

  it('counts down to its first response, then tells the next one', () => {
    const due = since + 60 * minuteMs
    const one = points.slice(0, 4)
    expect(redState(yieldKpi, one, [], since)).toEqual({
      stage: 'waiting',
      sinceMs: since,
      shifts: 1,
      dueMs: due,
      answeredMs: null,
      unanswered: 1,
    })
    expect(redState(yieldKpi, one, [], due - 1)!.stage).toBe('waiting')
    expect(redState(yieldKpi, one, [], due)!.stage).toBe('late')
  })

  it('says for how many shifts nobody has entered anything', () => {
    expect(redState(yieldKpi, points, [since - 1], 6 * dayMs)).toMatchObject({ unanswered: 3, shifts: 3 })
    expect(redState(yieldKpi, points, [since + 1], 6 * dayMs)).toMatchObject({
      stage: 'answered',
      answeredMs: since + 1,
      unanswered: 0,
    })
  })

  it('waits for as many red shifts as its protocol asks', () => {
    const slow = { ...yieldKpi, protocol: { ...yieldKpi.protocol!, triggerShifts: 2 } }
    expect(redState(slow, points.slice(0, 4), [], since)).toMatchObject({ stage: 'watch', dueMs: null })
    expect(redState(slow, points.slice(0, 5), [], 4 * dayMs)).toMatchObject({
      stage: 'waiting',
      dueMs: 4 * dayMs + 60 * minuteMs,
    })
  })

  it('is none when the newest shift is not red, or no bands were agreed', () => {
    expect(redState(yieldKpi, points.slice(0, 3), [], since)).toBeNull()
    expect(redState({ ...yieldKpi, bands: null }, points, [], since)).toBeNull()
  })
})

describe('Welch test', () => {
  it('recomputes the two-sided 5 % points of the table of Student (NIST/SEMATECH 1.3.6.7.2)', () => {
    for (const [df, t] of [
      [1, 12.706],
      [2, 4.303],
      [5, 2.571],
      [10, 2.228],
      [20, 2.086],
      [30, 2.042],
      [100, 1.984],
    ] as const) {
      expect(studentP(t, df)).toBeCloseTo(0.05, 4)
      expect(studentP(-t, df)).toBeCloseTo(0.05, 4)
    }
    expect(studentP(0, 7)).toBe(1)
    expect(studentP(2.763, 28)).toBeCloseTo(0.01, 4)
  })

  it('is right by hand', () => {
    // Means 3 and 6, variances 2.5 and 10, five values each: t = 3 / sqrt(0.5 + 2), df = 2.5^2 / (0.25/4 + 4/4).
    const { t, df, difference } = welchTest([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
    expect(difference).toBe(3)
    expect(t).toBeCloseTo(3 / Math.sqrt(2.5), 12)
    expect(df).toBeCloseTo(6.25 / (0.25 / 4 + 4 / 4), 12)
    expect(() => welchTest([1], [1, 2])).toThrow(RangeError)
    expect(welchTest([1, 1], [1, 1]).p).toBe(1)
  })

  it('calls chance a difference in about 5 of 100 cases', () => {
    const gauss = gaussian(11)
    let found = 0
    for (let i = 0; i < 1_000; i++) {
      const side = (sigma: number) => Array.from({ length: 12 }, () => sigma * gauss())
      if (welchTest(side(1), side(3)).p < 0.05) found++
    }
    expect(found).toBeGreaterThan(30)
    expect(found).toBeLessThan(70)
  })
})

describe('the effect of an action', () => {
  const gauss = gaussian(3)
  const level = (mean: number, days: number) => Array.from({ length: days }, () => mean + 0.8 * gauss())

  it('is a signal, noise, or still collecting', () => {
    const helped = dailyPoints([...level(87, 20), ...level(91, 12)])
    const begun = 19 * dayMs
    expect(effectOf('higher', helped, begun, begun)).toMatchObject({
      verdict: 'better',
      before: { points: 20 },
      after: { points: 12 },
    })
    expect(effectOf('lower', helped, begun, begun).verdict).toBe('worse')
    const same = dailyPoints([...level(87, 20), ...level(87, 12)])
    expect(effectOf('higher', same, begun, begun).verdict).toBe('noise')
    expect(effectOf('higher', helped.slice(0, 25), begun, begun)).toMatchObject({
      verdict: 'collecting',
      after: { points: 5 },
      p: null,
    })
  })
})

describe('the barrier prompt', () => {
  const answer = (yes: number) => ({
    kpi: 'fpy',
    answers: Array.from({ length: Math.min(yes + 1, barriers.length) }, (_, i) => (i === yes ? 'yes' : 'no')),
    note: '',
  })

  it('asks about the environment first', () => {
    expect(barriers).toEqual([
      ...['expectations', 'tools', 'priorities', 'feedback', 'consequences'],
      ...['knowledge', 'capacity', 'motive'],
    ])
    expect(causeOf(barrierAnswerSchema.parse(answer(1)))).toBe('tools')
    expect(causeOf(barrierAnswerSchema.parse(answer(8)))).toBeNull()
  })

  it('takes no answer that leaves a question out', () => {
    expect(barrierAnswerSchema.safeParse({ ...answer(2), answers: ['yes', 'no', 'yes'] }).success).toBe(false)
    expect(barrierAnswerSchema.safeParse({ ...answer(2), answers: ['no', 'no'] }).success).toBe(false)
  })

  it('tallies the answers of this line', () => {
    const answers = [0, 1, 1, 4, 5, 8].map((yes) => barrierAnswerSchema.parse(answer(yes)))
    expect(tallyBarriers(answers)).toMatchObject({
      environment: 4,
      all: 5,
      byBarrier: { tools: 2, knowledge: 1, motive: 0 },
    })
  })
})

describe('actions', () => {
  const action = (id: string, more: Partial<StoredAction> = {}): StoredAction => ({
    id,
    kpi: null,
    fact: '',
    cause: '',
    what: id,
    owner: '',
    due: null,
    state: 'open',
    version: 1,
    createdMs: 0,
    closedMs: null,
    ...more,
  })

  it('come in the order in which they are due, closed ones last', () => {
    const list = [
      action('none'),
      action('done', { state: 'done', due: '2026-01-01' }),
      action('next', { due: '2026-11-30' }),
      action('late', { due: '2026-11-01' }),
    ]
    expect(byUrgency(list).map(({ id }) => id)).toEqual(['late', 'next', 'none', 'done'])
    expect(list.filter((one) => isLate(one, '2026-11-20')).map(({ id }) => id)).toEqual(['late'])
  })
})

describe('the monthly review', () => {
  it('counts the age of a target from when it was set or confirmed', () => {
    expect(targetAgeDays(0, null, 100 * dayMs)).toBe(100)
    expect(targetAgeDays(0, 70 * dayMs, 100 * dayMs)).toBe(30)
    expect(targetAgeDays(null, 70 * dayMs, 100 * dayMs)).toBeNull()
  })

  it('walks what this month has not looked at', () => {
    const reviews = [
      { kpi: 'a', month: '2026-11' },
      { kpi: 'b', month: '2026-10' },
    ]
    expect(leftToReview(['a', 'b', 'c'], reviews, '2026-11')).toEqual(['b', 'c'])
  })
})
