import { describe, expect, test } from 'vitest'
import { english } from '../../renderer/i18n/words.ts'
import { isDate } from '../../renderer/touch/objectives/dates.ts'
import {
  draftOf,
  offeredWindows,
  sourceChoices,
  type Written,
} from '../../renderer/touch/objectives/key-result-draft.ts'
import { emptyTexts } from '../../renderer/touch/objectives/key-result-fields.ts'
import { keyResultDraftSchema } from '../../shared/contract/okr-calls.ts'
import { makeKpi } from '../fixtures/board-kpis.ts'

const agreed = [
  makeKpi({ id: 'fpy', name: 'Good at once', source: { from: 'line', formula: 'first_pass_yield' } }),
  makeKpi({
    id: 'ideas',
    name: 'Ideas tried',
    unit: 'a month',
    decimals: 0,
    source: { from: 'values', key: 'ideas_tried', combine: 'sum' },
  }),
]
const choices = sourceChoices(agreed, 'bottles per shift', english.t)

describe('what may move a key result', () => {
  test('goes by the name that the team gave it; usual KPIs of a line only where no agreed one is the same', () => {
    expect(choices.map(({ name }) => name)).toEqual([
      'By hand',
      'Milestones',
      'Good at once',
      'Ideas tried',
      'Made',
      'OEE',
      'Scrap',
      'Changeover',
    ])
    const alone = sourceChoices([], 'pcs', english.t).map(({ name }) => name)
    expect(alone.at(-1)).toBe('First-pass yield')
  })

  test('brings its source, its unit and its digits', () => {
    const [, , fpy, ideas, made, oee] = choices
    expect(fpy!.source).toEqual({
      kind: 'kpi',
      kpi: 'first_pass_yield',
      window: { kind: 'shifts', count: 15 },
    })
    expect(ideas).toMatchObject({
      unit: 'a month',
      decimals: 0,
      source: { kind: 'values', key: 'ideas_tried', combine: 'sum', window: { kind: 'shifts', count: 15 } },
    })
    // The engine takes units of 12 characters.
    expect(made).toMatchObject({ unit: 'bottles per', decimals: 0 })
    expect(oee).toMatchObject({ unit: '%', decimals: 1 })
  })
})

describe('a key result as it is written', () => {
  const hand: Written = {
    texts: { ...emptyTexts, name: ' Audit score ', unit: 'pt' },
    numbers: { baseline: '61.5', target: '90' },
    source: { kind: 'manual' },
    unit: '',
    decimals: 0,
    parent: 'plant',
  }

  test('is what the engine takes; by hand with its own unit, and as many digits as were typed', () => {
    const draft = draftOf(hand)
    expect(draft).toMatchObject({ name: 'Audit score', unit: 'pt', decimals: 1, baseline: 61.5, target: 90 })
    expect(keyResultDraftSchema.parse(draft)).toEqual(draft)
    for (const { source, unit, decimals } of choices.filter(({ id }) => id !== 'milestones')) {
      const moved = draftOf({ ...hand, source, unit, decimals })
      expect(keyResultDraftSchema.parse(moved)).toEqual(moved)
      if (source.kind !== 'manual') expect(moved).toMatchObject({ unit, decimals })
    }
    for (const window of offeredWindows) {
      const source = { kind: 'kpi', kpi: 'oee', window } as const
      expect(keyResultDraftSchema.safeParse(draftOf({ ...hand, source })).success).toBe(true)
    }
  })

  test('says what is missing, one thing at a time', () => {
    expect(draftOf({ ...hand, texts: { ...hand.texts, name: '  ' } })).toBe('name')
    expect(draftOf({ ...hand, numbers: { baseline: '', target: '90' } })).toBe('numbers')
    expect(draftOf({ ...hand, numbers: { baseline: '90', target: '90' } })).toBe('numbers')
    expect(draftOf({ ...hand, source: { kind: 'milestones', milestones: [] } })).toBe('milestones')
    expect(draftOf({ ...hand, texts: { ...hand.texts, weight: '0' } })).toBe('weight')
  })
})

test('a date is a day that there is, or nothing', () => {
  expect(['', '2026-12-31', '2026-13-01', '31.12.2026', '2026-12'].map(isDate)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
