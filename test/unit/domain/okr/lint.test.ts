import { describe, expect, it } from 'vitest'
import { lint, missingParts } from '../../../../shared/domain/okr/lint.ts'
import {
  type LintInput,
  type LintKeyResult,
  type LintKpi,
  type LintObjective,
  lintThemes,
} from '../../../../shared/domain/okr/lint-input.ts'
import { type LintRuleId, lintRules } from '../../../../shared/domain/okr/lint-rules.ts'

const kpi = (over: Partial<LintKpi> = {}): LintKpi => ({
  id: 'oee',
  madeOf: 'oee',
  name: 'OEE',
  theme: 'delivery',
  timing: 'leading',
  owner: 'Mira',
  objective: 'A line that runs',
  hasProtocol: true,
  redDays: null,
  targetAgeDays: 10,
  ...over,
})
const fiveKpis = lintThemes.map((theme) => kpi({ id: theme, name: theme, theme }))

const keyResult = (over: Partial<LintKeyResult> = {}): LintKeyResult => ({
  id: 'kr1',
  name: 'Changeover',
  sentence: null,
  baseline: 45,
  target: 20,
  due: '2026-12-31',
  owner: 'Jonas',
  movedBy: 'changeover_min',
  parent: null,
  progress: 0.4,
  checkInAgeDays: 2,
  naturalLimits: null,
  ...over,
})
const objective = (over: Partial<LintObjective> = {}): LintObjective => ({
  id: 'o1',
  title: 'Line 3 runs without surprises',
  parent: null,
  keyResults: [keyResult()],
  ...over,
})
const good: LintInput = { kpis: fiveKpis, objectives: [objective()] }
const withKpi = (over: Partial<LintKpi>): LintInput => ({ ...good, kpis: [...fiveKpis, kpi(over)] })
const withKeyResult = (over: Partial<LintKeyResult>): LintInput => ({
  ...good,
  objectives: [objective({ keyResults: [keyResult(over)] })],
})
const several = (count: number) => Array.from({ length: count }, (_, at) => kpi({ id: `k${at}` }))

/** Of each rule what it finds, and the nearest thing that it lets pass. */
const cases: Record<LintRuleId, { finds: LintInput; says: string; passes: LintInput }> = {
  'kpis-too-many': {
    finds: { ...good, kpis: [...fiveKpis, ...several(6)] },
    says: '11 KPIs: the board shows at most 10',
    passes: { ...good, kpis: [...fiveKpis, ...several(5)] },
  },
  'kpis-too-few': {
    finds: { ...good, kpis: fiveKpis.slice(1) },
    says: 'Only 4 KPIs: 5 to 10 are usual',
    passes: good,
  },
  'theme-empty': { finds: { ...good, kpis: fiveKpis.slice(1) }, says: 'No KPI for safety', passes: good },
  'only-lagging': {
    finds: { ...good, kpis: fiveKpis.map((one) => ({ ...one, timing: 'lagging' })) },
    says: 'All KPIs tell the past, none can be acted on this shift',
    passes: { ...good, kpis: fiveKpis.map((one, at) => ({ ...one, timing: at ? 'lagging' : 'leading' })) },
  },
  'no-objective': {
    finds: { ...good, objectives: [] },
    says: '5 KPIs, but no objective at all',
    passes: { kpis: null, objectives: [] },
  },
  'kpi-no-owner': { finds: withKpi({ owner: ' ' }), says: 'OEE has no owner', passes: withKpi({}) },
  'kpi-no-objective': {
    finds: withKpi({ objective: null }),
    says: 'OEE serves no objective',
    passes: withKpi({}),
  },
  'kpi-no-protocol': {
    finds: withKpi({ hasProtocol: false }),
    says: 'Nobody has said what to do when OEE is red',
    passes: withKpi({}),
  },
  'objective-number': {
    finds: { ...good, objectives: [objective({ title: 'Raise OEE to 85 %' })] },
    says: '"Raise OEE to 85 %" holds a figure',
    passes: good,
  },
  'key-result-incomplete': {
    finds: withKeyResult({ baseline: null, due: null, owner: '' }),
    says: 'Changeover has no baseline, no date, no owner',
    passes: good,
  },
  'key-result-no-number': {
    finds: withKeyResult({ sentence: 'Better teamwork', baseline: null, target: null }),
    says: '"Better teamwork" has no number',
    passes: withKeyResult({ sentence: 'Shorter changeovers' }),
  },
  'key-result-task': {
    finds: withKeyResult({ sentence: 'Train 12 people on the rinser' }),
    says: '"Train 12 people on the rinser" is a task, not a result',
    passes: withKeyResult({ sentence: 'Implement a protocol that catches 98 % of defects' }),
  },
  'business-as-usual': {
    finds: withKeyResult({ naturalLimits: { lower: 15, upper: 52 } }),
    says: 'The target of Changeover lies inside what the line does anyway',
    passes: withKeyResult({ naturalLimits: { lower: 31, upper: 52 } }),
  },
  'key-result-no-link': {
    finds: withKeyResult({ movedBy: null }),
    says: 'Changeover hangs on no number of the line and serves no parent',
    passes: withKeyResult({ movedBy: null, parent: 'plant-o2' }),
  },
  'objectives-too-many': {
    finds: { ...good, objectives: Array.from({ length: 6 }, (_, at) => objective({ id: `o${at}` })) },
    says: '6 objectives: at most 5',
    passes: { ...good, objectives: Array.from({ length: 5 }, (_, at) => objective({ id: `o${at}` })) },
  },
  'red-without-objective': {
    finds: withKpi({ id: 'scrap_ratio', name: 'Scrap', redDays: 30 }),
    says: 'Scrap has been red for 30 days, and no key result',
    passes: withKpi({ madeOf: 'changeover_min', redDays: 30 }),
  },
  'target-old': {
    finds: withKpi({ targetAgeDays: 93 }),
    says: 'The target of OEE is 93 days old',
    passes: withKpi({ targetAgeDays: 92 }),
  },
  'check-in-missing': {
    finds: withKeyResult({ checkInAgeDays: 7 }),
    says: 'No check-in for Changeover for 7 days',
    passes: withKeyResult({ checkInAgeDays: 6 }),
  },
  'all-at-goal': {
    finds: {
      ...good,
      objectives: [objective({ keyResults: [keyResult({ progress: 1 }), keyResult({ progress: 1 })] })],
    },
    says: 'All 2 key results are at their goal',
    passes: {
      ...good,
      objectives: [objective({ keyResults: [keyResult({ progress: 1 }), keyResult({ progress: 0.9 })] })],
    },
  },
}

describe('lint', () => {
  it.each(Object.keys(lintRules) as LintRuleId[])('%s is found, and what is right passes', (rule) => {
    const { finds, says, passes } = cases[rule]
    const findings = lint(finds).filter((one) => one.rule === rule)
    expect(findings.map((one) => one.sentence)).toEqual([says])
    expect(findings[0]?.severity).toBe(lintRules[rule].severity)
    expect(lint(passes).filter((one) => one.rule === rule)).toEqual([])
  })

  it('says nothing about a line that has it all, and nothing about KPIs that nobody has defined', () => {
    expect(lint(good)).toEqual([])
    expect(lint({ kpis: null, objectives: [] })).toEqual([])
  })

  it('puts the gravest first', () => {
    const findings = lint({
      kpis: fiveKpis.slice(2),
      objectives: [objective({ keyResults: [keyResult({ owner: null })] })],
    })
    expect(findings.map((one) => one.severity)).toEqual(['mistake', 'warning', 'warning', 'hint'])
  })

  it('judges completeness apart from wording', () => {
    const worded = keyResult({
      sentence: 'Reduce order fulfilment cycle time from 8 days to 4 days',
      baseline: null,
      due: null,
    })
    expect(missingParts(worded)).toEqual(['baseline', 'date'])
    const rules = lint({ kpis: null, objectives: [objective({ keyResults: [worded] })] }).map(
      (one) => one.rule,
    )
    expect(rules).toEqual(['key-result-incomplete'])
    const kept = lint(withKeyResult({ sentence: 'Maintain 95 % on-time delivery' })).map((one) => one.rule)
    expect(kept).toEqual(['business-as-usual'])
  })
})
