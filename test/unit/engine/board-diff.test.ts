import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedParts, keepEqualParts, sameJson } from '../../../electron/engine/board-diff.ts'
import { fitsCallSize } from '../../../electron/engine/message-size.ts'
import { sampleBoard } from '../../helpers/sample-board.ts'

test('equality is that of JSON texts with sorted keys', () => {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return { object: entries.map(([key, inner]) => [key, sorted(inner)]) }
  }
  const small = fc.oneof(
    fc.constantFrom(0, 1, 'a', null, true),
    fc.array(fc.constantFrom(0, 1), { maxLength: 2 }),
  )
  const value = fc.dictionary(
    fc.constantFrom('a', 'b'),
    fc.oneof(small, fc.dictionary(fc.constantFrom('c'), small)),
  )
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(sameJson(a, b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)))
      expect(sameJson(a, structuredClone(a))).toBe(true)
    }),
  )
})

test('equal parts keep their identity, so that nothing is sent for them', () => {
  const before = sampleBoard('a', 1)
  const kept = keepEqualParts(before, sampleBoard('a', 1))
  expect(changedParts(before, kept)).toBeNull()
  const next = keepEqualParts(before, sampleBoard('a', 2))
  expect(changedParts(before, next)).toEqual({ status: next.status, hours: next.hours })
})

test('the size of a message is bounded by its JSON, and anything but plain values is refused', () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>
  fc.assert(
    fc.property(json, (value) => {
      const chars = JSON.stringify(value).length
      // Escapes may double a text, and short words such as "true" count as five.
      expect(fitsCallSize(value, Math.max(8, 3 * chars))).toBe(true)
      expect(fitsCallSize('x'.repeat(chars + 1), chars)).toBe(false)
    }),
  )
  expect(fitsCallSize([() => 1])).toBe(false)
  expect(fitsCallSize({ a: 1n })).toBe(false)
  expect(fitsCallSize(new Map([['a', 1]]))).toBe(false)
})
