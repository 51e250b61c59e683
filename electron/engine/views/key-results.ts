import type { KeyResultsPart } from '../../../shared/contract/board.ts'
import type { Freshness } from '../../../shared/domain/freshness.ts'
import {
  checkInDue,
  checkInDueDays,
  checkInOverdueDays,
  cycleWeek,
  expectedShare,
  keyResultProgress,
  type KeyResult,
  type KeyResultView,
  type Objective,
} from '../../../shared/domain/key-results.ts'
import { dateOfDay, dayMs, dayNumber, localDateAt } from '../../../shared/domain/local-time.ts'
import type { LineRules } from '../../../shared/domain/rules.ts'
import { liveValue, type WindowValue } from '../key-result-value.ts'
import type { ShiftResult } from '../shift-result.ts'
import type { Moment } from './moment.ts'

const weekDays = 7

/** A check-in as the views see it. */
export type CheckInNote = { atMs: number; value: number | null; sentence: string }

/** What the team has decided and said for one line. */
export type TeamInput = {
  objectives: readonly (Objective & { createdMs: number })[]
  /** Oldest first. */
  checkIns: (keyResultId: string) => readonly CheckInNote[]
}

type Input = {
  rules: LineRules
  moment: Moment
  /** Finished shifts, oldest first. */
  history: readonly ShiftResult[]
  team: TeamInput
}

/** The key results of the running objectives in plan order; of the last objective when none runs now. */
export function keyResultsView(input: Input): KeyResultsPart {
  const { moment, rules, team } = input
  const today = localDateAt(rules.calendar.timeZone, moment.nowMs)
  const running = team.objectives.filter(({ cycle }) => cycle.startDate <= today && today <= cycle.endDate)
  const begun = team.objectives.filter(({ cycle }) => cycle.startDate <= today)
  const shown = running.length > 0 ? running : begun.slice(-1)
  const first = shown[0]
  if (first === undefined) return { objective: null, week: 0, weeks: 0, items: [] }
  return {
    objective: { id: first.id, title: first.title, cycle: first.cycle },
    ...cycleWeek(first.cycle, today),
    items: shown.flatMap((objective) => {
      const expectedOn = once((date: string) => expectedShare(objective.cycle, rules.calendar, date))
      return objective.keyResults.map((keyResult) => keyResultView(input, objective, keyResult, expectedOn))
    }),
  }
}

function keyResultView(
  input: Input,
  objective: TeamInput['objectives'][number],
  keyResult: KeyResult,
  expectedOn: (date: string) => number,
): KeyResultView {
  const { moment, rules, team } = input
  const { timeZone } = rules.calendar
  const live = keyResult.source.kind === 'kpi'
  const notes = team.checkIns(keyResult.id)
  const asOfMs = live ? moment.finishedByMs : moment.nowMs
  const asOfDate = localDateAt(timeZone, asOfMs)
  const valueOf = live
    ? (beforeDate: string | null) => liveValue(keyResult, shiftsUntil(input.history, asOfMs, beforeDate))
    : (beforeDate: string | null) => manualValue(notesUntil(notes, timeZone, beforeDate))
  const now = valueOf(null)
  const expected = expectedOn(asOfDate)
  const { baseline, target } = keyResult
  const last = notes[notes.length - 1]
  const checkInAgeDays = last === undefined ? null : Math.floor((moment.nowMs - last.atMs) / dayMs)
  return {
    ...keyResult,
    objective: objective.title,
    value: now.value,
    valueAtMs: now.valueAtMs,
    freshness: live ? moment.finishedFreshness : manualFreshness(checkInAgeDays),
    sampleSize: now.sampleSize,
    progress: now.value === null ? null : keyResultProgress({ baseline, target, value: now.value, expected }),
    history: weeklyPoints(objective, asOfDate, valueOf),
    checkInAgeDays,
    checkInDue: checkInDue(checkInAgeDays ?? Math.floor((moment.nowMs - objective.createdMs) / dayMs)),
    lastSentence: last?.sentence || null,
  }
}

/** Asks `of` once for each date. */
function once(of: (date: string) => number): (date: string) => number {
  const known = new Map<string, number>()
  return (date) => {
    let value = known.get(date)
    if (value === undefined) known.set(date, (value = of(date)))
    return value
  }
}

/** One point at each full week of the cycle, and the present one. */
function weeklyPoints(
  { cycle }: Objective,
  today: string,
  valueOf: (beforeDate: string | null) => WindowValue,
): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = []
  const first = dayNumber(cycle.startDate)
  const days = Math.min(dayNumber(today), dayNumber(cycle.endDate) + 1) - first
  for (let week = 0; week * weekDays < days; week++) {
    const { value } = valueOf(dateOfDay(first + week * weekDays))
    if (value !== null) points.push({ x: week, y: value })
  }
  const { value } = valueOf(null)
  if (value !== null && days >= 0) points.push({ x: days / weekDays, y: value })
  return points
}

function shiftsUntil(
  history: readonly ShiftResult[],
  asOfMs: number,
  beforeDate: string | null,
): ShiftResult[] {
  let end = history.length
  const counts = ({ endMs, date }: ShiftResult) =>
    endMs <= asOfMs && (beforeDate === null || date < beforeDate)
  while (end > 0 && !counts(history[end - 1]!)) end--
  return history.slice(0, end)
}

function notesUntil(
  notes: readonly CheckInNote[],
  timeZone: string,
  beforeDate: string | null,
): readonly CheckInNote[] {
  return beforeDate === null ? notes : notes.filter((note) => localDateAt(timeZone, note.atMs) < beforeDate)
}

function manualValue(notes: readonly CheckInNote[]): WindowValue {
  const typed = notes.filter((note) => note.value !== null)
  const last = typed[typed.length - 1]
  return { value: last?.value ?? null, sampleSize: typed.length, valueAtMs: last?.atMs ?? null }
}

function manualFreshness(ageDays: number | null): Freshness {
  if (ageDays === null) return 'none'
  if (ageDays < checkInDueDays) return 'fresh'
  return ageDays < checkInOverdueDays ? 'ageing' : 'stale'
}
