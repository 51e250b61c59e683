import { expect, test } from 'vitest'
import { trustOf } from '../../renderer/trust.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { english } from '../../renderer/i18n/words.ts'
import { gapWords, keyResultLook, railItems } from '../../renderer/key-results/look.ts'
import { fixtureNowMs, makeBoard, makeKeyResult, minuteMs } from '../fixtures/board.ts'

const format = createFormat('en', 'Europe/Berlin')
const live = { trust: 'live' as const, linkLost: false, nowMs: fixtureNowMs, format, t: english.t }
const falling = makeKeyResult({ id: 'scrap', name: 'Scrap rate', baseline: 3.1, target: 1.8, value: 2.2 })
const manual = makeKeyResult({
  id: 'm',
  name: 'Near misses',
  baseline: 4,
  target: 12,
  value: 6,
  decimals: 0,
  unit: '',
  source: { kind: 'manual' },
})

test('a live value carries its status, in both directions', () => {
  expect(keyResultLook(falling, live)).toMatchObject({
    status: 'ok',
    word: 'On pace',
    old: false,
    value: 2.2,
  })
  expect(keyResultLook(manual, live)).toMatchObject({ status: 'stop', word: 'Off pace' })
  expect(gapWords(falling, keyResultLook(falling, live), live)).toBe('0.2 pt ahead')
  expect(gapWords(manual, keyResultLook(manual, live), live)).toBe('2 behind')
})

test('a bare 1 goes without a plural unit, and keeps a symbol', () => {
  const cases = { ...manual, unit: 'cases', value: 7, baseline: 0, target: 16 }
  const progress = { ...manual.progress!, shouldBe: 6, worseThanStart: false }
  const words = (unit: string, value: number) => {
    const item = { ...cases, unit, value, progress }
    return gapWords(item, keyResultLook(item, live), live)
  }
  expect(words('cases', 7)).toBe('1 ahead')
  expect(words('cases', 8)).toBe('2 cases ahead')
  expect(words('min', 7)).toBe('1 min ahead')
})

test('worse than the start is said', () => {
  const worse = makeKeyResult({ id: 'w', name: 'Scrap rate', value: 3.4 })
  expect(gapWords(worse, keyResultLook(worse, live), live)).toBe('Worse than start')
})

test('a value from a silent line is grey, one that somebody typed is not', () => {
  const stale = { ...live, trust: 'stale' as const }
  expect(keyResultLook(falling, stale)).toMatchObject({ status: 'none', old: true, word: 'At 07:42' })
  expect(keyResultLook(manual, stale)).toMatchObject({ status: 'stop', old: false })
})

test('without a connection nothing is live, and after a while no number is left', () => {
  const lost = { ...live, linkLost: true, trust: 'stale' as const }
  expect(keyResultLook(manual, lost)).toMatchObject({ status: 'none', old: true, value: 6 })
  expect(keyResultLook(manual, { ...lost, trust: 'withdrawn' })).toMatchObject({
    status: 'none',
    value: null,
  })
})

test('withdrawn and never typed values show no number', () => {
  expect(keyResultLook({ ...falling, freshness: 'withdrawn' }, live)).toMatchObject({
    value: null,
    status: 'none',
  })
  const empty = makeKeyResult({ id: 'e', name: 'Training', value: null, source: { kind: 'manual' } })
  expect(keyResultLook(empty, live)).toMatchObject({ value: null, word: 'Not updated yet' })
})

test('a late check-in shows first amber, then the ring', () => {
  expect(keyResultLook({ ...manual, checkInDue: 'due' }, live)).toMatchObject({
    status: 'warn',
    word: 'Check-in due',
  })
  expect(keyResultLook({ ...manual, checkInDue: 'overdue', checkInAgeDays: 16 }, live)).toMatchObject({
    status: 'none',
    word: 'Not updated, 16 days',
  })
})

test('the rail shows the linked one first, then the worst gap, the rest by turns', () => {
  const { items } = makeBoard().keyResults
  const ids = (screen: Parameters<typeof railItems>[1], turn: number) =>
    railItems(items, screen, 3, turn).map(({ id }) => id)
  expect(ids('changeover', 0)).toEqual(['changeover', 'oee', 'scrap'])
  expect(ids('changeover', 1)).toEqual(['changeover', 'oee', 'throughput'])
  expect(ids('hours', 0)[0]).toBe('throughput')
  expect(ids('keys', 0)[0]).toBe('oee')
  // Where all have room, each stays where it is.
  const all = (turn: number) => railItems(items, 'hours', items.length, turn).map(({ id }) => id)
  expect(all(1)).toEqual(all(0))
})

test('trust: link, source and age decide together', () => {
  const { line } = makeBoard()
  const at = (lostMin: number) => trustOf(line, true, fixtureNowMs - lostMin * minuteMs, fixtureNowMs)
  expect(trustOf(line, false, fixtureNowMs, fixtureNowMs)).toBe('live')
  expect(trustOf({ ...line, freshness: 'ageing' }, false, fixtureNowMs, fixtureNowMs)).toBe('live')
  expect(trustOf({ ...line, freshness: 'stale' }, false, fixtureNowMs, fixtureNowMs)).toBe('stale')
  expect(trustOf({ ...line, freshness: 'none' }, false, fixtureNowMs, fixtureNowMs)).toBe('withdrawn')
  expect(at(1)).toBe('stale')
  expect(at(11)).toBe('withdrawn')
  expect(trustOf(line, true, null, fixtureNowMs)).toBe('withdrawn')
})
