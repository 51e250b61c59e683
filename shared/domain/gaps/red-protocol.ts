import type { EpochMs } from '../facts.ts'
import { kpiBand, type KpiDefinition } from '../kpis/kpi-definition.ts'
import type { KpiPoint } from '../kpis/kpi-points.ts'
import { minuteMs } from '../local-time.ts'

/** Red for so many shifts without any entry is itself something to show. */
export const unansweredShifts = 3

/**
 * A KPI in red. `watch`: not for as long as its protocol asks. `waiting`: the first response is due at `dueMs`. `late`: that has
 * passed, and whom to tell is told. `answered`: somebody has entered something since it turned red.
 */
export type RedState = {
  stage: 'watch' | 'waiting' | 'late' | 'answered'
  /** End of the first red shift in the present row. */
  sinceMs: EpochMs
  /** Red shifts in a row. */
  shifts: number
  /** From the trigger on; null: not triggered, or no protocol. */
  dueMs: EpochMs | null
  answeredMs: EpochMs | null
  /** Shifts in red after which nobody has entered anything; 0 once somebody has. */
  unanswered: number
}

/** Null: the newest point is not red. `entries`: times of all that was entered for the KPI (answer, cause, action). */
export function redState(
  definition: Pick<KpiDefinition, 'bands' | 'direction' | 'protocol'>,
  points: readonly KpiPoint[],
  entries: readonly EpochMs[],
  nowMs: EpochMs,
): RedState | null {
  let shifts = 0
  while (shifts < points.length && isRed(definition, points[points.length - 1 - shifts]!)) shifts++
  const first = points[points.length - shifts]
  if (shifts === 0 || first === undefined) return null
  const sinceMs = first.atMs
  const answers = entries.filter((atMs) => atMs >= sinceMs && atMs <= nowMs)
  const answeredMs = answers.length === 0 ? null : Math.min(...answers)
  const { protocol } = definition
  const trigger = protocol === null ? undefined : points[points.length - shifts + protocol.triggerShifts - 1]
  const dueMs = trigger === undefined ? null : trigger.atMs + protocol!.withinMin * minuteMs
  const open = dueMs === null ? 'watch' : nowMs < dueMs ? 'waiting' : 'late'
  return {
    stage: answeredMs === null ? open : 'answered',
    sinceMs,
    shifts,
    dueMs,
    answeredMs,
    unanswered: answeredMs === null ? shifts : 0,
  }
}

function isRed(definition: Pick<KpiDefinition, 'bands' | 'direction'>, { value }: KpiPoint): boolean {
  return kpiBand(definition, value) === 'red'
}
