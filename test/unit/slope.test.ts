import { expect, test } from 'vitest'
import { slopeOf, studentT } from '../soak/slope.ts'

test('quantiles of the tables', () => {
  for (const [degrees, quantile] of [
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
  ] as const)
    expect(studentT(degrees) / quantile).toBeCloseTo(1, 1)
})

test('a worked example: y = 1, 3, 2, 5, 4 over x = 1 to 5', () => {
  const { slope, margin } = slopeOf([1, 3, 2, 5, 4].map((y, at) => ({ x: at + 1, y })))
  expect(slope).toBeCloseTo(0.8, 10)
  // Residual sum 3.6, standard error sqrt(3.6 / 3 / 10) = 0.346, t(3) = 3.182.
  expect(margin).toBeCloseTo(3.182 * Math.sqrt(0.12), 1)
  expect(slopeOf([{ x: 0, y: 1 }]).margin).toBe(Infinity)
})
