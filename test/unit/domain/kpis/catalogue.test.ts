import { describe, expect, it } from 'vitest'
import type { CallFact } from '../../../../shared/domain/facts.ts'
import { liveKpiIds, liveKpiSpec, liveKpiSpecs } from '../../../../shared/domain/kpis/catalogue.ts'
import { callSums } from '../../../../shared/domain/kpis/call-sums.ts'
import { handFedSpecs, handFedValue } from '../../../../shared/domain/kpis/hand-fed.ts'
import { kpiBand, kpiDefinitionSchema } from '../../../../shared/domain/kpis/kpi-definition.ts'
import { kpiThemes, kpiValue, type KpiSpec } from '../../../../shared/domain/kpis/kpi-spec.ts'
import { kpiMaturity } from '../../../../shared/domain/kpis/maturity.ts'
import { addWindowSums, emptyWindowSums, windowSums } from '../../../../shared/domain/kpis/window-sums.ts'
import { at, between, count, factsOf, minute, rulesOf, states } from '../line-facts.ts'

const shift = between('06:00', '14:00')

describe('an early shift by hand', () => {
  // 480 min: run 06:00-08:00, own stop 08:00-08:20 with a reason, run to 09:00, micro-stop of 1 min, run to 10:00,
  // changeover 10:00-10:30, run to 11:00, starved to 11:10, idle to 11:30, own stop without a reason to 11:40, run.
  const facts = factsOf({
    states: states(
      '06:00 running',
      '08:00 stopped Jam',
      '08:20 running',
      '09:00 stopped',
      '09:01 running',
      '10:00 changeover',
      '10:30 running',
      '11:00 starved',
      '11:10 idle Nothing-to-do',
      '11:30 stopped',
      '11:40 running',
    ),
    counts: [count('07:00', 9_000, 300, { rework: 90 }), count('12:00', 9_000, 100)],
  })
  const products = { a: { id: 'a', name: 'A', idealCycleMs: 1_000, price: 0.5, changes: [] } }
  const calendar = {
    ...rulesOf().calendar,
    shifts: rulesOf().calendar.shifts.map((pattern) => ({ ...pattern, target: 24_000 })),
  }
  const rules = rulesOf({ products, calendar })
  const calls: CallFact[] = [
    { seq: 1, atMs: at('08:00'), call: 'x', event: 'raise' },
    { seq: 2, atMs: at('08:04'), call: 'x', event: 'ack' },
    { seq: 3, atMs: at('08:20'), call: 'x', event: 'resolve' },
    { seq: 4, atMs: at('11:30'), call: 'y', event: 'raise' },
    { seq: 5, atMs: at('11:38'), call: 'y', event: 'resolve' },
  ]
  const sums = windowSums(facts, rules, shift, at('14:00'), calls)
  const run = 480 - 20 - 1 - 30 - 10 - 20 - 10

  it.each([
    ['oee', 18_000_000 / (480 * minute)],
    ['availability', run / 480],
    ['performance', 18_400 / (run * 60)],
    ['quality_ratio', 18_000 / 18_400],
    ['throughput', 18_000],
    ['throughput_rate', 18_000 / 8],
    ['schedule_attainment', 18_000 / 24_000],
    ['scrap_ratio', 400 / 18_400],
    ['first_pass_yield', 17_910 / 18_400],
    ['rework_ratio', 90 / 18_400],
    ['cost_of_scrap', 200],
    ['setup_ratio', 30 / (run + 30)],
    ['technical_efficiency', run / (run + 41)],
    ['allocation_efficiency', 460 / 480],
    ['utilization_efficiency', run / 460],
    ['mtbf', run / 2],
    ['mttr', 15],
    ['changeover_min', 30],
    ['changeover_best', 30],
    ['stops_per_hour', 5 / 8],
    ['micro_stops_per_hour', 1 / 8],
    ['unexplained_stop_share', 10 / 61],
    ['unexplained_stop_min', 10],
    ['time_lost', 61 + run - 18_400 * (480 / 24_000)],
    ['mtta_calls', 6],
    ['mttr_calls', 14],
  ])('%s', (id, expected) => {
    const { value, sampleSize } = kpiValue(liveKpiSpec(id)!, sums)
    expect(value).toBeCloseTo(expected, 9)
    expect(sampleSize).toBeGreaterThan(0)
  })

  it('covers the whole catalogue, and every KPI says how it is made', () => {
    expect(liveKpiIds.length).toBe(26)
    expect(new Set(liveKpiIds).size).toBe(26)
    for (const spec of liveKpiSpecs as readonly KpiSpec[]) {
      expect(spec.formula.length).toBeGreaterThan(1)
      expect(kpiThemes).toContain(spec.theme)
    }
    expect(liveKpiSpec('luck')).toBeNull()
  })

  it('has no value where nothing is known: never 0 % and never a division by zero', () => {
    for (const spec of liveKpiSpecs as readonly KpiSpec[]) {
      const { value } = kpiValue(spec, emptyWindowSums)
      expect([spec.id, value]).toEqual([
        spec.id,
        spec.denominator === null && spec.combine !== 'least' ? 0 : null,
      ])
    }
  })

  it('of two lines sums numerators and denominators; unknown parts stay unknown', () => {
    const other = { ...emptyWindowSums, plannedMs: 480 * minute, runMs: 480 * minute, scrapCost: null }
    const both = addWindowSums(sums, other)
    expect(kpiValue(liveKpiSpec('availability')!, both).value).toBeCloseTo((run + 480) / 960, 12)
    expect(kpiValue(liveKpiSpec('cost_of_scrap')!, both).value).toBeNull()
    expect(kpiValue(liveKpiSpec('changeover_best')!, both).value).toBe(30)
  })
})

describe('calls', () => {
  it('count where they are answered; a rejected one has no time to resolve', () => {
    const facts: CallFact[] = [
      { seq: 1, atMs: at('05:00'), call: 'a', event: 'raise' },
      { seq: 2, atMs: at('06:10'), call: 'a', event: 'ack' },
      { seq: 3, atMs: at('06:11'), call: 'a', event: 'ack' },
      { seq: 4, atMs: at('06:20'), call: 'b', event: 'raise' },
      { seq: 5, atMs: at('06:30'), call: 'b', event: 'reject' },
      { seq: 6, atMs: at('06:40'), call: 'c', event: 'resolve' },
    ]
    expect(callSums(facts, shift, at('14:00'))).toEqual({
      callsRaised: 1,
      callsAcked: 1,
      callAckMs: 70 * minute,
      callsResolved: 0,
      callResolveMs: 0,
    })
  })
})

describe('KPIs that people feed', () => {
  const values = [
    { atMs: at('05:00'), value: 9 },
    { atMs: at('07:00'), value: 2 },
    { atMs: at('13:00'), value: 3 },
    { atMs: at('14:00'), value: 50 },
  ]
  it('add up or hold, inside the window only', () => {
    expect(handFedValue('sum', values, shift)).toEqual({
      value: 5,
      numerator: 5,
      denominator: null,
      sampleSize: 2,
    })
    expect(handFedValue('last', values, shift).value).toBe(3)
    expect(handFedValue('sum', values, between('08:00', '09:00'))).toMatchObject({
      value: null,
      sampleSize: 0,
    })
  })
  it('cover all five themes with the line', () => {
    const themes = new Set([...handFedSpecs, ...liveKpiSpecs].map((spec) => spec.theme))
    expect([...themes].sort()).toEqual([...kpiThemes].sort())
  })
})

describe('a KPI definition', () => {
  const definition = {
    id: 'scrap',
    name: 'Scrap ratio',
    theme: 'Quality',
    kind: 'lagging',
    formula: 'SQ / PQ',
    unit: '%',
    direction: 'lower',
    source: { from: 'line', formula: 'scrap_ratio' },
    target: 2,
    bands: { green: 2, amber: 3 },
    owner: 'Mira Kern',
    objective: 'Less waste',
    protocol: {
      trigger: 'red for two shifts',
      firstResponse: 'Check the last three settings',
      who: 'Lead',
      withinMin: 30,
      escalateTo: 'Plant manager',
    },
  }
  it('is what product.md asks for, with bands in the direction of the KPI', () => {
    const parsed = kpiDefinitionSchema.parse(definition)
    expect([1, 2, 2.5, 3, 3.1].map((value) => kpiBand(parsed, value))).toEqual([
      'green',
      'green',
      'amber',
      'amber',
      'red',
    ])
    expect(kpiBand(parsed, null)).toBeNull()
    expect(kpiBand({ ...parsed, bands: null }, 1)).toBeNull()
    expect(kpiBand({ direction: 'higher', bands: { green: 85, amber: 70 } }, 80)).toBe('amber')
  })
  it('refuses bands the wrong way round, unknown formulas and unknown keys', () => {
    expect(kpiDefinitionSchema.safeParse({ ...definition, bands: { green: 3, amber: 2 } }).success).toBe(
      false,
    )
    expect(
      kpiDefinitionSchema.safeParse({ ...definition, source: { from: 'line', formula: 'luck' } }).success,
    ).toBe(false)
    expect(kpiDefinitionSchema.safeParse({ ...definition, mood: 1 }).success).toBe(false)
  })
})

describe('maturity', () => {
  const dayMs = 86_400_000
  const points = (days: number, value = (i: number) => 10 + (i % 2)) =>
    Array.from({ length: days }, (_, i) => ({ atMs: i * dayMs, value: value(i) }))
  it('says how young a KPI is, and whether it is stable', () => {
    expect(kpiMaturity([], 5 * dayMs)).toEqual({
      days: 0,
      enoughDays: false,
      stable: null,
    })
    expect(kpiMaturity(points(30), 30 * dayMs)).toMatchObject({
      days: 30,
      stable: true,
    })
    expect(kpiMaturity(points(100), 100 * dayMs)).toEqual({
      days: 100,
      enoughDays: true,
      stable: true,
    })
    const drifting = points(100, (i) => 10 + (i % 2) + (i > 90 ? 8 : 0))
    expect(kpiMaturity(drifting, 100 * dayMs)).toMatchObject({ enoughDays: true, stable: false })
  })
})
