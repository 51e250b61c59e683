/** Individuals and moving range (XmR) chart. */
export type XmrLimits = { mean: number; ucl: number; lcl: number; /** mean moving range */ mrBar: number }

export type XmrSignal = 'better' | 'worse' | 'none' | 'collecting'

/** Fewer points give no limits on a board. */
export const minXmrPoints = 6
/** This many newest points in a row on one side of the mean are a signal. */
export const xmrRunLength = 8
/** Ratio of mean range to standard deviation for ranges of two points (d2). */
const d2 = 1.128

/** Limits of at least two points: mean +/- 3 x mean moving range / 1.128. Throws a RangeError for fewer. */
export function individualsLimits(values: readonly number[]): XmrLimits {
  if (values.length < 2) throw new RangeError('a moving range needs at least 2 points')
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let moved = 0
  for (let i = 1; i < values.length; i++) moved += Math.abs(values[i]! - values[i - 1]!)
  const mrBar = moved / (values.length - 1)
  const reach = (3 * mrBar) / d2
  return { mean, ucl: mean + reach, lcl: mean - reach, mrBar }
}

/** Limits for a board, oldest point first; null under `minXmrPoints`. */
export function xmrLimits(values: readonly number[]): XmrLimits | null {
  return values.length < minXmrPoints ? null : individualsLimits(values)
}

/**
 * What the newest point says: it lies outside the limits, or it ends a run of `xmrRunLength` on one side of the mean.
 * `limits` may be frozen ones of an earlier time; by default those of the values themselves.
 */
export function xmrSignal(
  values: readonly number[],
  betterIs: 'lower' | 'higher',
  limits: Pick<XmrLimits, 'mean' | 'ucl' | 'lcl'> | null = xmrLimits(values),
): XmrSignal {
  const newest = values[values.length - 1]
  if (!limits || newest === undefined) return 'collecting'
  const noise = 1e-9 * Math.max(Math.abs(limits.ucl), Math.abs(limits.lcl))
  const side = (value: number) =>
    Math.abs(value - limits.mean) <= noise ? 0 : Math.sign(value - limits.mean)
  const outside = newest > limits.ucl + noise || newest < limits.lcl - noise
  const run = values.slice(-xmrRunLength)
  const sameSide = run.length === xmrRunLength && run.every((value) => side(value) === side(newest))
  if (side(newest) === 0 || !(outside || sameSide)) return 'none'
  return side(newest) < 0 === (betterIs === 'lower') ? 'better' : 'worse'
}
