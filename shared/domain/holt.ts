/** Holt's linear method after the last value: where the series stands and how much it moves from point to point. */
export type HoltFit = {
  alpha: number
  beta: number
  level: number
  trend: number
  /** Standard deviation of the one-step forecast errors. */
  sigma: number
}

/** Fewer points have no trend that is worth a name. */
export const minHoltPoints = 4

/** One run of the method; the first two points begin it, or the straight line through all points where `start` is given. */
export function holt(
  values: readonly number[],
  { alpha, beta, start }: { alpha: number; beta: number; start?: { level: number; trend: number } },
): HoltFit {
  if (values.length < minHoltPoints) throw new RangeError(`a trend needs at least ${minHoltPoints} points`)
  let level = start ? start.level : values[0]!
  let trend = start ? start.trend : values[1]! - values[0]!
  let squares = 0
  let errors = 0
  for (let i = start ? 0 : 1; i < values.length; i++) {
    const forecast = level + trend
    const error = values[i]! - forecast
    squares += error * error
    errors++
    level = forecast + alpha * error
    trend += alpha * beta * error
  }
  return { alpha, beta, level, trend, sigma: Math.sqrt(squares / errors) }
}

/**
 * Forecast `steps` points ahead with the standard deviation of what will be seen there. Source: Hyndman and Athanasopoulos,
 * Forecasting: Principles and Practice, 8.7 (Holt's linear method, additive errors).
 */
export function holtForecast(fit: HoltFit, steps: number): { value: number; sigma: number } {
  let variance = 1
  for (let j = 1; j < steps; j++) variance += (fit.alpha + fit.alpha * fit.beta * j) ** 2
  return { value: fit.level + steps * fit.trend, sigma: fit.sigma * Math.sqrt(variance) }
}

/** Least squares line through the values (x = 0, 1, ...), with the t statistic of its slope; 0 for a perfectly flat line. */
export function trendLine(values: readonly number[]): { start: number; slope: number; t: number } {
  const n = values.length
  if (n < 3) throw new RangeError('a line with a spread needs at least 3 points')
  const meanX = (n - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  let sxx = 0
  let sxy = 0
  values.forEach((value, x) => {
    sxx += (x - meanX) ** 2
    sxy += (x - meanX) * (value - mean)
  })
  const slope = sxy / sxx
  const start = mean - slope * meanX
  const squares = values.reduce((sum, value, x) => sum + (value - start - slope * x) ** 2, 0)
  const error = Math.sqrt(squares / (n - 2) / sxx)
  return { start, slope, t: slope === 0 ? 0 : error === 0 ? Math.sign(slope) * Infinity : slope / error }
}
