import { expect, test } from 'vitest'
import { createLoopBreaker } from '../../../electron/main/loop-breaker.ts'

test('tells a burst from failures that are far apart', () => {
  const breaker = createLoopBreaker(3, 60_000)
  expect([0, 10_000, 59_999].map((atMs) => breaker.failed(atMs))).toEqual([false, false, true])
  expect(breaker.failed(60_500)).toBe(true)
  breaker.reset()
  expect([61_000, 62_000].map((atMs) => breaker.failed(atMs))).toEqual([false, false])
  const spaced = createLoopBreaker(3, 60_000)
  for (let atMs = 0; atMs < 1e7; atMs += 31_000) expect(spaced.failed(atMs)).toBe(false)
})
