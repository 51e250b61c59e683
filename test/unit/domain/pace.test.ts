import { describe, expect, it } from 'vitest'
import type { ShiftPattern } from '../../../shared/domain/calendar-days.ts'
import { shiftAt } from '../../../shared/domain/calendar.ts'
import type { CountBucket, LineFacts } from '../../../shared/domain/facts.ts'
import { hourRows } from '../../../shared/domain/hours.ts'
import { shiftPace } from '../../../shared/domain/pace.ts'
import type { LineRules } from '../../../shared/domain/rules.ts'
import { at, calendarOf, count, factsOf, minute, rulesOf, run, shiftPattern, states } from './line-facts.ts'

const breaks = [{ name: 'Meal', start: '10:00', end: '10:30' }]

function setup(pattern: Partial<ShiftPattern>, change: Partial<LineRules> = {}) {
  const rules = rulesOf({ calendar: calendarOf([shiftPattern({ breaks, ...pattern })]), ...change })
  const shift = shiftAt(rules.calendar, at('06:00'))!
  return {
    pace: (facts: Partial<LineFacts>, asOf: string) => shiftPace(factsOf(facts), rules, shift, at(asOf)),
    hours: (facts: Partial<LineFacts>, asOf: string) => hourRows(factsOf(facts), rules, shift, at(asOf)),
  }
}

/** `perMinute` pieces in each minute of [start, end). */
function steady(start: string, end: string, perMinute: number): CountBucket[] {
  const buckets: CountBucket[] = []
  for (let ms = at(start); ms < at(end); ms += minute)
    buckets.push({ ...count('00:00', perMinute), startMs: ms })
  return buckets
}

describe('pace', () => {
  it('counts only planned production time into the target so far', () => {
    const { pace } = setup({ target: 900 })
    const soFar = ['06:00', '07:00', '10:00', '10:15', '10:30', '14:00', '15:00'].map(
      (asOf) => pace({}, asOf)!.targetSoFar,
    )
    expect(soFar).toEqual([0, 120, 480, 480, 480, 900, 900])
  })

  it('has gap and status: ahead, on plan within 1 %, behind', () => {
    const { pace } = setup({ target: 900 })
    const status = (good: number) => {
      const { gap, status } = pace({ counts: [count('06:30', good)] }, '10:00')!
      return [gap, status]
    }
    expect(status(486)).toEqual([6, 'ahead'])
    expect(status(484)).toEqual([4, 'on plan'])
    expect(status(480)).toEqual([0, 'on plan'])
    expect(status(476)).toEqual([-4, 'on plan'])
    expect(status(475)).toEqual([-5, 'behind'])
  })

  it('counts good pieces of this shift up to asOf, those of the break too', () => {
    const { pace } = setup({ target: 900 })
    const counts = [
      count('05:59', 1),
      count('06:00', 10, 5),
      count('10:10', 100),
      count('10:59', 1000),
      count('11:00', 7),
    ]
    expect(pace({ counts }, '11:00')!.made).toBe(1110)
    expect(pace({ counts }, '05:00')).toMatchObject({ made: 0, targetSoFar: 0, gap: 0, status: 'on plan' })
  })

  it('shows a gap that fits the rounded plan beside it', () => {
    const { pace } = setup({ target: 450 })
    const now = pace({ counts: [count('06:00', 10)] }, '06:10:30')!
    expect(now.targetSoFar).toBe(10.5)
    expect(now.gap).toBe(10 - 11)
  })

  it('takes the newest order that overlaps the shift before the calendar', () => {
    const { pace } = setup({ target: 900 })
    const order = (time: string, target: number | undefined, seq: number) => ({
      ...run(time, 'a', null, null, seq),
      target,
    })
    const planOf = (facts: Partial<LineFacts>, asOf = '08:00') => {
      const { planSource, target } = pace(facts, asOf)!
      return [planSource, target]
    }
    expect(planOf({})).toEqual(['calendar', 900])
    expect(planOf({ products: [order('05:00', 600, 1)] })).toEqual(['order', 600])
    expect(planOf({ products: [order('05:00', 600, 1), order('06:00', undefined, 2)] })).toEqual([
      'calendar',
      900,
    ])
    expect(planOf({ products: [order('05:00', 600, 1), order('07:00', 700, 2)] })).toEqual(['order', 700])
    expect(planOf({ products: [order('05:00', 600, 1), order('07:00', undefined, 2)] })).toEqual([
      'order',
      600,
    ])
    expect(planOf({ products: [order('05:00', 600, 1), order('09:00', 700, 2)] })).toEqual(['order', 600])
  })

  it('plans by ideal cycle time and plan factor when nobody gives a target', () => {
    const products = [run('05:00', 'a', null, null)]
    expect(setup({}, { planFactor: 0.8 }).pace({ products }, '07:00')).toMatchObject({
      planSource: 'ideal',
      target: 450 * 60 * 0.8,
      targetSoFar: 60 * 60 * 0.8,
    })
    expect(setup({}).pace({ products: [{ ...products[0]!, idealCycleMs: 4_000 }] }, '07:00')!.target).toBe(
      6_750,
    )
    expect(setup({}).pace({ products: [run('05:00', 'c', null, null)] }, '07:00')).toBeNull()
  })

  it('plans each product of the shift with its own cycle, the changeover with that of the next one', () => {
    const { pace } = setup({})
    const products = [run('06:00', 'a', '06:00', '08:00'), run('08:20', 'b', '08:30', null)]
    const pieces = (120 * 60_000) / 1_000 + ((450 - 120) * 60_000) / 2_000
    expect(pace({ products, states: states('06:00 running') }, '09:00')!.target).toBe(pieces)
    const plain = (140 * 60_000) / 1_000 + ((450 - 140) * 60_000) / 2_000
    const apart = [run('06:00', 'a', null, null), run('08:20', 'b', null, null)]
    expect(pace({ products: apart, states: states('06:00 running') }, '09:00')!.target).toBe(plain)
    expect(pace({ products: apart, states: states('06:00 running') }, '08:00')!.target).toBe(450 * 60)
    expect(pace({ products: [...apart, run('09:00', 'c', null, null)] }, '10:00')).toBeNull()
  })

  it('without product messages takes the product of the pieces, else the only one', () => {
    const { pace } = setup({})
    expect(pace({}, '07:00')).toBeNull()
    expect(pace({ counts: [count('06:10', 1, 0, { product: 'b' })] }, '07:00')!.target).toBe((450 * 60) / 2)
    const one = setup({}, { products: { a: { id: 'a', name: 'A', idealCycleMs: 3_000, changes: [] } } })
    expect(one.pace({}, '07:00')!.target).toBe(9_000)
  })

  it('has no plan in a shift without planned time', () => {
    const { pace } = setup({ target: 900, breaks: [{ name: 'Closed', start: '06:00', end: '14:00' }] })
    expect(pace({}, '07:00')).toBeNull()
  })

  it('says nothing about the end of the shift in the first 30 planned minutes', () => {
    const { pace } = setup({ target: 900 })
    expect(pace({}, '06:29:59')).toMatchObject({ headingFor: null, headingRule: null })
    expect(pace({}, '06:30')).toMatchObject({ headingFor: 0, headingRule: 'last 60 min' })
  })

  it('carries on at the plan rate when the line is faster, at its own when it is slower', () => {
    const { pace } = setup({ target: 900 })
    // 09:00: 3 h planned, 4.5 h left, the plan makes 2 a minute.
    expect(pace({ counts: steady('06:00', '09:00', 3) }, '09:00')).toMatchObject({
      headingFor: 540 + 270 * 2,
      headingRule: 'plan rate',
    })
    expect(pace({ counts: steady('06:00', '09:00', 1) }, '09:00')).toMatchObject({
      headingFor: 180 + 270,
      headingRule: 'last 60 min',
    })
    const slowedDown = [...steady('06:00', '08:00', 3), ...steady('08:00', '09:00', 1)]
    expect(pace({ counts: slowedDown }, '09:00')).toMatchObject({
      headingFor: 420 + 270,
      headingRule: 'last 60 min',
    })
  })

  it('takes the last hour of planned time, so that a break slows nothing down', () => {
    const { pace } = setup({ target: 900 })
    const counts = [...steady('06:00', '10:00', 1), count('10:10', 500), ...steady('10:30', '10:45', 2)]
    // The newest 60 planned minutes: 09:15-10:00 with 45 pieces and 10:30-10:45 with 30; 195 min are left.
    const made = 240 + 500 + 30
    expect(pace({ counts }, '10:45')).toMatchObject({ made, headingFor: made + (75 / 60) * 195 })
  })

  it('begins the last hour with a whole minute, whose pieces all count', () => {
    const { pace } = setup({ target: 9000 })
    const counts = [...steady('06:00', '09:00', 1), count('08:00', 60), count('09:00', 1)].sort(
      (a, b) => a.startMs - b.startMs,
    )
    // Since 08:00: 60 + 60 + 1 pieces in 60.5 min; 4.5 h less half a minute are left.
    const now = pace({ counts }, '09:00:30')!
    expect(now.headingFor).toBeCloseTo(241 + (121 / 60.5) * 269.5, 9)
  })

  it('heads for what was made when the shift is over', () => {
    const { pace } = setup({ target: 900 })
    expect(pace({ counts: steady('06:00', '08:00', 3) }, '16:00')).toMatchObject({
      headingFor: 360,
      gap: -540,
    })
  })
})

describe('hours', () => {
  it('shares the plan by planned time; the columns add up as shown', () => {
    const { hours } = setup({ target: 900 })
    const counts = [count('06:30', 100), count('07:30', 130), count('08:10', 50), count('08:20', 7)]
    const facts = {
      counts,
      states: states('06:00 running', '07:10 stopped Jam', '07:20 stopped', '07:25 running'),
    }
    const rows = hours(facts, '08:20')
    expect(
      rows.map((row) => [row.label, row.plan, row.planSoFar, row.made, row.gap, row.runningGap, row.phase]),
    ).toEqual([
      ['06', 120, 120, 100, -20, -20, 'past'],
      ['07', 120, 120, 130, 10, -10, 'past'],
      ['08', 120, 40, 50, 10, 0, 'now'],
      ['09', 120, 120, null, null, null, 'future'],
      ['10', 60, 60, null, null, null, 'future'],
      ['11', 120, 120, null, null, null, 'future'],
      ['12', 120, 120, null, null, null, 'future'],
      ['13', 120, 120, null, null, null, 'future'],
    ])
    expect(rows[1]!.topStop).toEqual({ reason: 'Jam', ms: 10 * minute })
    expect(rows[0]!.topStop).toBeNull()
  })

  it('adds the stops of one reason and names the longest, cut to the hour and to planned time', () => {
    const { hours } = setup({ target: 900 })
    const facts = {
      states: states(
        '06:00 running',
        '09:10 stopped Jam',
        '09:13 stopped Leak',
        '09:17 stopped Jam',
        '09:20 running',
        '09:58 stopped',
        '11:00 running',
      ),
      silences: [{ startMs: at('08:50'), endMs: at('09:05') }],
    }
    const rows = hours(facts, '12:00')
    expect(rows[3]).toMatchObject({ topStop: { reason: 'Jam', ms: 6 * minute }, unknownMs: 5 * minute })
    expect(rows[2]).toMatchObject({ topStop: null, unknownMs: 10 * minute })
    expect(rows[4]!.topStop).toEqual({ reason: null, ms: 30 * minute })
  })

  it('blames nothing on a stop that lies in the break', () => {
    const { hours } = setup({ target: 900 })
    const rows = hours({ states: states('06:00 running', '10:05 stopped Jam', '10:20 running') }, '12:00')
    expect(rows[4]!.topStop).toBeNull()
  })

  it('adds whole plans up to the target, and agrees with the pace at every second', () => {
    const { hours, pace } = setup({ target: 1003 })
    const counts = steady('06:00', '14:00', 2)
    for (let ms = at('06:00'); ms <= at('14:00'); ms += 37_000) {
      const asOf = new Date(ms).toISOString().slice(11, 19)
      const rows = hours({ counts }, asOf)
      expect(rows.reduce((sum, row) => sum + row.plan!, 0)).toBe(1003)
      const shown = rows.filter((row) => row.runningGap !== null)
      const now = pace({ counts }, asOf)!
      expect(shown[shown.length - 1]!.runningGap).toBe(now.gap)
      expect(shown.reduce((sum, row) => sum + row.made!, 0)).toBe(now.made)
      rows.forEach((row) =>
        expect(Math.abs(row.plan! - (1003 * (row.label === '10' ? 30 : 60)) / 450)).toBeLessThan(1),
      )
    }
  })

  it('shows pieces without a plan', () => {
    const { hours } = setup({})
    const rows = hours({ counts: [count('06:30', 100)], products: [run('06:00', 'c', null, null)] }, '07:00')
    expect(rows[0]).toMatchObject({
      plan: null,
      planSoFar: null,
      made: 100,
      gap: null,
      runningGap: null,
      phase: 'past',
    })
    expect(rows[1]).toMatchObject({ phase: 'now', made: 0 })
  })

  it('of pitches of pieces every row plans so many, and they add up as hours do', () => {
    const breaks = [{ name: 'Break', start: '09:00', end: '09:30' }]
    const rules = rulesOf({
      calendar: calendarOf([shiftPattern({ start: '06:00', end: '14:00', breaks, target: 900 })], {
        pitchPieces: 200,
      }),
    })
    const shift = shiftAt(rules.calendar, at('08:00'))!
    const counts = steady('06:00', '12:00', 2)
    const rows = hourRows(factsOf({ counts }), rules, shift, at('12:00'))
    expect(rows.map(({ label, plan }) => [label, plan])).toEqual([
      ['06:00', 200],
      ['07:40', 200],
      ['09:50', 200],
      ['11:30', 200],
      ['13:10', 100],
    ])
    const made = rows.flatMap((row) => row.made ?? [])
    expect(made.reduce((sum, pieces) => sum + pieces, 0)).toBe(
      counts.reduce((sum, { good }) => sum + good, 0),
    )
  })

  it('labels pitches off the hour in full, and by the clocks of the plant', () => {
    const rules = rulesOf({
      calendar: calendarOf([shiftPattern({ start: '22:30', end: '06:30', target: 800 })], {
        timeZone: 'Europe/Berlin',
      }),
    })
    const night = shiftAt(rules.calendar, at('23:00', '2026-10-24'))!
    const rows = hourRows(factsOf(), rules, night, night.startMs)
    expect(rows.map((row) => row.label)).toEqual([
      '22:30',
      '23:30',
      '00:30',
      '01:30',
      '02:30',
      '02:30',
      '03:30',
      '04:30',
      '05:30',
    ])
    expect(rows.reduce((sum, row) => sum + row.plan!, 0)).toBe(800)
  })
})
