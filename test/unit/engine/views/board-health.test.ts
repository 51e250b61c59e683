import { describe, expect, test } from 'vitest'
import { boardHealthView, usualLimits } from '../../../../electron/engine/views/board-health.ts'
import type { ShiftResult } from '../../../../electron/engine/shift-result.ts'
import { maxFindings } from '../../../../shared/contract/board-team.ts'
import type { LintKpi } from '../../../../shared/domain/okr/lint-input.ts'
import { emptyWindowSums } from '../../../../shared/domain/kpis/window-sums.ts'
import { dateOfDay, dayMs, dayNumber } from '../../../../shared/domain/local-time.ts'
import { storedKeyResult, storedObjective } from '../../../helpers/objectives.ts'
import { makeKeyResult } from '../../../fixtures/board.ts'
import { minute, six } from '../../../helpers/view-input.ts'

const plannedMs = 480 * minute

/** Good pieces of early shifts, the last of them on the day before `six`. */
function shifts(good: readonly number[]): ShiftResult[] {
  return good.map((pieces, index) => {
    const day = index - good.length
    const startMs = six + day * dayMs
    const sums = { ...emptyWindowSums, plannedMs, runMs: plannedMs, good: pieces, total: pieces }
    const date = dateOfDay(dayNumber('2026-11-23') + day)
    return { name: 'Early', date, startMs, endMs: startMs + plannedMs, sums, changeovers: [] }
  })
}

const kpi = (id: string, more: Partial<LintKpi> = {}): LintKpi => ({
  id,
  madeOf: null,
  name: id,
  theme: 'quality',
  timing: 'leading',
  owner: 'Ana',
  objective: 'Right first time',
  hasProtocol: true,
  redDays: null,
  targetAgeDays: 10,
  ...more,
})

const usual = [850, 870, 840, 860, 845, 865, 855, 850]
const keyResult = storedKeyResult(six, { owner: 'Ana', due: '2026-12-18', target: 1_100 })

const given = (history: ShiftResult[]) => ({ history, values: new Map(), timeZone: 'UTC' })

function health(more: Partial<Parameters<typeof boardHealthView>[0]> = {}) {
  return boardHealthView({
    nowMs: six + dayMs,
    ...given(shifts(usual)),
    team: {
      objectives: [storedObjective(six, { parent: 'plant', keyResults: [keyResult] })],
      checkIns: () => [],
    },
    keyResults: [makeKeyResult({ id: 'k1', name: 'Throughput', checkInAgeDays: 1 })],
    kpis: null,
    foundSince: () => null,
    ...more,
  })
}
const rulesOf = (part: ReturnType<typeof health>) => part.findings.map(({ rule }) => rule)

describe('board health', () => {
  test('has nothing to say about a whole key result beyond what the line does, without KPIs', () => {
    expect(health()).toEqual({ findings: [], counts: { mistake: 0, warning: 0, hint: 0 } })
  })

  test('calls a target inside the usual range business as usual, by the shifts before the key result was made', () => {
    const easy = storedKeyResult(six, { owner: 'Ana', due: '2026-12-18', target: 872 })
    const team = { objectives: [storedObjective(six, { keyResults: [easy] })], checkIns: () => [] }
    expect(rulesOf(health({ team }))).toContain('business-as-usual')
    // Without enough shifts nobody knows what is usual.
    expect(rulesOf(health({ team, history: shifts(usual.slice(0, 3)) }))).not.toContain('business-as-usual')
    const limits = usualLimits(easy, given(shifts(usual)))!
    expect(limits.lower).toBeLessThan(840)
    expect(limits.upper).toBeGreaterThan(872)
    expect(usualLimits({ ...easy, source: { kind: 'manual' } }, given(shifts(usual)))).toBeNull()
  })

  test('judges days without a check-in from the day on which the key result was made', () => {
    const keyResults = [makeKeyResult({ id: 'k1', name: 'Throughput', checkInAgeDays: null })]
    const on = (days: number) => rulesOf(health({ keyResults, nowMs: six + days * dayMs }))
    expect(on(6)).not.toContain('check-in-missing')
    expect(on(7)).toContain('check-in-missing')
  })

  test('judges the KPIs too where some were agreed on, gravest first, and counts by severity', () => {
    const part = health({ kpis: [kpi('a', { owner: null }), kpi('b', { targetAgeDays: 120 })] })
    expect(rulesOf(part)).toEqual(expect.arrayContaining(['kpi-no-owner', 'target-old', 'kpis-too-few']))
    const rank = { mistake: 0, warning: 1, hint: 2 }
    const ranks = part.findings.map(({ severity }) => rank[severity])
    expect(ranks).toEqual([...ranks].sort())
    const { mistake, warning, hint } = part.counts
    expect(mistake + warning + hint).toBe(part.findings.length)
  })

  test('says since which night each finding has stood', () => {
    const part = health({
      kpis: [kpi('a', { owner: null })],
      foundSince: ({ rule }) => (rule === 'kpi-no-owner' ? '2026-11-18' : null),
    })
    const dates = Object.fromEntries(part.findings.map(({ rule, sinceDate }) => [rule, sinceDate]))
    expect(dates).toMatchObject({ 'kpi-no-owner': '2026-11-18', 'kpis-too-few': null })
  })

  test(`shows at most ${maxFindings} findings, and counts all of them`, () => {
    const part = health({ kpis: Array.from({ length: 60 }, (_, i) => kpi(`k${i}`, { owner: null })) })
    expect(part.findings).toHaveLength(maxFindings)
    expect(part.counts.warning).toBeGreaterThanOrEqual(60)
  })
})
