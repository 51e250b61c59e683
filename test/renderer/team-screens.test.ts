import { describe, expect, test } from 'vitest'
import { letterThemes, type LetterSet } from '../../shared/domain/letters.ts'
import { keyPages } from '../../renderer/screens/KeyResults.tsx'
import { lettersOf } from '../../renderer/screens/sqdcp/Sqdcp.tsx'
import { mostUrgentFirst } from '../../renderer/screens/calls/Calls.tsx'
import { dueWords } from '../../renderer/screens/calls/due.ts'
import { changeoverBar } from '../../renderer/screens/changeover/changeover-bar.ts'
import { stepsAround } from '../../renderer/screens/changeover/Steps.tsx'
import { worstFirst } from '../../renderer/screens/plant/PlantOverview.tsx'
import { letterCells, mostDays } from '../../renderer/screens/sqdcp/masks.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { fixtureNowMs, makeBoard, makeKeyResult, makeObjective, minuteMs } from '../fixtures/board.ts'
import { worstCalls } from '../fixtures/worst-team.ts'
import { makePlant, makeSteps } from '../fixtures/board-team.ts'

test.each(letterThemes)(
  'the letter of %s has a place for each day of the longest month, each place once',
  (theme) => {
    const { cells, columns, rows } = letterCells(theme)
    expect(cells).toHaveLength(mostDays)
    expect(new Set(cells.map(({ column, row }) => `${column} ${row}`)).size).toBe(mostDays)
    for (const { column, row } of cells) {
      expect(column).toBeLessThan(columns)
      expect(row).toBeLessThan(rows)
    }
  },
)

test('a plant has the letters of its set in their order; one that nothing feeds is empty', () => {
  const part = makeBoard().sqdcp!
  const themes = (set: LetterSet) => lettersOf(part, set).map(({ theme }) => theme)
  expect(themes('SQDC')).toEqual(['safety', 'quality', 'delivery', 'cost'])
  expect(themes('QDIP')).toEqual(['quality', 'delivery', 'inventory', 'productivity'])
  expect(lettersOf(part, 'SQDCP')).toEqual(part.letters)
  expect(lettersOf(part, 'SQDCM')[4]).toMatchObject({ theme: 'morale', value: null, status: 'unknown' })
})

test('the safety cross is the same from left and right', () => {
  const { cells, columns } = letterCells('safety')
  const places = new Set(cells.map(({ column, row }) => `${column} ${row}`))
  for (const { column, row } of cells) expect(places.has(`${columns - 1 - column} ${row}`)).toBe(true)
})

test('a page of key results is of one objective', () => {
  const items = ['a1', 'a2', 'a3', 'b1'].map((id) => makeKeyResult({ id, name: id, objectiveId: id[0]! }))
  const objectives = ['a', 'b', 'empty'].map((id) => makeObjective({ id }))
  const pages = keyPages({ objectives, items, normals: [] }, 2)
  expect(pages.map((page) => [page.objective.id, ...page.items.map(({ id }) => id)])).toEqual([
    ['a', 'a1', 'a2'],
    ['a', 'a3'],
    ['b', 'b1'],
  ])
})

test('a safety call is never below the fold: it comes first, answered calls last', () => {
  const shown = mostUrgentFirst(worstCalls).map(({ call }) => call)
  expect(shown).toEqual(['w3', 'w1', 'w4', 'w5', 'w2'])
})

test('a due date is said as people say it', () => {
  const board = makeBoard()
  const format = createFormat('en', board.site.timeZone)
  const words = (due: string) => dueWords(due, { board, format, nowMs: fixtureNowMs })
  expect(['2026-11-19', '2026-11-20', '2026-11-21'].map(words)).toEqual(['Yesterday', 'Today', 'Tomorrow'])
  expect(['2026-11-23', '2026-11-26', '2026-11-27', '2026-11-12'].map(words)).toEqual([
    'Mon',
    'Thu',
    '27 Nov',
    '12 Nov',
  ])
})

describe('a changeover’s bar', () => {
  const { steps, prep } = makeSteps()
  const startMs = fixtureNowMs - 1_120_000
  const current = {
    startMs,
    endMs: fixtureNowMs,
    closedMs: null,
    from: null,
    to: null,
    durationMs: 1_120_000,
    step: null,
    steps,
    prep,
  }
  test('planned steps: the fill is the work done, the notch where it should be', () => {
    const bar = changeoverBar(current, 30 * minuteMs, 1_120_000)!
    const planned = 250_000 + 390_000 + 540_000 + 300_000 + 180_000 + 60_000
    expect(bar.fill).toBeCloseTo((250_000 + 390_000 + (1_120_000 - 642_000)) / planned, 9)
    expect(bar.notch).toBeCloseTo(1_120_000 / (30 * minuteMs), 9)
  })
  test('without a plan for the steps the fill is the time and the notch the target; without a target there is none', () => {
    const plain = { ...current, steps: [] }
    expect(changeoverBar(plain, 30 * minuteMs, 15 * minuteMs)).toEqual({ fill: 1 / 3, notch: 2 / 3 })
    expect(changeoverBar(plain, 30 * minuteMs, 60 * minuteMs)).toEqual({ fill: 1, notch: 0.5 })
    expect(changeoverBar(plain, null, 60 * minuteMs)).toBeNull()
  })
  test('of many steps those around the present one are in view', () => {
    expect(stepsAround(steps, 4).map(({ name }) => name)).toEqual([
      'Line clear',
      'Drain and rinse',
      'Swap star wheels',
      'Set guides',
    ])
    expect(stepsAround(steps, 9)).toBe(steps)
  })
})

test('lines keep the plant’s order, those that are down first', () => {
  expect(worstFirst(makePlant().lines).map(({ id }) => id)).toEqual([
    'line-5',
    'line-1',
    'line-2',
    'line-3',
    'line-4',
    'line-6',
  ])
})
