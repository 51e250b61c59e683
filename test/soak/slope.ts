/** A straight line through samples, and how sure its slope is. */
export type Slope = {
  /** Units of y for each unit of x. */
  slope: number
  /** Half of the 95 % interval of the slope; Infinity with fewer than three samples. */
  margin: number
}

/**
 * Ordinary least squares. The interval takes the residuals as independent, so that samples of a sawtooth (a heap between two
 * collections) want to be many more than its teeth.
 */
export function slopeOf(samples: readonly { x: number; y: number }[]): Slope {
  const n = samples.length
  const meanX = samples.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = samples.reduce((sum, { y }) => sum + y, 0) / n
  const spread = samples.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  if (n < 3 || spread === 0) return { slope: 0, margin: Infinity }
  const slope = samples.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread
  const residual = samples.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  return { slope, margin: studentT(n - 2) * Math.sqrt(residual / (n - 2) / spread) }
}

/** Two-sided 95 % quantile of Student's t (Cornish-Fisher; within 1 % from 3 degrees of freedom on). */
export function studentT(degrees: number): number {
  const z = 1.959964
  const z3 = z ** 3
  const z5 = z ** 5
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3)
  )
}
