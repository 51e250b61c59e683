import { describe, expect, test } from 'vitest'
import { createFormat } from '../../renderer/i18n/format.ts'
import { english } from '../../renderer/i18n/words.ts'
import { gapNote, gapWords, isPressing } from '../../renderer/screens/gaps/gap-words.ts'
import { pagesOf } from '../../renderer/screens/kpis/Kpis.tsx'
import { changeoverGap, makeGap, makeKpi } from '../fixtures/board-kpis.ts'
import { fixtureNowMs, minuteMs } from '../fixtures/board.ts'

const view = {
  format: createFormat('en', 'Europe/Berlin'),
  t: english.t,
  nowMs: fixtureNowMs,
  trust: 'live',
} as const
const red = changeoverGap.red!
const noteOf = (more: Partial<typeof red>) => gapNote({ ...changeoverGap, red: { ...red, ...more } }, view)

describe('what should happen about a gap', () => {
  test('counts down to the first response, then names whom to tell', () => {
    expect(gapWords(changeoverGap, view)).toBe(
      '12 min above target for 6 shifts, and swings more than it should',
    )
    expect(noteOf({ dueMs: fixtureNowMs + 38 * minuteMs })).toBe('First response in 38 min: Shift lead')
    expect(noteOf({ dueMs: fixtureNowMs - 1 })).toBe('No answer in time, now Plant manager')
    expect(isPressing(changeoverGap, fixtureNowMs)).toBe(false)
    expect(isPressing(changeoverGap, red.dueMs! + 1)).toBe(true)
  })

  test('is said loudest where nobody has answered for three shifts', () => {
    expect(noteOf({ unanswered: 2, dueMs: null })).not.toMatch(/^Nobody/)
    expect(noteOf({ unanswered: 3 })).toBe('Nobody has answered this for 3 shifts')
    expect(isPressing({ ...changeoverGap, red: { ...red, unanswered: 3, dueMs: null } }, 0)).toBe(true)
    expect(
      isPressing({ ...changeoverGap, red: { ...red, answeredMs: 1, unanswered: 0 } }, fixtureNowMs),
    ).toBe(false)
  })

  test('is that it has fallen back, before who works on it', () => {
    const fallen = makeGap({
      kpi: 'fpy',
      name: 'First-pass yield',
      keyResult: 'First pass',
      fallenBack: true,
    })
    expect(gapNote(fallen, view)).toBe('First-pass yield has fallen back behind what was locked in')
    expect(gapNote({ ...fallen, fallenBack: false }, view)).toBe('Key result: First pass')
  })
})

test('a leading KPI and the one that it drives are never on two pages', () => {
  const items = [
    makeKpi({ id: 'a', name: 'a' }),
    makeKpi({ id: 'lead', name: 'lead', drives: 'lag' }),
    makeKpi({ id: 'lag', name: 'lag' }),
    makeKpi({ id: 'b', name: 'b' }),
  ]
  const ids = (size: number) => pagesOf(items, size).map((page) => page.map(({ id }) => id))
  expect(ids(2)).toEqual([['a'], ['lead', 'lag'], ['b']])
  expect(ids(3)).toEqual([['a', 'lead', 'lag'], ['b']])
  expect(ids(4)).toEqual([['a', 'lead', 'lag', 'b']])
})
