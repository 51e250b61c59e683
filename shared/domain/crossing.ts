import { holt, holtForecast, trendLine } from './holt.ts'

/** No forecast under this many points: nothing honest can be said. */
export const minForecastPoints = 12
/** The trend is looked for in at most this many newest points. */
export const forecastPoints = 20
/** How far ahead a crossing is told. Points, which are shifts on a board. */
export const forecastHorizon = 10
/** Slope over its standard error at which a trend is believed. `npm run bench -- forecast` shows what it costs and saves. */
export const trendT = 3.2
/** The forecast's range in standard errors: meant for four of five crossings. */
export const rangeSigmas = 1.28

const smoothing = { alpha: 0.2, beta: 0.1 }

/** Whether and when a KPI that drifts will cross its limit. */
export type CrossingForecast =
  | { say: 'too few points'; have: number; need: number }
  /** No trend towards the limit that is worth a word, or not within the horizon. */
  | { say: 'nothing' }
  | { say: 'beyond'; /** The newest level is beyond the limit already. */ level: number }
  | {
      say: 'crosses'
      /** Points until the level crosses: earliest likely, about, latest likely (null: beyond twice the horizon). */
      earliest: number
      about: number
      latest: number | null
      /** Level now and its move per point. */
      level: number
      trend: number
    }

/**
 * "Crosses the limit in about k shifts". A trend is believed only when the slope of the newest points stands out from their
 * scatter (`trendT`) and Holt's trend goes the same way; then Holt's level and trend give the points until the level crosses
 * `limit`, and the slope's own uncertainty the range. `badIs`: on which side of the limit the KPI is bad.
 */
export function forecastCrossing(
  values: readonly number[],
  limit: number,
  badIs: 'above' | 'below',
): CrossingForecast {
  if (values.length < minForecastPoints) {
    return { say: 'too few points', have: values.length, need: minForecastPoints }
  }
  const newest = values.slice(-forecastPoints)
  const line = trendLine(newest)
  const fit = holt(newest, { ...smoothing, start: { level: line.start - line.slope, trend: line.slope } })
  const towards = badIs === 'above' ? 1 : -1
  const distance = towards * (limit - fit.level)
  if (distance <= 0) return { say: 'beyond', level: fit.level }
  const speed = towards * fit.trend
  if (towards * line.t < trendT || speed <= 0) return { say: 'nothing' }
  const about = Math.max(1, Math.round(distance / speed))
  if (about > forecastHorizon) return { say: 'nothing' }
  // The level is known to about the scatter of a few points, the trend to the slope's standard error.
  const levelError = rangeSigmas * holtForecast(fit, 1).sigma * Math.sqrt(smoothing.alpha)
  const trendError = rangeSigmas * Math.abs(line.slope / line.t)
  const slow = speed - trendError
  const latest = slow > 0 ? Math.ceil((distance + levelError) / slow) : Infinity
  return {
    say: 'crosses',
    earliest: Math.max(1, Math.floor((distance - levelError) / (speed + trendError))),
    about,
    latest: latest > 2 * forecastHorizon ? null : latest,
    level: fit.level,
    trend: fit.trend,
  }
}
