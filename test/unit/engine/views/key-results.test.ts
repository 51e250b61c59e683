import { describe, expect, test } from 'vitest'
import type { CheckInNote } from '../../../../electron/engine/views/key-result-values.ts'
import { keyResultsView } from '../../../../electron/engine/views/key-results.ts'
import type { ShiftResult } from '../../../../electron/engine/shift-result.ts'
import type { KeyResultWindow, LiveKpi } from '../../../../shared/domain/key-results.ts'
import type { ReportedValue } from '../../../../shared/domain/kpis/hand-fed.ts'
import { emptyWindowSums } from '../../../../shared/domain/kpis/window-sums.ts'
import type { StoredKeyResult, StoredObjective } from '../../../../shared/domain/okr/stored.ts'
import { dateOfDay, dayNumber } from '../../../../shared/domain/local-time.ts'
import { storedKeyResult, storedObjective } from '../../../helpers/objectives.ts'
import { minute, six, viewInput } from '../../../helpers/view-input.ts'

const dayMs = 86_400_000
const hours8 = 480 * minute

/** The early shift `days` days after Monday 2026-11-23. */
function shift(days: number, sums: Partial<ShiftResult['sums']>) {
  const startMs = six + days * dayMs
  const date = dateOfDay(dayNumber('2026-11-23') + days)
  const all = { ...emptyWindowSums, plannedMs: hours8, runMs: hours8, ...sums }
  return { name: 'Early', date, startMs, endMs: startMs + hours8, sums: all, changeovers: [] }
}

const cycle = { kind: 'quarter', name: 'Q', startDate: '2026-11-23', endDate: '2026-12-18' } as const
const keyResult = (more: Partial<StoredKeyResult>) => storedKeyResult(six, more)

function view(options: {
  keyResult?: Partial<StoredKeyResult>
  history?: ShiftResult[]
  values?: Record<string, ReportedValue[]>
  nowMs: number
  lastMs?: number
  notes?: CheckInNote[]
  notesOf?: (keyResultId: string) => CheckInNote[]
  objectives?: StoredObjective[]
}) {
  const objectives = options.objectives ?? [
    storedObjective(six, { cycle, keyResults: [keyResult(options.keyResult ?? {})] }),
  ]
  return keyResultsView({
    ...viewInput({ nowMs: options.nowMs, lastMs: options.lastMs ?? options.nowMs }),
    history: options.history ?? [],
    values: new Map(Object.entries(options.values ?? {})),
    team: { objectives, above: [], baselines: [], checkIns: options.notesOf ?? (() => options.notes ?? []) },
  })
}

const one = (options: Parameters<typeof view>[0]) => view(options).items[0]!

describe('a key result of reported values', () => {
  const reports = (...values: number[]) =>
    values.map((value, days): ReportedValue => ({ atMs: six + days * dayMs, value }))
  const of = (combine: 'sum' | 'last', window: KeyResultWindow) => ({
    source: { kind: 'values', key: 'ideas', combine, window } as const,
  })
  const now = (days: number, more: Partial<Parameters<typeof view>[0]>) =>
    one({ nowMs: six + days * dayMs, ...more })

  test('is the mean of the last reports, with their number and the time of the newest', () => {
    const values = { ideas: reports(900, 1_000, 1_100, 1_200), others: reports(1, 2) }
    const own = of('last', { kind: 'shifts', count: 3 })
    expect(now(3, { keyResult: own, values })).toMatchObject({
      value: 1_100,
      sampleSize: 3,
      valueAtMs: six + 3 * dayMs,
      freshness: 'fresh',
      progress: { progress: 1 },
    })
    // A report of tomorrow does not count today.
    expect(now(2, { keyResult: own, values }).value).toBe(1_000)
    expect(now(2, { keyResult: own }).value).toBeNull()
  })

  test('ages by its own reports, whatever the line says', () => {
    const given = { keyResult: of('last', { kind: 'shifts', count: 3 }), values: { ideas: reports(900) } }
    const fresh = (days: number) => now(days, { ...given, lastMs: six }).freshness
    expect([fresh(6), fresh(7), fresh(14)]).toEqual(['fresh', 'ageing', 'stale'])
  })

  test('adds up the reports of a day where they do', () => {
    const twice = [...reports(400), { atMs: six + 60 * minute, value: 500 }]
    const own = (combine: 'sum' | 'last') => of(combine, { kind: 'shifts', count: 2 })
    expect(now(1, { keyResult: own('sum'), values: { ideas: twice } })).toMatchObject({
      value: 900,
      sampleSize: 1,
    })
    expect(now(1, { keyResult: own('last'), values: { ideas: twice } }).value).toBe(450)
  })

  test('takes those of the running week, or all since its cycle began', () => {
    // The cycle begins on Monday; the first two are of the week before it.
    const values = {
      ideas: reports(...Array.from({ length: 11 }, (_, day) => day)).map((v) => ({
        ...v,
        atMs: v.atMs - 2 * dayMs,
      })),
    }
    expect(now(8, { keyResult: of('last', { kind: 'week' }), values }).value).toBe((9 + 10) / 2)
    expect(now(8, { keyResult: of('last', { kind: 'start' }), values })).toMatchObject({
      value: 6,
      sampleSize: 9,
    })
  })

  test('is held by its reports', () => {
    const values = { ideas: reports(900, 1_200, 1_150, 1_200, 1_150) }
    const own = { ...of('last', { kind: 'shifts', count: 1 }), holdShifts: 4 }
    expect(now(4, { keyResult: own, values }).held).toMatchObject({
      inRow: 4,
      proposal: { baseline: 1_175, target: 1_100, fromMs: six + dayMs, sampleSize: 4 },
    })
  })
})

describe('a live key result', () => {
  const monday = [shift(0, { good: 900, total: 1_000 }), shift(1, { good: 1_000, total: 1_000 })]

  test('is the mean of the last finished shifts, with its sample and its time', () => {
    const history = [...monday, shift(2, { good: 1_100, total: 1_200 })]
    const nowMs = six + 2 * dayMs + hours8
    expect(one({ history, nowMs })).toMatchObject({
      value: 1_050,
      sampleSize: 2,
      valueAtMs: nowMs,
      freshness: 'fresh',
      progress: { progress: 0.8 },
    })
  })

  test('sums numerators and denominators: ratios are never averaged; "%" means times 100', () => {
    const history = [shift(0, { scrap: 1, total: 10 }), shift(1, { scrap: 1, total: 990 })]
    const source = { kind: 'kpi', kpi: 'scrap_ratio', window: { kind: 'shifts', count: 2 } } as const
    const options = { history, nowMs: six + 2 * dayMs }
    expect(one({ ...options, keyResult: { source, unit: '%' } }).value).toBeCloseTo(0.2, 12)
    expect(one({ ...options, keyResult: { source, unit: '' } }).value).toBeCloseTo(0.002, 12)
  })

  test('leaves out shifts without data and without planned time instead of counting them as zero', () => {
    const history = [
      ...monday,
      shift(2, { runMs: 0, unknownMs: hours8 }),
      shift(3, { plannedMs: 0, runMs: 0, good: 50, total: 50 }),
    ]
    expect(one({ history, nowMs: six + 4 * dayMs })).toMatchObject({ value: 950, sampleSize: 2 })
  })

  test('changeover minutes are the mean of the finished changeovers, each in the shift in which it ended', () => {
    const history = [
      shift(0, { changeoverCount: 1, changeoverDoneMs: 20 * minute }),
      shift(1, { changeoverCount: 1, changeoverDoneMs: 40 * minute }),
    ]
    const source = { kind: 'kpi', kpi: 'changeover_min', window: { kind: 'shifts', count: 2 } } as const
    const nowMs = six + 2 * dayMs
    expect(
      one({ history, nowMs, keyResult: { source, unit: 'min', baseline: 45, target: 20 } }),
    ).toMatchObject({ value: 30, progress: { progress: 0.6 } })
  })

  test('follows any KPI of the catalogue: what has no denominator is a mean per shift, the best is the best', () => {
    const history = [
      shift(0, { stopMs: 60 * minute, unexplainedMs: 30 * minute, changeoverBestMs: 18 * minute }),
      shift(1, { stopMs: 20 * minute, unexplainedMs: 10 * minute, changeoverBestMs: null }),
    ]
    const value = (kpi: LiveKpi, unit = 'min') => {
      const source = { kind: 'kpi', kpi, window: { kind: 'shifts', count: 2 } } as const
      return one({ history, nowMs: six + 2 * dayMs, keyResult: { source, unit } }).value
    }
    expect(value('unexplained_stop_min')).toBe(20)
    expect(value('unexplained_stop_share', '%')).toBe(50)
    expect(value('changeover_best')).toBe(18)
    expect(value('mtta_calls')).toBeNull()
  })

  test('without data there is no value and no progress', () => {
    expect(one({ nowMs: six })).toMatchObject({ value: null, progress: null, sampleSize: 0, history: [] })
  })

  test('a stale line makes it stale, and freezes it at the last reading', () => {
    const lastMs = six + dayMs + hours8 - minute
    const item = one({ history: monday, nowMs: six + 2 * dayMs + minute, lastMs })
    expect(item).toMatchObject({ freshness: 'withdrawn', value: 900, sampleSize: 1 })
    const soon = one({ history: monday, nowMs: lastMs + minute - 1, lastMs })
    expect(soon).toMatchObject({ freshness: 'stale', value: 900 })
  })

  test('outside shifts it is as fresh as the line was when the last shift ended', () => {
    const night = six + dayMs + 2 * hours8
    expect(one({ history: monday, nowMs: night, lastMs: six + dayMs + hours8 - 5_000 }).freshness).toBe(
      'fresh',
    )
    expect(one({ history: monday, nowMs: night, lastMs: six + dayMs + hours8 - 120_000 }).freshness).toBe(
      'stale',
    )
  })

  test('has one point a week, each over the shifts that were finished then, and the present one', () => {
    const history = [-3, 0, 1, 2, 3, 4, 7, 8].map((days) => shift(days, { good: 1_000 + days, total: 2_000 }))
    const item = one({ history, nowMs: six + 9 * dayMs })
    expect(item.history).toEqual([
      { x: 0, y: 997 },
      { x: 1, y: 1_003.5 },
      { x: 9 / 7, y: 1_007.5 },
    ])
  })
})

describe('a key result fed by hand', () => {
  const manual = { source: { kind: 'manual' } as const, baseline: 0, target: 10 }
  const note = (days: number, value: number | null, sentence = '') => ({
    atMs: six + days * dayMs,
    forMs: six + days * dayMs,
    value,
    sentence,
    confidence: 'yes' as const,
    obstacles: '',
    milestones: null,
  })

  test('takes the newest typed value, and the newest sentence', () => {
    const notes = [note(1, 4, 'first'), note(3, 5), note(8, null, 'no change')]
    expect(one({ keyResult: manual, notes, nowMs: six + 9 * dayMs })).toMatchObject({
      value: 5,
      valueAtMs: six + 3 * dayMs,
      sampleSize: 2,
      freshness: 'fresh',
      checkInAgeDays: 1,
      checkInDue: 'no',
      lastSentence: 'no change',
      history: [
        { x: 1, y: 5 },
        { x: 9 / 7, y: 5 },
      ],
    })
  })

  test.each([
    [6, 'fresh', 'no'],
    [7, 'ageing', 'due'],
    [13, 'ageing', 'due'],
    [14, 'stale', 'overdue'],
  ] as const)('%i days after the check-in it is %s and the next is %s', (days, freshness, checkInDue) => {
    const item = one({ keyResult: manual, notes: [note(0, 4)], nowMs: six + days * dayMs })
    expect(item).toMatchObject({ freshness, checkInDue, checkInAgeDays: days })
  })

  test('never checked in: due a week after it was set', () => {
    const at = (days: number) => one({ keyResult: manual, nowMs: six + days * dayMs })
    expect(at(6)).toMatchObject({ value: null, freshness: 'none', checkInAgeDays: null, checkInDue: 'no' })
    expect(at(7).checkInDue).toBe('due')
  })

  test('does not depend on the line being heard', () => {
    const item = one({ keyResult: manual, notes: [note(0, 4)], nowMs: six + dayMs, lastMs: six - 30 * dayMs })
    expect(item).toMatchObject({ value: 4, freshness: 'fresh' })
  })
})

describe('objectives', () => {
  const objective = (id: string, startDate: string, endDate: string) =>
    storedObjective(six, {
      id,
      title: id.toUpperCase(),
      cycle: { kind: 'quarter', name: id, startDate, endDate },
      keyResults: [keyResult({ id: `${id}-k` })],
    })
  const q4 = objective('q4', '2026-10-01', '2026-12-31')
  const nov = objective('nov', '2026-11-01', '2026-11-30')
  const q1 = objective('q1', '2027-01-01', '2027-03-31')
  const shown = (nowMs: number) => {
    const { objectives, items } = view({ nowMs, objectives: [q4, nov, q1] })
    const [first] = objectives
    return [first?.id, first?.week, first?.weeks, ...items.map((item) => item.id)]
  }

  test('all running ones are shown in plan order under the first of them', () => {
    expect(shown(six)).toEqual(['q4', 8, 14, 'q4-k', 'nov-k'])
  })

  test('each keeps its own week and the weighted mean of its own key results', () => {
    const byHand = (id: string, weight: number) =>
      keyResult({ id, weight, baseline: 0, target: 100, source: { kind: 'manual' } })
    const said: Record<string, number> = { a: 100, b: 0, n: 50 }
    const plain = { sentence: '', confidence: 'yes', obstacles: '', milestones: null } as const
    const notesOf = (id: string): CheckInNote[] =>
      id in said ? [{ ...plain, atMs: six - 1, forMs: six - 1, value: said[id]! }] : []
    const given = [
      { ...q4, keyResults: [byHand('a', 3), byHand('b', 1), byHand('c', 5)] },
      { ...nov, keyResults: [byHand('n', 1)] },
    ]
    const { objectives } = view({ nowMs: six, objectives: given, notesOf })
    expect(objectives.map(({ id, week }) => [id, week])).toEqual([
      ['q4', 8],
      ['nov', 4],
    ])
    // "c" has no value yet and does not count.
    expect(objectives.map(({ mean }) => mean?.progress)).toEqual([0.75, 0.5])
    expect(objectives[0]!.mean!.expected).toBeLessThan(objectives[1]!.mean!.expected)
  })

  test('the next cycle begins on its date in the time zone of the plant', () => {
    expect(shown(Date.UTC(2026, 11, 31, 23, 59))).toEqual(['q4', 14, 14, 'q4-k'])
    expect(shown(Date.UTC(2027, 0, 1))).toEqual(['q1', 1, 13, 'q1-k'])
  })

  test('before the first there is none; after the last it stays', () => {
    expect(view({ nowMs: Date.UTC(2026, 8, 1), objectives: [q4] }).objectives).toEqual([])
    expect(shown(Date.UTC(2027, 5, 1))).toEqual(['q1', 13, 13, 'q1-k'])
  })
})
