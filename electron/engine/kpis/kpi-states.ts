import type { EpochMs } from '../../../shared/domain/facts.ts'
import { type Gap, gapOf, type KpiState, kpiState } from '../../../shared/domain/gaps/gap.ts'
import { redState, type RedState } from '../../../shared/domain/gaps/red-protocol.ts'
import { movedBy } from '../../../shared/domain/key-results.ts'
import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { type KpiPoint, livePoints, reportedPoints } from '../../../shared/domain/kpis/kpi-points.ts'
import { hasFallenBack } from '../../../shared/domain/okr/met-and-held.ts'
import type { StoredKpi } from '../../../shared/contract/kpi-calls.ts'
import type { StoredBaseline } from '../../../db/queries/baselines.ts'
import { countsInWindows, type ReportedValues } from '../key-result-feed.ts'
import type { ShiftResult } from '../shift-result.ts'
import type { LineKpis } from './kpi-book.ts'

/** A KPI with its points and what they say. */
export type KpiNow = {
  stored: StoredKpi
  points: readonly KpiPoint[]
  state: KpiState
  /** When limits and target were last locked in; null: never. */
  lockedMs: EpochMs | null
  /** It has fallen back behind what was locked in. */
  fallenBack: boolean
  gap: Gap | null
  red: RedState | null
}

export type KpiStatesInput = {
  book: LineKpis
  /** Finished shifts, oldest first. */
  history: readonly ShiftResult[]
  /** Shifts that ended by then count. */
  finishedByMs: EpochMs
  nowMs: EpochMs
  values: ReportedValues
  timeZone: string
  /** What the line locked in when key results were met and held, oldest first. */
  baselines: readonly StoredBaseline[]
}

/** Where every KPI of a line stands. */
export function kpiStates(input: KpiStatesInput): KpiNow[] {
  const { book, history, finishedByMs, nowMs } = input
  const finished = history.filter((shift) => shift.endMs <= finishedByMs && countsInWindows(shift))
  return book.kpis.map((stored) => {
    const { kpi } = stored
    const points = pointsOf(kpi, finished, input)
    const locked = lockedIn(kpi, input.baselines)
    const steps = locked.map(({ fromMs, baseline: mean, lower, upper }) => ({ fromMs, mean, lower, upper }))
    const state = kpiState(kpi, points, stored.createdMs, steps)
    const lockedMs = locked.reduce<number | null>((newest, { atMs }) => Math.max(newest ?? atMs, atMs), null)
    const red = kpi.use === 'kpi' ? redState(kpi, points, entriesOf(book, kpi.id), nowMs) : null
    const last = locked[locked.length - 1]
    const fallenBack = last !== undefined && hasFallenBack({ ...last, fromMs: last.atMs }, points)
    return { stored, points, state, lockedMs, fallenBack, gap: gapOf(kpi, points, state), red }
  })
}

function pointsOf(kpi: KpiDefinition, shifts: readonly ShiftResult[], input: KpiStatesInput): KpiPoint[] {
  if (kpi.source.from === 'line') return livePoints(kpi, shifts)
  return reportedPoints(kpi.source.combine, input.values.get(kpi.source.key) ?? [], input.timeZone)
}

/** What was locked in for a KPI, oldest first. */
function lockedIn({ source, unit }: KpiDefinition, baselines: readonly StoredBaseline[]): StoredBaseline[] {
  return baselines.filter((one) => one.kpi === movedBy(source) && one.unit === unit)
}

/** When somebody entered something for a KPI: an answer, a cause, or an action. */
function entriesOf({ answers, barriers, actions }: LineKpis, kpi: string): EpochMs[] {
  return [
    ...[...answers, ...barriers].filter((one) => one.kpi === kpi).map(({ atMs }) => atMs),
    ...actions.filter((one) => one.kpi === kpi).map(({ createdMs }) => createdMs),
  ]
}

/** Names the row of red shifts that somebody was told about. */
export function escalationId(kpi: string, { sinceMs }: Pick<RedState, 'sinceMs'>): string {
  return `${kpi}@${sinceMs}`
}
