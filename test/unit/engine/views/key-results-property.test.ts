import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShiftResult } from '../../../../electron/engine/shift-result.ts'
import type { CheckInNote } from '../../../../electron/engine/views/key-result-values.ts'
import { keyResultsView } from '../../../../electron/engine/views/key-results.ts'
import { type KeyResultView, objectiveProgress } from '../../../../shared/domain/key-results.ts'
import { emptyWindowSums } from '../../../../shared/domain/kpis/window-sums.ts'
import { dateOfDay, dayMs, dayNumber } from '../../../../shared/domain/local-time.ts'
import { gradeOf } from '../../../../shared/domain/okr/grade.ts'
import { milestoneValue, type StoredKeyResult } from '../../../../shared/domain/okr/stored.ts'
import type { TargetStep } from '../../../../shared/domain/okr/target-steps.ts'
import { storedKeyResult, storedObjective } from '../../../helpers/objectives.ts'
import { minute, six, viewInput } from '../../../helpers/view-input.ts'

/** A quarter that began nine weeks before Monday, 2026-11-23. */
const cycle = { kind: 'quarter', name: 'Q', startDate: '2026-09-21', endDate: '2026-12-20' } as const
const startMs = Date.parse('2026-09-21T00:00:00Z')
const hours8 = 480 * minute

const amount = fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100)
const span = fc.tuple(amount, amount).filter(([baseline, target]) => baseline !== target)
const weight = fc.integer({ min: 1, max: 100 }).map((n) => n / 10)
/** Minutes into the cycle, up to now. */
const when = fc.integer({ min: 0, max: 63 * 1_440 }).map((minutes) => startMs + minutes * minute)

function items(options: {
  keyResults: StoredKeyResult[]
  notes?: ReadonlyMap<string, readonly CheckInNote[]>
  history?: readonly ShiftResult[]
  nowMs?: number
}): readonly KeyResultView[] {
  const { keyResults, notes, history = [], nowMs = six + hours8 } = options
  return keyResultsView({
    ...viewInput({ nowMs }),
    history,
    values: new Map(),
    team: {
      objectives: [storedObjective(startMs, { cycle, keyResults })],
      above: [],
      baselines: [],
      checkIns: (id) => notes?.get(id) ?? [],
    },
  }).items
}

const manual = (more: Partial<StoredKeyResult> = {}) =>
  storedKeyResult(startMs, { source: { kind: 'manual' }, ...more })

const note = (forMs: number, value: number | null, atMs = forMs): CheckInNote => ({
  atMs,
  forMs,
  value,
  sentence: '',
  confidence: 'yes',
  obstacles: '',
  milestones: null,
})

/** One key result by hand with what was said about it, in the order of entry. */
function one(keyResult: StoredKeyResult, notes: readonly CheckInNote[], nowMs?: number): KeyResultView {
  const inOrder = [...notes].sort((a, b) => a.atMs - b.atMs)
  return items({ keyResults: [keyResult], notes: new Map([[keyResult.id, inOrder]]), nowMs })[0]!
}

const reading = fc.record({ forMs: when, value: amount })
const readings = fc.uniqueArray(reading, { maxLength: 12, selector: ({ forMs }) => forMs })

describe('both directions', () => {
  test('a key result that falls stands as its mirror image that rises, in all that is said about it', () => {
    fc.assert(
      fc.property(span, readings, ([baseline, target], told) => {
        const of = (sign: number) => {
          const from = { baseline: baseline * sign, target: target * sign }
          const step = { fromMs: startMs, by: 'Test', reason: '', ...from }
          const said = told.map(({ forMs, value }) => note(forMs, value * sign))
          const view = one(manual({ ...from, targets: [step], holdShifts: 2 }), said)
          return {
            progress: view.progress && { ...view.progress, shouldBe: view.progress.shouldBe * sign },
            months: view.months.map(({ plan, actual, status }) => [
              plan * sign,
              actual && actual * sign,
              status,
            ]),
            predicted: view.predicted && view.predicted.value * sign,
            held: [view.held.inRow, view.held.proposal && view.held.proposal.baseline * sign],
          }
        }
        expect(plain(of(-1))).toEqual(plain(of(1)))
      }),
    )
  })
})

/** Without the sign of zero, and without the noise of a sum in another order. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) =>
      typeof one === 'number' ? Number(one.toPrecision(9)) + 0 : one,
    ),
  ) as unknown
}

describe('a target that changes in the middle of the cycle', () => {
  const changes = fc.uniqueArray(fc.tuple(when, span), { maxLength: 5, selector: ([atMs]) => atMs })

  test('is judged by from its day on; what was judged before stays as it was', () => {
    fc.assert(
      fc.property(changes, readings, span, (earlier, told, [baseline, target]) => {
        const steps: TargetStep[] = [
          [startMs, [0, 10]] as const,
          ...earlier.filter(([atMs]) => atMs > startMs),
        ]
          .map(([fromMs, [from, to]]) => ({ fromMs, baseline: from, target: to, by: 'Test', reason: '' }))
          .sort((a, b) => a.fromMs - b.fromMs)
        const notes = told.map(({ forMs, value }) => note(forMs, value))
        const last = steps[steps.length - 1]!
        const before = one(manual({ targets: steps, baseline: last.baseline, target: last.target }), notes)
        // Now, Monday in the middle of November, somebody sets another one.
        const step = { fromMs: six + hours8, baseline, target, by: 'Ana', reason: 'new filler' }
        const after = one(manual({ targets: [...steps, step], baseline, target }), notes)
        const over = (view: KeyResultView) => view.months.filter(({ month }) => month < '2026-11')
        expect(over(after)).toEqual(over(before))
        expect(over(after)).toHaveLength(2)
        expect(after.value).toBe(before.value)
        expect(after.history).toEqual(before.history)
        const begun = ({ targets }: KeyResultView) => targets.map(({ toWeek: _end, ...step }) => step)
        expect(begun(after).slice(0, -1)).toEqual(begun(before))
        expect(begun(after).at(-1)).toMatchObject(step)
        expect(after.months[after.months.length - 1]!.plan).toBeCloseTo(target, 6)
        if (after.value !== null) {
          const way = (after.value - baseline) / (target - baseline)
          expect(after.progress!.progress).toBeCloseTo(Math.min(1, Math.max(0, way)), 6)
        }
      }),
    )
  })
})

describe('check-ins that come late', () => {
  test('count where they belong: the order in which they were typed says nothing', () => {
    const late = fc.uniqueArray(fc.tuple(reading, fc.integer({ min: 0, max: 40 * 1_440 })), {
      minLength: 1,
      maxLength: 12,
      selector: ([{ forMs }]) => forMs,
    })
    fc.assert(
      fc.property(late, span, (told, [baseline, target]) => {
        const keyResult = manual({ baseline, target, holdShifts: 2 })
        const inTime = one(
          keyResult,
          told.map(([{ forMs, value }]) => note(forMs, value)),
        )
        const typed = one(
          keyResult,
          told.map(([{ forMs, value }, lateMinutes]) => note(forMs, value, forMs + lateMinutes * minute)),
        )
        const { value, valueAtMs, history, months, predicted, progress, held } = typed
        expect(inTime).toMatchObject({ value, valueAtMs, history, months, predicted, progress, held })
        const newest = told.reduce((a, b) => (b[0].forMs > a[0].forMs ? b : a))[0]
        expect(value).toBe(newest.value)
      }),
    )
  })

  test('of two for the same time the later entry holds; one without a number changes no value', () => {
    fc.assert(
      fc.property(reading, amount, fc.integer({ min: 1, max: 9_000 }), (told, corrected, laterMinutes) => {
        const { forMs, value } = told
        const atMs = forMs + laterMinutes * minute
        const view = one(manual(), [note(forMs, value), note(forMs, corrected, atMs), note(atMs + 1, null)])
        expect(view).toMatchObject({ value: corrected, valueAtMs: forMs, sampleSize: 2 })
      }),
    )
  })
})

describe('an objective of several kinds of key results', () => {
  const milestones = [
    { name: 'Delivered', weight: 1, due: null },
    { name: 'Runs', weight: 3, due: null },
    { name: 'Trained', weight: 2, due: null },
  ]
  const mixed = fc.record({
    live: fc.record({ span, good: fc.option(fc.nat(5_000), { nil: null }), weight }),
    typed: fc.record({ span, value: fc.option(amount, { nil: null }), weight }),
    steps: fc.record({ done: fc.option(fc.subarray([0, 1, 2]), { nil: null }), weight }),
  })

  test('is the mean of their clamped progress by weight, of those that have a value', () => {
    fc.assert(
      fc.property(mixed, ({ live, typed, steps }) => {
        const limits = ([baseline, target]: [number, number]) => ({ baseline, target })
        const window = { kind: 'shifts' as const, count: 1 }
        const source = { kind: 'kpi' as const, kpi: 'throughput' as const, window }
        const keyResults = [
          storedKeyResult(startMs, { id: 'live', source, ...limits(live.span), weight: live.weight }),
          manual({ id: 'typed', ...limits(typed.span), weight: typed.weight }),
          manual({
            id: 'steps',
            source: { kind: 'milestones', milestones },
            unit: '%',
            baseline: 0,
            target: 100,
            weight: steps.weight,
          }),
        ]
        const done = steps.done === null ? null : milestoneValue(milestones, new Set(steps.done))
        const views = items({
          keyResults,
          history: live.good === null ? [] : [shiftOf(live.good)],
          notes: new Map([
            ['typed', typed.value === null ? [] : [note(six, typed.value)]],
            ['steps', done === null ? [] : [note(six, done)]],
          ]),
        })
        expect(views.map(({ value }) => value)).toEqual([live.good, typed.value, done])
        const share = (value: number | null, [from, to]: [number, number]) =>
          value === null ? null : Math.min(1, Math.max(0, (value - from) / (to - from)))
        const parts = [
          { progress: share(live.good, live.span), weight: live.weight },
          { progress: share(typed.value, typed.span), weight: typed.weight },
          { progress: share(done, [0, 100]), weight: steps.weight },
        ]
        views.forEach(({ progress }, i) => {
          if (parts[i]!.progress === null) expect(progress).toBeNull()
          else expect(progress!.progress).toBeCloseTo(parts[i]!.progress, 9)
        })
        const known = parts.flatMap(({ progress, weight: w }) => (progress === null ? [] : [{ progress, w }]))
        const mean = objectiveProgress(
          views.map(({ progress, weight: w }) => ({ progress: progress?.progress ?? null, weight: w })),
        )
        if (known.length === 0) expect(mean).toBeNull()
        else {
          const all = known.reduce((sum, { w }) => sum + w, 0)
          const byHand = known.reduce((sum, { progress, w }) => sum + (progress * w) / all, 0)
          expect(mean).toBeCloseTo(byHand, 9)
          // What one has reached beyond its target makes up for nothing that another lacks.
          const missing = known.filter(({ progress }) => progress === 0).reduce((sum, { w }) => sum + w, 0)
          expect(mean!).toBeLessThanOrEqual(1 - missing / all + 1e-9)
        }
      }),
    )
  })

  function shiftOf(good: number): ShiftResult {
    const sums = { ...emptyWindowSums, plannedMs: hours8, runMs: hours8, good, total: good }
    const date = dateOfDay(dayNumber('2026-11-23'))
    return { name: 'Early', date, startMs: six, endMs: six + hours8, sums, changeovers: [] }
  }
})

describe('clamping', () => {
  test('whatever is typed, progress and grade stay within 0 and 1, and what is worse than the start is said', () => {
    // Numbers as people type them: a value that differs from a limit does so by more than the noise of a division.
    const wild = fc.oneof(
      amount,
      fc.integer({ min: -1e14, max: 1e14 }).map((n) => n / 100),
    )
    fc.assert(
      fc.property(span, wild, when, ([baseline, target], value, forMs) => {
        const { progress } = one(manual({ baseline, target }), [note(forMs, value)], six + dayMs)
        expect(progress!.progress).toBeGreaterThanOrEqual(0)
        expect(progress!.progress).toBeLessThanOrEqual(1)
        expect(progress!.worseThanStart).toBe(target > baseline ? value < baseline : value > baseline)
        const { score, success } = gradeOf('committed', progress!.progress)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        const reached = target > baseline ? value >= target : value <= target
        expect(success).toBe(reached)
      }),
    )
  })
})
