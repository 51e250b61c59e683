import type { EpochMs } from '../domain/facts.ts'
import type { Effect } from '../domain/gaps/effect.ts'
import type { Gap } from '../domain/gaps/gap.ts'
import type { RedState } from '../domain/gaps/red-protocol.ts'
import type { KeyResultView, Objective, PaceWord } from '../domain/key-results.ts'
import type { LintFinding } from '../domain/okr/lint.ts'
import type { LintSeverity } from '../domain/okr/lint-rules.ts'
import type { KpiBand, KpiSource, KpiUse } from '../domain/kpis/kpi-definition.ts'
import type { KpiDirection, KpiKind, KpiTheme } from '../domain/kpis/kpi-spec.ts'
import type { LetterTheme } from '../domain/letters.ts'

export type KeyResultsPart = {
  /** The running ones in plan order; the last one that ran when none does. */
  objectives: readonly ObjectiveView[]
  /** Those of the objectives, in their order. */
  items: readonly KeyResultView[]
  /** What was locked in, the step in force of each KPI. */
  normals: readonly NormalView[]
}

/** Weighted mean of key results (`objectiveProgress`), and of where they should be by now; null: nothing measured yet. */
export type ObjectiveMean = { progress: number; expected: number } | null

export type ObjectiveView = Pick<Objective, 'id' | 'title' | 'cycle'> & {
  week: number
  weeks: number
  mean: ObjectiveMean
}

/** A new normal that the team signed; numbers in `unit`. */
export type NormalView = {
  keyResultId: string
  name: string
  unit: string
  decimals: number
  fromMs: EpochMs
  baseline: number
  target: number
  lower: number
  upper: number
  /** The KPI has fallen back behind its signed limits: a signal, not a bad day. */
  fallenBack: boolean
}

/** What could be better about the KPIs and objectives of a line, gravest first, at most `maxFindings`. */
export const maxFindings = 40
export type BoardHealthPart = {
  findings: readonly HealthFinding[]
  /** All of them, by severity. */
  counts: Readonly<Record<LintSeverity, number>>
}
/** `sinceDate`: local date of the first night that found it without a break; null: not seen by a night yet. */
export type HealthFinding = LintFinding & { sinceDate: string | null }

/** The three clocks of the team: check-ins every week, KPI reviews every month, planning at the end of the cycle. */
export const cadenceKinds = ['weekly', 'monthly', 'cycle'] as const
export type CadenceItem = {
  kind: (typeof cadenceKinds)[number]
  /** Local dates; null: never, or nothing to do. */
  lastDate: string | null
  dueDate: string | null
  /** Key results checked in this week; objectives of the cycle that are closed. */
  done: number
  total: number
  state: 'ok' | 'due' | 'overdue' | 'none'
}
export type CadencePart = { items: readonly CadenceItem[] }

/** How a day went: `near` is a near miss, or close to the limit; `off` a day without work. */
export type DayMark = 'hit' | 'near' | 'miss' | 'off' | 'unknown'

export type SqdcpPart = {
  /** Days of this month, 28..31, and today's, from 1. */
  days: number
  today: number
  /** Any number of themes; the page shows those of `display.letters`. */
  letters: readonly SqdcpLetter[]
  /** What stands out today, in one sentence. */
  note: { theme: LetterTheme; words: string } | null
}

export type SqdcpLetter = {
  theme: LetterTheme
  /** The theme's leading number, and what it counts. */
  value: number | null
  decimals: number
  unit: string
  /** What the board itself counted; null: a figure of the plant's own, whose name is `caption`. */
  counts: 'daysSafe' | 'daysRecorded' | 'scrap' | 'attainment' | null
  caption: string
  status: 'hit' | 'near' | 'miss' | 'unknown'
  /** Marks from the 1st up to today. */
  marks: readonly DayMark[]
}

export type ActionsPart = {
  /** Open actions, the most urgent first, at most 12. */
  items: readonly ActionItem[]
  open: number
  late: number
  /** What the last countermeasures with a KPI did, newest first, at most 3. */
  effects: readonly ActionEffect[]
}

export type ActionEffect = Effect & {
  id: string
  what: string
  kpiName: string
  unit: string
  decimals: number
}

export type GapsPart = {
  /** The largest first, at most 6. */
  items: readonly GapItem[]
  all: number
  /** This line's own answers to "what stood in the way?". */
  causes: { environment: number; all: number }
}

/** A KPI that is worse than agreed, or drifts away from what is usual. Values in the KPI's unit. */
export type GapItem = Omit<Gap, 'score'> & {
  name: string
  unit: string
  decimals: number
  band: KpiBand | null
  owner: string | null
  /** When its chart first signalled that it drifts to the worse; null: it does not. */
  driftMs: EpochMs | null
  /** Shifts until it crosses into red; `latest` null: nobody can say. */
  crosses: { earliest: number; about: number; latest: number | null } | null
  /** Behind what was locked in: a signal, not a bad day. */
  fallenBack: boolean
  red: GapRed | null
  /** Name of a running key result that follows the KPI. */
  keyResult: string | null
  openActions: number
}

/** Where the action protocol of a red KPI stands, with whom it asks. */
export type GapRed = RedState & { who: string; firstResponse: string; escalateTo: string }

/** The KPIs that the line rotates, in pairs of leading and lagging. */
export type KpisPart = {
  /** In the order in which they were agreed; what drives another stands before it. At most 20. */
  items: readonly KpiItem[]
  /** KPIs that this month's review has not looked at. */
  leftToReview: number
}

export type KpiItem = {
  id: string
  name: string
  source: KpiSource
  theme: KpiTheme
  kind: KpiKind
  use: KpiUse
  unit: string
  decimals: number
  direction: KpiDirection
  target: number | null
  band: KpiBand | null
  owner: string | null
  objective: string | null
  drives: string | null
  /** Of the newest 5 points. */
  value: number | null
  valueAtMs: EpochMs | null
  /** Points that it rests on, at most 5. */
  sampleSize: number
  /** Oldest first, at most 40. */
  points: readonly number[]
  /** Natural limits; null: too few points. */
  limits: KpiLimits | null
  /** Limits of the points before `to`, an index, from before others were locked in. Oldest first. */
  earlier: readonly { to: number; limits: KpiLimits | null }[]
  drift: 'better' | 'worse' | null
  targetAgeDays: number | null
  openActions: number
  /** The most urgent of them, at most `maxKpiActions`. */
  actions: readonly ActionItem[]
  reviewed: boolean
  /** "31 of 90 days of data" in numbers. */
  days: number
  stable: boolean | null
}

export type KpiLimits = { mean: number; ucl: number; lcl: number }

export type ActionItem = {
  id: string
  what: string
  /** First name or role. */
  who: string | null
  /** Local date; null: no due date. */
  due: string | null
  late: boolean
}

/** From the plant's goal over the objectives that serve it to the lines that work on them. Three levels at most. */
export type StrategyPart = {
  goal: string
  /** At most 4. */
  objectives: readonly StrategyObjective[]
  /** Objectives of lines that serve nothing above, at most 8. */
  orphans: readonly { id: string; title: string; lineId: string }[]
}

export type StrategyObjective = {
  id: string
  title: string
  /** Key results of the objective, and those that are on pace. */
  keyResults: number
  onPace: number
  /** The worst of them; null: nothing measured yet. */
  status: PaceWord | null
  mean: ObjectiveMean
  /** Lines that work on it. */
  lineIds: readonly string[]
  /** What the board's own line gives to it. */
  own: { keyResults: number; onPace: number }
}
