import { type KpiDefinition } from '../kpis/kpi-definition.ts'
import type { StableSegment } from './stable-segment.ts'

/** A key result follows the KPI over so many finished shifts, or reports. */
export const candidateShifts = 5
/** Longest name of a key result. Characters. */
const longestName = 24

/** A key result as the board would make it of a gap. Numbers in the KPI's unit. */
export type Candidate = {
  name: string
  unit: string
  decimals: number
  baseline: number
  target: number
  /** What proposed the target: the one agreed for the KPI, or the natural limit, which the agreed one does not pass. */
  targetFrom: 'agreed' | 'natural limit'
  /** The target lies inside what the line does anyway (a share cannot pass 0 or 100 %): the team has to choose one itself. */
  insideLimits: boolean
  owner: string | null
  objective: string | null
  /** "87.0 from 20 shifts, usually 84.6 to 89.4" in numbers. */
  segment: StableSegment
}

/** The candidate of a KPI that has been stable for a while. */
export function candidateOf(definition: KpiDefinition, segment: StableSegment): Candidate {
  const { name, unit, decimals, direction, target, owner, objective } = definition
  const isUp = direction === 'higher'
  const digits = 10 ** decimals
  const round = (value: number) => Math.round(value * digits) / digits
  const edge = isUp ? segment.limits.upper : segment.limits.lower
  const passes = (value: number) => (isUp ? value > edge : value < edge)
  // The first number with these digits that lies beyond the edge.
  const next = isUp
    ? (Math.floor(edge * digits + 1e-6) + 1) / digits
    : (Math.ceil(edge * digits - 1e-6) - 1) / digits
  const beyond = unit === '%' && isUp ? Math.min(100, next) : isUp ? next : Math.max(0, next)
  const agreed = target !== null && passes(target)
  const chosen = agreed ? target : beyond
  const baseline = round(segment.level)
  return {
    name: name.length <= longestName ? name : name.slice(0, longestName).trim(),
    unit: unit.slice(0, 12),
    decimals,
    baseline,
    target: chosen,
    targetFrom: agreed ? 'agreed' : 'natural limit',
    insideLimits: !passes(chosen),
    owner,
    objective,
    segment,
  }
}
