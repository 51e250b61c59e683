/** Fewer readings than this tell no end. */
export const minReadings = 4

/** Where a key result leads by the end of its cycle, in its unit; the true value lies inside in about 19 of 20 cases. */
export type PredictedEnd = { value: number; lower: number; upper: number }

/** Half-width of the range in standard errors, for the few readings of a cycle. */
const errors = 2

/**
 * Straight continuation of the readings to `endX`, by least squares, with the range of a single value there. `points`: x in
 * any unit of time, at least two different x. Null under `minReadings` points.
 */
export function predictedEnd(points: readonly { x: number; y: number }[], endX: number): PredictedEnd | null {
  const n = points.length
  if (n < minReadings) return null
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n
  let xx = 0
  let xy = 0
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * (y - meanY)
  }
  if (xx === 0) return null
  const slope = xy / xx
  const at = (x: number) => meanY + slope * (x - meanX)
  const left = points.reduce((sum, { x, y }) => sum + (y - at(x)) ** 2, 0)
  const spread = Math.sqrt((left / (n - 2)) * (1 + 1 / n + (endX - meanX) ** 2 / xx))
  const value = at(endX)
  return { value, lower: value - errors * spread, upper: value + errors * spread }
}

/** Whether the end lies at the target or beyond: all of the range, a part of it, nothing. */
export type Lead = 'reaches' | 'unsure' | 'misses'

export function leadOf(
  { lower, upper }: PredictedEnd,
  keyResult: { baseline: number; target: number },
): Lead {
  const { baseline, target } = keyResult
  const isUp = target > baseline
  const [worst, best] = isUp ? [lower, upper] : [upper, lower]
  const reached = (value: number) => (isUp ? value >= target : value <= target)
  return reached(worst) ? 'reaches' : reached(best) ? 'unsure' : 'misses'
}
