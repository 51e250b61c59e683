import type { EpochMs, Interval } from '../domain/facts.ts'
import type { Freshness } from '../domain/freshness.ts'
import type { HourRow } from '../domain/hours.ts'
import type { ChangeoverEntry, KpiRatios, KpiSums } from '../domain/kpi.ts'
import type { Maturity } from '../domain/kpis/maturity.ts'
import type { OeeLosses } from '../domain/losses.ts'
import type { Pace } from '../domain/pace.ts'
import type { XmrLimits } from '../domain/spc.ts'
import type { Segment } from '../domain/timeline.ts'
import type { WesternElectricRule } from '../domain/western-electric.ts'

export type { HourRow }

/** One word for the line. `nodata` as soon as the line's source is stale. */
export type LineWord =
  | 'running'
  | 'slow'
  | 'stopped'
  | 'down'
  | 'waiting'
  | 'changeover'
  | 'break'
  | 'maintenance'
  | 'planned'
  | 'notscheduled'
  | 'nodata'

export type LinePart = {
  word: LineWord
  /** Start of the present word's state. */
  sinceMs: EpochMs | null
  reason: string | null
  cell: string | null
  product: { id: string; name: string } | null
  shift: {
    name: string
    date: string
    startMs: EpochMs
    endMs: EpochMs
    crew: string | null
    /** True while the line works beyond its usual plan. */
    overtime: boolean
  } | null
  nextShift: { name: string; startMs: EpochMs } | null
  /** The break or planned slot running now, if any: its end, and for a slot its name. */
  breakEndsMs: EpochMs | null
  slotName: string | null
  freshness: Freshness
  /** Arrival of the newest message of this line. */
  lastReadingMs: EpochMs | null
  /** All values of the other parts are as of this instant: now, or the last reading when stale. */
  asOfMs: EpochMs
  openCalls: readonly OpenCall[]
}

export type OpenCall = {
  call: string
  category: string
  raisedMs: EpochMs
  ackMs: EpochMs | null
  who: string | null
  text: string | null
  /** Without an answer by then the call is overdue. */
  answerByMs: EpochMs
  /** Where; null: the whole line. */
  cell: string | null
  /** Somebody said to be on the way, and not only to have seen it. */
  coming: boolean
  /** How often it was raised; more than once: somebody is waiting impatiently. */
  times: number
  /** Since nobody answers: how far up it went (from 1), and who was told last. Null: not at all. */
  escalation: { level: number; to: string } | null
}

export type StatusPart = {
  /** null: no plan for this shift, or not scheduled. */
  pace: Pace | null
  made: number
  /** Since shift start, up to asOf. */
  timeline: readonly Segment[]
  shift: Interval | null
  breaks: readonly Interval[]
  /** Planned non-production, past and to come. */
  slots: readonly (Interval & { name: string })[]
  /** Pieces lost in the present stop, by the plan's rate. */
  lostInStop: number | null
}

/** What of it counts pieces, and changes with most messages. */
export type PieceCounts = Pick<StatusPart, 'pace' | 'made'>

export type HoursPart = { rows: readonly HourRow[]; made: number; gap: number | null }

export type OeePart = {
  sums: KpiSums | null
  ratios: KpiRatios | null
  target: number | null
  losses: OeeLosses | null
  /** How far the OEE of this line can be trusted. */
  maturity: Maturity
}

export type ScrapPart = {
  /** This shift, as of the line's last reading. */
  ratio: number | null
  /** Pieces up to now: what people typed in counts also while the line is silent. */
  scrap: number
  total: number
  target: number | null
  /** Most pieces first; '' is scrap for which nobody said why. */
  reasons: readonly { reason: string; qty: number }[]
  customer: number
  /** One point per finished shift, oldest first, at most 22. */
  history: readonly { atMs: EpochMs; label: string; ratio: number; total: number }[]
  /**
   * XmR over the history, oldest first: a change of the process that the team has confirmed starts a new stretch, and the old
   * one keeps its limits. Limits are null under 6 points.
   */
  segments: readonly {
    from: number
    to: number
    limits: Pick<XmrLimits, 'mean' | 'ucl' | 'lcl'> | null
  }[]
  /** Of the newest point; only a signal may say better or worse. */
  signal: 'better' | 'worse' | 'none' | 'collecting'
  /** The rule that gave the signal. */
  rule: WesternElectricRule | null
  /** This shift's, in the site's currency; null: a price is not known. */
  cost: number | null
  maturity: Maturity
}

export type ChangeoverPart = {
  current: CurrentChangeover | null
  targetMs: number | null
  /** Newest first, at most 12. */
  recent: readonly ChangeoverEntry[]
  meanMs: number | null
  bestMs: number | null
}

export type CurrentChangeover = ChangeoverEntry & {
  /** The newest step that was reported. */
  step: string | null
  /** Work that needs the line to stand still, in order. Empty: not set up, and none was reported. */
  steps: readonly ChangeoverStep[]
  /** Work that can be done while the line runs. */
  prep: readonly { name: string; done: boolean }[]
}

export type ChangeoverStep = {
  name: string
  plannedMs: number | null
  /** null: not begun. */
  startMs: EpochMs | null
  /** null: not done. */
  endMs: EpochMs | null
}

export type PlantPart = {
  /** Every line in the order of plant.yaml. */
  lines: readonly PlantLine[]
}

export type PlantLine = {
  id: string
  name: string
  word: LineWord
  sinceMs: EpochMs | null
  reason: string | null
  freshness: Freshness
  lastReadingMs: EpochMs | null
  /** Pieces made this shift; `gap` and the others are null without a plan. */
  made: number
  gap: number | null
  target: number | null
  targetSoFar: number | null
  nextShiftMs: EpochMs | null
}
