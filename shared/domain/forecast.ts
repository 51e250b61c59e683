/**
 * Simple exponential smoothing: S2 = y1, S(t) = alpha x y(t-1) + (1 - alpha) x S(t-1). `next` is the forecast of the point after
 * the last, `mse` the mean squared error of the forecasts of points 2..n. Throws a RangeError for fewer than two points or
 * an alpha outside (0, 1].
 */
export function smoothed(values: readonly number[], alpha: number): { next: number; mse: number } {
  if (values.length < 2) throw new RangeError('smoothing needs at least 2 points')
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError(`alpha must be above 0 and at most 1, not ${alpha}`)
  let forecast = values[0]!
  let squares = 0
  for (const value of values.slice(1)) {
    squares += (value - forecast) ** 2
    forecast = alpha * value + (1 - alpha) * forecast
  }
  return { next: forecast, mse: squares / (values.length - 1) }
}
