import { expect, test } from 'vitest'
import { createBackOff } from '../../../electron/main/back-off.ts'

test('doubles up to the limit, counts, and starts over', () => {
  const backOff = createBackOff(250, 10_000)
  const waits = Array.from({ length: 8 }, () => backOff.next())
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  for (let more = 0; more < 2_000; more++) expect(backOff.next()).toBe(10_000)
  expect(backOff.failures()).toBe(2_008)
  backOff.reset()
  expect(backOff.next()).toBe(250)
})
