/** One point of an EWMA chart with the limits that hold at this point. */
export type EwmaPoint = { value: number; ucl: number; lcl: number; outside: boolean }

/** Weight of the newest point, and width of the limits in standard deviations: usual values (NIST/SEMATECH 6.3.2.4). */
export const ewmaDefaults = { lambda: 0.2, width: 3 } as const

/**
 * Exponentially weighted moving averages: sees small shifts of the mean that an individuals chart misses. `mean` and `sigma`
 * (standard deviation of one point, mean moving range / 1.128) are those of the time in which the process was stable. Throws
 * a RangeError for a lambda outside (0, 1].
 */
export function ewmaChart(
  values: readonly number[],
  { mean, sigma }: { mean: number; sigma: number },
  { lambda, width }: { lambda: number; width: number } = ewmaDefaults,
): EwmaPoint[] {
  if (!(lambda > 0 && lambda <= 1))
    throw new RangeError(`lambda must be above 0 and at most 1, not ${lambda}`)
  let average = mean
  return values.map((value, i) => {
    average = lambda * value + (1 - lambda) * average
    const share = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (i + 1)))
    const reach = width * sigma * Math.sqrt(share)
    const outside = Math.abs(average - mean) > reach * (1 + 1e-9)
    return { value: average, ucl: mean + reach, lcl: mean - reach, outside }
  })
}
