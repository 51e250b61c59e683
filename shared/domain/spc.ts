import { westernElectric, type ChartSignal } from './western-electric.ts'

/** Individuals and moving range (XmR) chart. */
export type XmrLimits = { mean: number; ucl: number; lcl: number; /** mean moving range */ mrBar: number }

export type XmrSignal = 'better' | 'worse' | 'none' | 'collecting'

/** Fewer points give no limits on a board. */
export const minXmrPoints = 6
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
 * What the newest point says by the Western Electric rules. `limits` may be frozen ones of an earlier time; by default those
 * of the values themselves.
 */
export function xmrSignal(
  values: readonly number[],
  betterIs: 'lower' | 'higher',
  limits: Pick<XmrLimits, 'mean' | 'ucl' | 'lcl'> | null = xmrLimits(values),
): XmrSignal {
  if (!limits || values.length === 0) return 'collecting'
  const newest = westernElectric(values, limits).find((signal) => signal.index === values.length - 1)
  if (!newest) return 'none'
  return newest.side < 0 === (betterIs === 'lower') ? 'better' : 'worse'
}

/** One stretch of a chart with limits of its own: [from, to) of the values. */
export type XmrSegment = {
  from: number
  to: number
  limits: XmrLimits | null
  signals: readonly ChartSignal[]
}

/**
 * A chart in segments: a shift of the process that the team has confirmed (another machine, another way of working) starts a
 * new one at that point. `confirmed`: indexes of first points, in order. Limits are null under `minXmrPoints`.
 */
export function xmrSegments(values: readonly number[], confirmed: readonly number[] = []): XmrSegment[] {
  const starts = [0, ...confirmed.filter((index) => index > 0 && index < values.length)]
  return starts.map((from, i) => {
    const to = starts[i + 1] ?? values.length
    const own = values.slice(from, to)
    const limits = xmrLimits(own)
    const signals = limits ? westernElectric(own, limits) : []
    return { from, to, limits, signals: signals.map((signal) => ({ ...signal, index: signal.index + from })) }
  })
}
