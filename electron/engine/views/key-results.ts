import type { KeyResultsPart, ObjectiveMean } from '../../../shared/contract/board-team.ts'
import type { Freshness } from '../../../shared/domain/freshness.ts'
import {
  checkInDue,
  checkInDueDays,
  checkInOverdueDays,
  cycleWeek,
  expectedShare,
  type KeyResultView,
  objectiveProgress,
} from '../../../shared/domain/key-results.ts'
import { cycleWeeks } from '../../../shared/domain/okr/cycle.ts'
import { predictedEnd } from '../../../shared/domain/okr/predicted-end.ts'
import { spanOf, type StoredKeyResult, type StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { targetStretches } from '../../../shared/domain/okr/target-steps.ts'
import { dayMs, dayNumber, instantOf, localDateAt } from '../../../shared/domain/local-time.ts'
import type { LineRules } from '../../../shared/domain/rules.ts'
import type { StoredBaseline } from '../../../db/queries/baselines.ts'
import { feedOf, type FeedInput } from '../key-result-feed.ts'
import {
  bowling,
  type CheckInNote,
  heldNow,
  progressOf,
  valueBefore,
  type ValueSource,
  weeklyPoints,
} from './key-result-values.ts'
import type { Moment } from './moment.ts'
import { normalsView } from './normals.ts'

/** What the team has decided and said for one line. */
export type TeamInput = {
  objectives: readonly StoredObjective[]
  /** Objectives of the levels above the lines. */
  above: readonly StoredObjective[]
  baselines: readonly StoredBaseline[]
  /** In the order in which they were made. */
  checkIns: (keyResultId: string) => readonly CheckInNote[]
}

type Input = Omit<FeedInput, 'timeZone'> & { rules: LineRules; moment: Moment; team: TeamInput }

/** The objectives whose cycle runs now; the last one that began when none does. Ended ones and key results are left out. */
export function runningObjectives(
  objectives: readonly StoredObjective[],
  today: string,
): readonly StoredObjective[] {
  const open = objectives
    .filter(({ ended }) => ended === null)
    .map((one) => ({ ...one, keyResults: one.keyResults.filter(({ ended }) => ended === null) }))
    .filter(({ keyResults, cycle }) => keyResults.length > 0 && cycle.startDate <= today)
  const running = open.filter(({ cycle }) => today <= cycle.endDate)
  return running.length > 0 ? running : open.slice(-1)
}

/** The key results of the running objectives in plan order; of the last objective when none runs now. */
export function keyResultsView(input: Input): KeyResultsPart {
  const { moment, rules, team } = input
  const today = localDateAt(rules.calendar.timeZone, moment.nowMs)
  const shown = runningObjectives(team.objectives, today)
  const items = shown.flatMap((objective) =>
    objective.keyResults.map((keyResult) => keyResultView(input, objective, keyResult)),
  )
  return {
    objectives: shown.map(({ id, title, cycle }) => ({
      ...{ id, title, cycle },
      ...cycleWeek(cycle, today),
      mean: meanOf(items.filter(({ objectiveId }) => objectiveId === id)),
    })),
    items,
    normals: normalsView(team, { ...input, timeZone: rules.calendar.timeZone }, moment),
  }
}

/** Where some key results stand together. */
export function meanOf(items: readonly Pick<KeyResultView, 'progress' | 'weight'>[]): ObjectiveMean {
  const known = items.flatMap(({ progress, weight }) => (progress === null ? [] : [{ ...progress, weight }]))
  const progress = objectiveProgress(known)
  const expected = objectiveProgress(known.map((one) => ({ progress: one.expected, weight: one.weight })))
  return progress === null || expected === null ? null : { progress, expected }
}

/** Every key result of a line that has not ended, of whatever cycle: also those of one that is over, or still to come. */
export function openKeyResults(input: Input): KeyResultView[] {
  return input.team.objectives
    .filter(({ ended }) => ended === null)
    .flatMap((objective) =>
      objective.keyResults
        .filter(({ ended }) => ended === null)
        .map((keyResult) => keyResultView(input, objective, keyResult)),
    )
}

function keyResultView(input: Input, objective: StoredObjective, keyResult: StoredKeyResult): KeyResultView {
  const { moment, rules, team } = input
  const { timeZone } = rules.calendar
  const live = keyResult.source.kind === 'kpi'
  const notes = team.checkIns(keyResult.id)
  const asOfMs = live ? moment.finishedByMs : moment.nowMs
  const asOfDate = localDateAt(timeZone, asOfMs)
  const cycle = spanOf(keyResult, objective.cycle, localDateAt(timeZone, keyResult.createdMs))
  const feed = feedOf(keyResult, { ...input, timeZone }, { untilMs: asOfMs, startDate: cycle.startDate })
  const source: ValueSource = { keyResult, cycle, timeZone, feed, notes }
  const expectedOn = once((date) => expectedShare(cycle, rules.calendar, date))
  const now = valueBefore(source, null)
  const points = weeklyPoints(source, asOfDate)
  const weeks = cycleWeeks(cycle)
  const startMs = instantOf(timeZone, dayNumber(cycle.startDate), 0)
  const endMs = instantOf(timeZone, dayNumber(cycle.endDate) + 1, 0)
  const last = notes[notes.length - 1]
  const ageDays = (atMs: number | null = null) =>
    atMs === null ? null : Math.floor((moment.nowMs - atMs) / dayMs)
  const checkInAgeDays = ageDays(last?.atMs)
  const { targets, proposals, createdMs: _createdMs, origin: _origin, ended: _ended, ...own } = keyResult
  return {
    ...own,
    objectiveId: objective.id,
    span: cycle,
    value: now.value,
    valueAtMs: now.valueAtMs,
    freshness: live ? moment.finishedFreshness : saidFreshness(ageDays(feed ? now.valueAtMs : last?.atMs)),
    sampleSize: now.sampleSize,
    progress: progressOf(keyResult, now.value, expectedOn(asOfDate)),
    history: points,
    checkInAgeDays,
    checkInDue: checkInDue(checkInAgeDays ?? Math.floor((moment.nowMs - keyResult.createdMs) / dayMs)),
    lastSentence: last?.sentence || null,
    confidence: last?.confidence ?? null,
    obstacles: last?.obstacles || null,
    doneMilestones: notes.filter(({ milestones }) => milestones !== null).at(-1)?.milestones ?? [],
    proposal: proposals.filter(({ answer }) => answer === 'open').at(-1) ?? null,
    predicted: predictedEnd(points, weeks),
    months: bowling(source, keyResult, asOfDate, expectedOn),
    targets: targetStretches(targets, { startMs, endMs, weeks }),
    held: heldNow(source),
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

/** Of a check-in or a report, which come every week. */
function saidFreshness(ageDays: number | null): Freshness {
  if (ageDays === null) return 'none'
  if (ageDays < checkInDueDays) return 'fresh'
  return ageDays < checkInOverdueDays ? 'ageing' : 'stale'
}
