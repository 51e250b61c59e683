import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Interval } from '../../../shared/domain/facts.ts'
import {
  clip,
  differenceOf,
  firstAtOrAfter,
  intersectionOf,
  lengthOf,
  overlapMs,
  unionOf,
} from '../../../shared/domain/intervals.ts'

const list = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })), { maxLength: 12 })
  .map((pairs) => pairs.map(([startMs, length]) => ({ startMs, endMs: startMs + length })))

const inside = (intervals: readonly Interval[], ms: number) =>
  intervals.some((one) => one.startMs <= ms && ms < one.endMs)

describe('interval arithmetic', () => {
  it('agrees with membership of every single millisecond', () => {
    fc.assert(
      fc.property(list, list, (first, second) => {
        const a = unionOf(first)
        const b = unionOf(second)
        const both = intersectionOf(a, b)
        const onlyA = differenceOf(a, b)
        for (let ms = -1; ms < 85; ms++) {
          expect(inside(a, ms)).toBe(inside(first, ms))
          expect(inside(both, ms)).toBe(inside(first, ms) && inside(second, ms))
          expect(inside(onlyA, ms)).toBe(inside(first, ms) && !inside(second, ms))
        }
        expect(lengthOf(both) + lengthOf(onlyA)).toBe(lengthOf(a))
        expect(overlapMs(a, 10, 40)).toBe(lengthOf(intersectionOf(a, [{ startMs: 10, endMs: 40 }])))
      }),
    )
  })

  it('joins touching intervals and drops empty ones', () => {
    const joined = unionOf([
      { startMs: 5, endMs: 9 },
      { startMs: 0, endMs: 5 },
      { startMs: 20, endMs: 20 },
    ])
    expect(joined).toEqual([{ startMs: 0, endMs: 9 }])
  })

  it('clips, and says null when nothing is left', () => {
    expect(clip({ startMs: 0, endMs: 10 }, { startMs: 5, endMs: 20 })).toEqual({ startMs: 5, endMs: 10 })
    expect(clip({ startMs: 0, endMs: 5 }, { startMs: 5, endMs: 20 })).toBeNull()
  })

  it('finds the first item at or after an instant', () => {
    const items = [10, 20, 20, 30]
    expect([5, 10, 15, 20, 25, 31].map((ms) => firstAtOrAfter(items, (item) => item, ms))).toEqual([
      0, 0, 1, 1, 3, 4,
    ])
  })
})
