/** One point of a p-chart: its ratio and the limits for its own size. */
export type PPoint = { ratio: number | null; ucl: number; lcl: number; outside: -1 | 0 | 1 }

export type PChart = { mean: number; points: readonly PPoint[] }

/**
 * Chart of a ratio whose samples differ in size (scrap of shifts with few and with many pieces): pBar from summed counts,
 * limits pBar +/- 3 sqrt(pBar (1 - pBar) / n) for each n, cut to 0..1. Null without a piece. `outside` 1: above the limit.
 * Pieces of one shift resemble each other, so that real scrap spreads wider than this chart expects: where most points lie
 * outside, the individuals chart of the ratios is the one to read.
 */
export function pChart(samples: readonly { count: number; size: number }[]): PChart | null {
  const size = samples.reduce((sum, one) => sum + one.size, 0)
  if (size <= 0) return null
  const mean = samples.reduce((sum, one) => sum + one.count, 0) / size
  const points = samples.map(({ count, size: n }): PPoint => {
    const reach = n > 0 ? 3 * Math.sqrt((mean * (1 - mean)) / n) : Infinity
    const ucl = Math.min(1, mean + reach)
    const lcl = Math.max(0, mean - reach)
    const ratio = n > 0 ? count / n : null
    return { ratio, ucl, lcl, outside: ratio === null ? 0 : ratio > ucl ? 1 : ratio < lcl ? -1 : 0 }
  })
  return { mean, points }
}
