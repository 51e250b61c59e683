import { isWorkingDay, type ShiftCalendar } from './calendar.ts'
import type { EpochMs } from './facts.ts'
import type { Freshness } from './freshness.ts'
import type { LiveKpiId } from './kpis/catalogue.ts'
import type { KpiSource } from './kpis/kpi-definition.ts'
import type { BowlingMonth } from './okr/bowling.ts'
import type { Held } from './okr/met-and-held.ts'
import type { PredictedEnd } from './okr/predicted-end.ts'
import type { CounterProposal } from './okr/stored.ts'
import type { TargetStretch } from './okr/target-steps.ts'
import { dateOfDay, dayNumber } from './local-time.ts'

/** KPIs a key result can follow by itself. */
export type LiveKpi = LiveKpiId

/** Finished shifts (or reports) that a value rests on: the last `count`, those of the running week, or all since the cycle began. */
export type KeyResultWindow = { kind: 'shifts'; count: number } | { kind: 'week' } | { kind: 'start' }

/** A part of the way, done or not. `weight` counts against those of the others. */
export type Milestone = { name: string; weight: number; /** Local date. */ due: string | null }

export type KeyResultSource =
  | { kind: 'kpi'; kpi: LiveKpi; window: KeyResultWindow }
  /** Reported values of a key; `sum`: those of a day add up. */
  | { kind: 'values'; key: string; combine: 'sum' | 'last'; window: KeyResultWindow }
  | { kind: 'manual' }
  /** Its value is the weighted share that is done, 0..100. */
  | { kind: 'milestones'; milestones: readonly Milestone[] }

/** One word for what moves a key result, and what a KPI is made of: a formula of the line, or reported values; null: people do. */
export function movedBy(source: KeyResultSource | KpiSource): string | null {
  if ('from' in source) return source.from === 'line' ? source.formula : reported(source)
  if (source.kind === 'kpi') return source.kpi
  return source.kind === 'values' ? reported(source) : null
}

function reported({ key, combine }: { key: string; combine: string }): string {
  return `${combine}:${key}`
}

/** Committed: is to be reached. Aspirational: 0.7 of it is a success. */
export const commitments = ['committed', 'aspirational'] as const
export type Commitment = (typeof commitments)[number]

export type KeyResult = {
  id: string
  /** Short name for the TV, at most 14 characters fit the rail. */
  name: string
  /** The whole sentence; null: the name says it all. */
  sentence: string | null
  unit: string
  baseline: number
  target: number
  /** Digits after the decimal point on screen. */
  decimals: number
  source: KeyResultSource
  owner: string | null
  /** Local date; null: the end of the cycle. */
  due: string | null
  commitment: Commitment
  /** Share in its objective against the other key results'. */
  weight: number
  /** Objective or key result of a higher level that it serves. */
  parent: string | null
  /** Met for so many shifts (by hand: check-ins) in a row, it counts as held. */
  holdShifts: number
}

export const cycleKinds = ['month', 'quarter', 'year'] as const
export type CycleKind = (typeof cycleKinds)[number]
/** Both dates belong to it. Local dates. */
export type Cycle = { kind: CycleKind; name: string; startDate: string; endDate: string }

/** From the top down; a line's own objectives are of level `line`. */
export const objectiveLevels = ['company', 'plant', 'department', 'line'] as const
export type ObjectiveLevel = (typeof objectiveLevels)[number]

export type Objective = {
  id: string
  /** Empty for those of higher levels. */
  lineId: string
  level: ObjectiveLevel
  title: string
  owner: string | null
  /** Objective or key result of a higher level that it serves. */
  parent: string | null
  cycle: Cycle
  keyResults: readonly KeyResult[]
}

export type PaceWord = 'On pace' | 'Behind' | 'Off pace'

export type KeyResultProgress = {
  /** Clamped to 0..1. */
  progress: number
  worseThanStart: boolean
  /** Elapsed share of the cycle's working days, 0..1: where progress should be. */
  expected: number
  /** progress - expected, unclamped. */
  gap: number
  status: PaceWord
  /** The value that would be exactly on pace now. */
  shouldBe: number
}

/** Will it be reached? */
export const confidences = ['yes', 'unsure', 'no'] as const
export type Confidence = (typeof confidences)[number]

/** A key result as screens show it. `value` is in the key result's unit. */
export type KeyResultView = KeyResult & {
  objectiveId: string
  /** From when to when it is judged (`spanOf`). */
  span: { startDate: string; endDate: string }
  value: number | null
  valueAtMs: EpochMs | null
  freshness: Freshness
  sampleSize: number
  progress: KeyResultProgress | null
  /** One point a week of the cycle: x = weeks since the start, y = value. */
  history: readonly { x: number; y: number }[]
  /** Days since the last check-in; null: never. */
  checkInAgeDays: number | null
  checkInDue: 'no' | 'due' | 'overdue'
  lastSentence: string | null
  confidence: Confidence | null
  obstacles: string | null
  /** Positions of the milestones that were done at the last check-in. */
  doneMilestones: readonly number[]
  /** What the line would rather reach, as long as nobody has answered. */
  proposal: Pick<CounterProposal, 'id' | 'atMs' | 'by' | 'target' | 'due' | 'reason'> | null
  /** Where it leads by its end; null: too little is known. */
  predicted: PredictedEnd | null
  /** Plan and actual at the end of each month of the cycle. */
  months: readonly BowlingMonth[]
  /** What was in force when, oldest first; the last one is in force. */
  targets: readonly TargetStretch[]
  held: Held
}

/** Smallest gap that is still on pace, and still behind. product.md section 4. */
export const paceBands = { onPace: -0.05, behind: -0.2 } as const
export type PaceBands = { onPace: number; behind: number }
/** Days since the last check-in. */
export const checkInDueDays = 7
export const checkInOverdueDays = 14

/** Keeps 0.15 - 0.2 inside a band that ends at -0.05. */
const gapNoise = 1e-9

/** Status word of a gap (progress - expected). */
export function paceWord(gap: number, bands: PaceBands = paceBands): PaceWord {
  if (gap >= bands.onPace - gapNoise) return 'On pace'
  return gap >= bands.behind - gapNoise ? 'Behind' : 'Off pace'
}

/** Throws a RangeError when a key result can have no progress: its target equals its baseline, or is no number. */
export function checkSpan(baseline: number, target: number): void {
  if (!Number.isFinite(baseline) || !Number.isFinite(target)) {
    throw new RangeError('a key result needs a number as baseline and as target')
  }
  if (target === baseline)
    throw new RangeError('the target must differ from the baseline: a span of zero has no progress')
}

/**
 * Progress of one key result, right in both directions. `expected` is 0..1, see `expectedShare`. The gap and the status
 * use the unclamped progress, so that a value worse than the start never looks on pace. Throws a RangeError as `checkSpan`.
 */
export function keyResultProgress(
  {
    baseline,
    target,
    value,
    expected,
  }: { baseline: number; target: number; value: number; expected: number },
  bands: PaceBands = paceBands,
): KeyResultProgress {
  checkSpan(baseline, target)
  const reached = (value - baseline) / (target - baseline)
  // Never -0, whatever the direction.
  const gap = reached - expected + 0
  return {
    progress: Math.min(1, Math.max(0, reached)),
    worseThanStart: reached < 0,
    expected,
    gap,
    status: paceWord(gap, bands),
    shouldBe: baseline + (target - baseline) * expected,
  }
}

/**
 * Progress of an objective: the mean of its key results' clamped progress by their weights. Those without a value yet are
 * left out; null when none has one.
 */
export function objectiveProgress(
  parts: readonly { progress: number | null; weight: number }[],
): number | null {
  let sum = 0
  let weights = 0
  for (const { progress, weight } of parts) {
    if (progress === null) continue
    sum += progress * weight
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}

/**
 * Where progress should be on a local date, 0..1: the share of the cycle's working days that lie before it. Working days are
 * the dates on which a shift starts; all days when the calendar has none. Both ends of the cycle belong to it.
 */
export function expectedShare(
  cycle: { startDate: string; endDate: string },
  calendar: ShiftCalendar,
  todayLocalDate: string,
): number {
  const first = dayNumber(cycle.startDate)
  const last = dayNumber(cycle.endDate)
  const today = dayNumber(todayLocalDate)
  if (last < first)
    throw new RangeError(`the cycle ends on ${cycle.endDate}, before it starts on ${cycle.startDate}`)
  let days = 0
  let elapsed = 0
  for (let day = first; day <= last; day++) {
    if (!isWorkingDay(calendar, dateOfDay(day))) continue
    days++
    if (day < today) elapsed++
  }
  if (days > 0) return elapsed / days
  return Math.min(1, Math.max(0, (today - first) / (last - first + 1)))
}

/** Running week of a cycle (1 in its first seven days, clamped to the cycle) and how many weeks it has. */
export function cycleWeek(
  cycle: { startDate: string; endDate: string },
  todayLocalDate: string,
): { week: number; weeks: number } {
  const first = dayNumber(cycle.startDate)
  const weeks = Math.ceil((dayNumber(cycle.endDate) - first + 1) / 7)
  const week = Math.floor((dayNumber(todayLocalDate) - first) / 7) + 1
  return { week: Math.min(weeks, Math.max(1, week)), weeks }
}

/** Whether the weekly check-in is due; `ageDays` counts from the last one, or from the start of the cycle. */
export function checkInDue(ageDays: number): 'no' | 'due' | 'overdue' {
  if (ageDays >= checkInOverdueDays) return 'overdue'
  return ageDays >= checkInDueDays ? 'due' : 'no'
}
