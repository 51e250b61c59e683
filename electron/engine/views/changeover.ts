import type {
  ChangeoverPart,
  ChangeoverStep,
  CurrentChangeover,
} from '../../../shared/contract/board-line.ts'
import { changeoversIn } from '../../../shared/domain/changeovers.ts'
import type { ChangeoverFact, EpochMs } from '../../../shared/domain/facts.ts'
import type { ChangeoverEntry } from '../../../shared/domain/kpi.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
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
  const shifts = recentShifts(history, moment.finishedByMs)
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
    current: open && { ...open, ...workOf(open, facts.changeovers, settings) },
    targetMs: settings.changeoverTargetS === undefined ? null : settings.changeoverTargetS * 1000,
    recent,
    meanMs: durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0) / durations.length,
    bestMs: durations.length === 0 ? null : Math.min(...durations),
  }
}

type ShiftChangeovers = { startMs: EpochMs; changeovers: readonly ChangeoverEntry[] }

/** The newest finished shifts that hold enough changeovers, oldest first, however long the history is. */
function recentShifts(history: readonly ShiftResult[], finishedByMs: EpochMs): ShiftChangeovers[] {
  // One that runs over a border is in two shifts, and the running one is no finished one.
  const enough = 2 * maxRecentChangeovers + 2
  const shifts: ShiftChangeovers[] = []
  let found = 0
  for (let i = history.length - 1; i >= 0 && found < enough; i--) {
    const shift = history[i]!
    if (shift.endMs > finishedByMs) continue
    shifts.push(shift)
    found += shift.changeovers.length
  }
  return shifts.reverse()
}

/** Steps as they were reported, over those that plant.yaml plans. A step ends where the next one begins. */
function workOf(
  open: ChangeoverEntry,
  facts: readonly ChangeoverFact[],
  { changeoverSteps }: LineSettings,
): Omit<CurrentChangeover, keyof ChangeoverEntry> {
  const reported = facts.filter((fact) => fact.event === 'step' && fact.step !== undefined)
  const ends = facts.filter(({ event, atMs }) => event === 'end' && atMs < open.startMs)
  const lastEndMs = ends[ends.length - 1]?.atMs ?? 0
  const isDone = (name: string) => reported.some(({ step, atMs }) => step === name && atMs > lastEndMs)
  const planned = changeoverSteps.filter((step) => step.while === 'stopped')
  const prep = changeoverSteps.filter((step) => step.while === 'running').map(({ name }) => name)
  const begun = reported.filter(({ step, atMs }) => atMs >= open.startMs && !prep.includes(step!))
  const spans = begun.map((fact, index) => ({
    name: fact.step!,
    startMs: fact.atMs,
    endMs: begun[index + 1]?.atMs ?? null,
  }))
  const stepOf = (name: string, plannedMs: number | null): ChangeoverStep => {
    const span = spans.filter((one) => one.name === name).pop()
    return { name, plannedMs, startMs: span?.startMs ?? null, endMs: span?.endMs ?? null }
  }
  const unplanned = [...new Set(spans.map(({ name }) => name))].filter(
    (name) => !planned.some((step) => step.name === name),
  )
  return {
    step: spans[spans.length - 1]?.name ?? null,
    steps: [
      ...planned.map(({ name, plannedS }) => stepOf(name, plannedS === undefined ? null : plannedS * 1000)),
      ...unplanned.map((name) => stepOf(name, null)),
    ],
    prep: prep.map((name) => ({ name, done: isDone(name) })),
  }
}
