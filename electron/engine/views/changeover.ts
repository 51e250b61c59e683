import type { ChangeoverPart } from '../../../shared/contract/board.ts'
import { changeoversIn } from '../../../shared/domain/changeovers.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { ChangeoverEntry } from '../../../shared/domain/kpi.ts'
import { joinChangeovers, type ShiftResult } from '../shift-result.ts'
import type { ViewInput } from './moment.ts'

/** Changeovers in the list. */
export const maxRecentChangeovers = 12

/** The running changeover and the last ones. `history`: finished shifts, oldest first. */
export function changeoverView(
  { settings, facts, rules, moment }: ViewInput,
  history: readonly ShiftResult[],
): ChangeoverPart {
  const { shift, asOfMs } = moment
  const shifts: { startMs: EpochMs; changeovers: readonly ChangeoverEntry[] }[] = history.filter(
    (result) => result.endMs <= moment.finishedByMs,
  )
  if (shift !== null) {
    shifts.push({ startMs: shift.startMs, changeovers: changeoversIn(facts, rules, shift, asOfMs) })
  }
  const all = joinChangeovers(shifts)
  const newest = all[all.length - 1]
  const open = shift !== null && newest !== undefined && newest.closedMs === null ? newest : null
  const finished = all.filter((entry) => entry.closedMs !== null && entry.durationMs > 0)
  const recent = finished.slice(-maxRecentChangeovers).reverse()
  const durations = recent.map((entry) => entry.durationMs)
  return {
    current: open && { ...open, step: stepOf(open, facts) },
    targetMs: settings.changeoverTargetS === undefined ? null : settings.changeoverTargetS * 1000,
    recent,
    meanMs: durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0) / durations.length,
    bestMs: durations.length === 0 ? null : Math.min(...durations),
  }
}

function stepOf(open: ChangeoverEntry, facts: ViewInput['facts']): string | null {
  let step: string | null = null
  for (const fact of facts.changeovers) {
    if (fact.event === 'step' && fact.atMs >= open.startMs) step = fact.step ?? step
  }
  return step
}
