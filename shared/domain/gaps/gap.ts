import { type CrossingForecast, forecastCrossing } from '../crossing.ts'
import type { EpochMs } from '../facts.ts'
import { type KpiBand, kpiBand, type KpiDefinition, kpiGoal } from '../kpis/kpi-definition.ts'
import { type KpiPoint, levelOf } from '../kpis/kpi-points.ts'
import {
  driftOf,
  type EarlierLimits,
  earlierLimits,
  naturalLimits,
  type LimitStep,
  type Reference,
  referenceOf,
  swings,
} from './drift.ts'

/** Where a KPI stands is told by so many newest points together: a single one is mostly chance. */
export const levelPoints = 5
/** A gap does not grow by its age beyond this. Points, which are shifts on a board. */
export const longestDuration = 60

/** Where a KPI stands, and what its chart says. All values in the KPI's unit. */
export type KpiState = {
  /** Of the newest `levelPoints` points; null without any. */
  level: number | null
  band: KpiBand | null
  reference: Reference | null
  /** What held before it, where limits were locked in. */
  earlier: readonly EarlierLimits[]
  drift: { towards: 'better' | 'worse'; signalMs: EpochMs; fromMs: EpochMs; points: number } | null
  swings: number
  /** When the level will cross into red, or away from the target where there are no bands. */
  crossing: CrossingForecast | null
}

/** `points`: oldest first. `definedMs`: when the KPI was agreed on. */
export function kpiState(
  definition: KpiDefinition,
  points: readonly KpiPoint[],
  definedMs: EpochMs,
  steps: readonly LimitStep[] = [],
): KpiState {
  const level = levelOf(points.slice(-levelPoints))
  const reference = referenceOf(points, definedMs, steps)
  const found = reference && driftOf(points, reference)
  const isUp = definition.direction === 'higher'
  const limit = definition.bands?.amber ?? definition.target
  return {
    level,
    band: kpiBand(definition, level),
    reference,
    earlier: earlierLimits(points, definedMs, steps),
    drift: found && {
      towards: found.side > 0 === isUp ? 'better' : 'worse',
      signalMs: points[found.signalIndex]!.atMs,
      fromMs: points[found.fromIndex]!.atMs,
      points: points.length - found.fromIndex,
    },
    swings: swings(points, reference),
    crossing:
      limit === null
        ? null
        : forecastCrossing(
            points.map(({ value }) => value),
            limit,
            isUp ? 'below' : 'above',
          ),
  }
}

/** A difference between what is and what was agreed or usual. */
export type Gap = {
  kpi: string
  /** What it is measured from. */
  from: 'target' | 'usual'
  /** Level against that. */
  side: 'above' | 'below'
  level: number
  goal: number
  /** |level - goal|, in the KPI's unit. */
  distance: number
  /** How long, in points. */
  duration: number
  /** Times the usual spread; 1: as usual. */
  swings: number
  /** distance, as a share of what separates green from red, x duration x swings: what the list is ranked by. */
  score: number
}

/** Worse than agreed, or drifting away from what is usual; null: neither. */
export function gapOf(definition: KpiDefinition, points: readonly KpiPoint[], state: KpiState): Gap | null {
  const { level, band, drift, reference } = state
  if (definition.use !== 'kpi' || level === null) return null
  const isUp = definition.direction === 'higher'
  const worse = (value: number, than: number) => (isUp ? value < than : value > than)
  const goal = kpiGoal(definition)
  const gap = (from: Gap['from'], goalOf: number, duration: number): Gap => {
    const distance = Math.abs(level - goalOf)
    const lasting = Math.min(longestDuration, Math.max(1, duration))
    const score = (distance / scaleOf(definition, goalOf, reference)) * lasting * state.swings
    const side = level > goalOf ? 'above' : 'below'
    const { swings: swung } = state
    return {
      kpi: definition.id,
      from,
      side,
      level,
      goal: goalOf,
      distance,
      duration: lasting,
      swings: swung,
      score,
    }
  }
  if (goal !== null && worse(level, goal) && band !== 'green') {
    let off = 0
    while (off < points.length && worse(points[points.length - 1 - off]!.value, goal)) off++
    return gap('target', goal, off)
  }
  if (drift?.towards !== 'worse' || reference === null) return null
  return worse(level, reference.mean) ? gap('usual', reference.mean, drift.points) : null
}

/** What makes distances of different KPIs comparable: from green to red, else the natural range, else a tenth of the goal. */
function scaleOf({ bands, target }: KpiDefinition, goal: number, reference: Reference | null): number {
  const band = bands === null ? 0 : Math.abs((target ?? bands.green) - bands.amber)
  if (band > 0) return band
  if (reference !== null && reference.sigma > 0) return naturalLimits(reference).ucl - reference.mean
  return Math.abs(goal) / 10 || 1
}

/** Largest first; ties by id, so that rows do not change places without a reason. */
export function rankGaps(gaps: readonly Gap[]): Gap[] {
  return [...gaps].sort((a, b) => b.score - a.score || (a.kpi < b.kpi ? -1 : 1))
}
