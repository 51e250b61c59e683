import { describe, expect, test } from 'vitest'
import { cadenceView } from '../../../../electron/engine/views/cadence.ts'
import type { CheckInNote } from '../../../../electron/engine/views/key-result-values.ts'
import { checkInDue, type KeyResultView } from '../../../../shared/domain/key-results.ts'
import { dayMs } from '../../../../shared/domain/local-time.ts'
import type { StoredObjective } from '../../../../shared/domain/okr/stored.ts'
import { storedKeyResult, storedObjective } from '../../../helpers/objectives.ts'
import { makeKeyResult } from '../../../fixtures/board.ts'
import { six } from '../../../helpers/view-input.ts'

/** Monday 2026-11-23, 06:00, is the first day of the quarter in these tests; it ends on 2026-12-18. */
const at = (day: number) => six + day * dayMs
const note = (atMs: number): CheckInNote => ({
  atMs,
  forMs: atMs,
  value: null,
  sentence: '',
  confidence: 'yes',
  obstacles: '',
  milestones: null,
})

/** The three clocks on a day, with the days on which each key result was checked in. */
function clocks(
  day: number,
  given: {
    said?: Record<string, number[]>
    objectives?: StoredObjective[]
    review?: Parameters<typeof cadenceView>[0]['review']
  } = {},
) {
  const said = given.said ?? {}
  const keyResults = Object.entries(said).map(([id, days]): KeyResultView => {
    const last = days[days.length - 1]
    const checkInAgeDays = last === undefined ? null : day - last
    return {
      ...makeKeyResult({ id, name: id }),
      checkInAgeDays,
      checkInDue: checkInDue(checkInAgeDays ?? day),
    }
  })
  const objectives = given.objectives ?? [
    storedObjective(six, { keyResults: Object.keys(said).map((id) => storedKeyResult(six, { id })) }),
  ]
  const checkIns = (id: string) => (said[id] ?? []).map((one) => note(at(one)))
  const { items } = cadenceView({
    timeZone: 'UTC',
    nowMs: at(day),
    team: { objectives, checkIns },
    keyResults,
    review: given.review ?? null,
  })
  const [weekly, monthly, cycle] = items
  return { weekly: weekly!, monthly: monthly!, cycle: cycle! }
}

describe('the weekly clock', () => {
  test('goes by the key result that was longest not talked about', () => {
    const { weekly } = clocks(6, { said: { a: [0, 4], b: [2] } })
    expect(weekly).toEqual({
      kind: 'weekly',
      lastDate: '2026-11-27',
      dueDate: '2026-12-02',
      done: 2,
      total: 2,
      state: 'ok',
    })
  })

  test('is due after 7 days, and overdue after 14', () => {
    expect(clocks(9, { said: { a: [2], b: [8] } }).weekly).toMatchObject({ state: 'due', done: 1, total: 2 })
    expect(clocks(16, { said: { a: [2], b: [8] } }).weekly).toMatchObject({ state: 'overdue', done: 0 })
  })

  test('has no day on which it is due while one was never checked in', () => {
    const { weekly } = clocks(3, { said: { a: [1], b: [] } })
    expect(weekly).toMatchObject({ lastDate: '2026-11-24', dueDate: null, done: 1, total: 2, state: 'ok' })
    expect(clocks(3).weekly).toMatchObject({ lastDate: null, dueDate: null, total: 0, state: 'none' })
  })
})

describe('the monthly clock', () => {
  const review = (day: number | null) => ({ lastMs: day === null ? null : at(day), done: 3, total: 5 })

  test('stands still without KPIs, and is due where no review was ever held', () => {
    expect(clocks(3).monthly).toMatchObject({ state: 'none', total: 0 })
    expect(clocks(3, { review: review(null) }).monthly).toMatchObject({ state: 'due', done: 3, total: 5 })
  })

  test('is due 31 days after the last review, and overdue after twice as long', () => {
    const on = (day: number) => clocks(day, { review: review(0) }).monthly
    expect(on(30)).toMatchObject({ state: 'ok', lastDate: '2026-11-23', dueDate: '2026-12-24' })
    expect([on(31).state, on(61).state, on(62).state]).toEqual(['due', 'due', 'overdue'])
  })
})

describe('the clock of the cycle', () => {
  const open = storedObjective(six, { id: 'o1' })
  const closed = storedObjective(six, { id: 'o2', ended: { atMs: at(20), why: 'closed', lesson: null } })
  const dropped = storedObjective(six, { id: 'o3', ended: { atMs: at(2), why: 'archived', lesson: null } })

  test('is due in the last week of the cycle, and overdue once it is over', () => {
    const on = (day: number) => clocks(day, { objectives: [open] }).cycle
    expect(on(17)).toEqual({
      kind: 'cycle',
      lastDate: null,
      dueDate: '2026-12-18',
      done: 0,
      total: 1,
      state: 'ok',
    })
    expect([on(18).state, on(25).state, on(26).state]).toEqual(['due', 'due', 'overdue'])
  })

  test('counts what is closed of the cycle, and not what was given up', () => {
    expect(clocks(21, { objectives: [open, closed, dropped] }).cycle).toMatchObject({
      lastDate: '2026-12-13',
      done: 1,
      total: 2,
    })
  })

  test('has nothing to close where nothing runs', () => {
    expect(clocks(21, { objectives: [closed] }).cycle).toMatchObject({
      state: 'none',
      total: 0,
      dueDate: null,
    })
  })
})
