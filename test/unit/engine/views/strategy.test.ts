import { describe, expect, test } from 'vitest'
import { type LineObjectives, strategyView } from '../../../../electron/engine/views/strategy.ts'
import type { KeyResultView, PaceWord } from '../../../../shared/domain/key-results.ts'
import type { StoredObjective } from '../../../../shared/domain/okr/stored.ts'
import { storedKeyResult, storedObjective } from '../../../helpers/objectives.ts'
import { makeKeyResult } from '../../../fixtures/board.ts'
import { six } from '../../../helpers/view-input.ts'

const today = '2026-12-01'

/** An objective of a level with key results of the given ids. */
function objective(
  id: string,
  more: Partial<StoredObjective> & { results?: string[] } = {},
): StoredObjective {
  const { results = [`${id}-k`], ...rest } = more
  const keyResults = results.map((one) => storedKeyResult(six, { id: one }))
  return storedObjective(six, { id, title: `Title of ${id}`, keyResults, ...rest })
}

const shown = (id: string, status: PaceWord): KeyResultView => {
  const view = makeKeyResult({ id, name: id })
  return { ...view, progress: { ...view.progress!, status } }
}

/** A line with its objectives and how each of their key results stands. */
function line(
  lineId: string,
  objectives: StoredObjective[],
  states: Record<string, PaceWord>,
): LineObjectives {
  return { lineId, objectives, keyResults: Object.entries(states).map(([id, status]) => shown(id, status)) }
}

const goal = objective('goal', { level: 'company' })
const quality = objective('quality', { level: 'plant', parent: 'goal' })
const safety = objective('safety', { level: 'plant', parent: 'goal-k' })
const map = (above: StoredObjective[], lines: LineObjectives[]) =>
  strategyView(above, lines, { ownLineId: 'l1', today })

describe('the strategy map', () => {
  test('is not there while nothing stands above the lines', () => {
    expect(map([], [line('l1', [objective('own')], {})])).toBeNull()
    const over = objective('old', {
      level: 'company',
      cycle: { kind: 'year', name: '2027', startDate: '2027-01-01', endDate: '2027-12-31' },
    })
    expect(map([over], [])).toBeNull()
  })

  test('has the highest objective as its goal, and below it those that serve it or one of its key results', () => {
    const other = objective('other', { level: 'department' })
    const view = map([quality, other, goal, safety], [])!
    expect(view.goal).toBe('Title of goal')
    expect(view.objectives.map(({ id }) => id)).toEqual(['quality', 'safety'])
    expect(view.objectives[0]).toMatchObject({ keyResults: 0, onPace: 0, status: null, lineIds: [] })
  })

  test('shows the others where nobody has said what serves the goal, and the goal itself where it stands alone', () => {
    const other = objective('other', { level: 'department' })
    expect(map([goal, other], [])!.objectives.map(({ id }) => id)).toEqual(['other'])
    expect(map([goal], [])!.objectives.map(({ id }) => id)).toEqual(['goal'])
  })

  test('adds up what the lines give to an objective, says the worst of it, and what this line gives', () => {
    const l1 = line('l1', [objective('a', { parent: 'quality', results: ['a1', 'a2'] })], {
      a1: 'On pace',
      a2: 'Behind',
    })
    // Its objective serves nothing, but one of its key results does.
    const serving = objective('b', { results: ['b1', 'b2'] })
    const keyResults = serving.keyResults.map((one) =>
      one.id === 'b1' ? { ...one, parent: 'quality-k' } : one,
    )
    const l2 = line('l2', [{ ...serving, keyResults }], { b1: 'Off pace', b2: 'On pace' })
    const view = map([goal, quality, safety], [l1, l2])!
    expect(view.objectives[0]).toEqual({
      id: 'quality',
      title: 'Title of quality',
      keyResults: 3,
      onPace: 1,
      status: 'Off pace',
      // Each is at 2.2 of 3.1 to 1.8.
      mean: { progress: expect.closeTo(0.9 / 1.3, 9), expected: expect.closeTo(0.54, 9) },
      lineIds: ['l1', 'l2'],
      own: { keyResults: 2, onPace: 1 },
    })
    expect(view.objectives[1]).toMatchObject({ mean: null, lineIds: [], own: { keyResults: 0, onPace: 0 } })
    expect(view.orphans).toEqual([])
  })

  test('names as orphans what serves nothing above, and nothing that has ended', () => {
    const ended = { atMs: six, why: 'closed' as const, lesson: null }
    const l1 = line(
      'l1',
      [
        objective('serving', { parent: 'goal' }),
        objective('lost', { parent: 'gone' }),
        objective('done', { ended }),
      ],
      {},
    )
    const l2 = line('l2', [objective('alone')], {})
    expect(map([goal, quality], [l1, l2])!.orphans).toEqual([
      { id: 'lost', title: 'Title of lost', lineId: 'l1' },
      { id: 'alone', title: 'Title of alone', lineId: 'l2' },
    ])
  })

  test('holds at most four objectives and eight orphans', () => {
    const many = Array.from({ length: 12 }, (_, i) => objective(`m${i}`, { level: 'plant', parent: 'goal' }))
    const alone = Array.from({ length: 12 }, (_, i) => objective(`x${i}`))
    const view = map([goal, ...many], [line('l1', alone, {})])!
    expect([view.objectives.length, view.orphans.length]).toEqual([4, 8])
  })
})
