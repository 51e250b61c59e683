/** A straight line through samples, and how sure its slope is. */
export type Slope = {
  /** Units of y for each unit of x. */
  slope: number
  /** Half of the 95 % interval of the slope; Infinity with fewer than three samples. */
  margin: number
}

/**
 * Ordinary least squares over samples in order. Neighbours that are alike tell less than independent samples would: the interval
 * takes the samples as so many fewer as the residuals' correlation with their neighbours says (first-order autoregression).
 */
export function slopeOf(samples: readonly { x: number; y: number }[]): Slope {
  const n = samples.length
  const meanX = samples.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = samples.reduce((sum, { y }) => sum + y, 0) / n
  const spread = samples.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  if (n < 3 || spread === 0) return { slope: 0, margin: Infinity }
  const slope = samples.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread
  const residuals = samples.map(({ x, y }) => y - meanY - slope * (x - meanX))
  const square = residuals.reduce((sum, one) => sum + one ** 2, 0)
  const ofNeighbours = residuals.slice(1).reduce((sum, one, at) => sum + one * residuals[at]!, 0)
  const alike = square === 0 ? 0 : Math.min(0.99, Math.max(0, ofNeighbours / square))
  const degrees = Math.max(1, (n * (1 - alike)) / (1 + alike) - 2)
  const error = Math.sqrt((square / (n - 2) / spread) * ((1 + alike) / (1 - alike)))
  return { slope, margin: studentT(degrees) * error }
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
