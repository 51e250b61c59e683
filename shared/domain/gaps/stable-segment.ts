import type { EpochMs } from '../facts.ts'
import { trendLine } from '../holt.ts'
import { type KpiPoint, levelOf } from '../kpis/kpi-points.ts'
import { individualsLimits } from '../spc.ts'

/** A baseline rests on at most so many of the newest points, and on no fewer than the least. */
export const stableMost = 20
export const stableLeast = 8
/** Slope over its standard error at which the newest points are called moving. */
export const movingT = 2.5
/** One bad shift among twenty changes no level. */
const strayPoints = 1

/** The newest points between which nothing changed but chance: what a baseline is taken from. */
export type StableSegment = {
  points: number
  fromMs: EpochMs
  toMs: EpochMs
  /** From summed parts where the KPI is a ratio. */
  level: number
  /** Standard deviation of one point: mean moving range / 1.128. */
  spread: number
  /** Half the width of the level's range, 95 of 100: 1.96 x spread / square root of points. */
  levelRange: number
  limits: { lower: number; upper: number }
}

/**
 * The longest run of newest points that do not move (no slope), with at most one point beyond their own natural limits. Null
 * while even the newest `stableLeast` move.
 */
export function stableSegment(points: readonly KpiPoint[]): StableSegment | null {
  for (let n = Math.min(stableMost, points.length); n >= stableLeast; n--) {
    const own = points.slice(-n)
    const values = own.map(({ value }) => value)
    const { mean, ucl, lcl, mrBar } = individualsLimits(values)
    const noise = 1e-9 * Math.max(Math.abs(ucl), Math.abs(lcl))
    const outside = values.filter((value) => value > ucl + noise || value < lcl - noise).length
    if (outside > strayPoints || Math.abs(trendLine(values).t) > movingT) continue
    const spread = mrBar / 1.128
    const level = levelOf(own) ?? mean
    return {
      points: n,
      fromMs: own[0]!.atMs,
      toMs: own[n - 1]!.atMs,
      level,
      spread,
      levelRange: (1.96 * spread) / Math.sqrt(n),
      limits: { lower: level - 3 * spread, upper: level + 3 * spread },
    }
  }
  return null
}
