import type { EpochMs, Interval } from '../domain/facts.ts'
import type { Effect } from '../domain/gaps/effect.ts'
import type { Gap } from '../domain/gaps/gap.ts'
import type { RedState } from '../domain/gaps/red-protocol.ts'
import type { Freshness } from '../domain/freshness.ts'
import type { HourRow } from '../domain/hours.ts'
import type { KeyResultView, Objective, PaceWord } from '../domain/key-results.ts'
import type { LintFinding } from '../domain/okr/lint.ts'
import type { LintSeverity } from '../domain/okr/lint-rules.ts'
import type { ChangeoverEntry, KpiRatios, KpiSums } from '../domain/kpi.ts'
import type { KpiBand, KpiUse } from '../domain/kpis/kpi-definition.ts'
import type { KpiDirection, KpiKind, KpiTheme } from '../domain/kpis/kpi-spec.ts'
import type { Maturity } from '../domain/kpis/maturity.ts'
import type { LetterTheme } from '../domain/letters.ts'
import type { OeeLosses } from '../domain/losses.ts'
import type { Pace } from '../domain/pace.ts'
import type { XmrLimits } from '../domain/spc.ts'
import type { Segment } from '../domain/timeline.ts'
import type { WesternElectricRule } from '../domain/western-electric.ts'
import type { DisplaySettings } from '../settings/display.ts'
import type { Language } from '../settings/languages.ts'

/**
 * What one screen shows of one line. Fractions are 0..1 (performance and OEE may exceed 1), times epoch milliseconds,
 * counts pieces. Formatting, rounding and words are the page's. Each part is replaced whole when it changes.
 */
export type Board = {
  site: SitePart
  health: HealthPart
  line: LinePart
  status: StatusPart
  hours: HoursPart
  oee: OeePart
  scrap: ScrapPart
  changeover: ChangeoverPart
  keyResults: KeyResultsPart
  boardHealth: BoardHealthPart
  cadence: CadencePart
  /** null: not set up. */
  sqdcp: SqdcpPart | null
  /** null: not set up. Open calls stand in `line`. */
  actions: ActionsPart | null
  /** null: no KPIs were agreed on. */
  gaps: GapsPart | null
  /** null: no KPIs were agreed on. */
  kpis: KpisPart | null
  /** null: not set up. */
  strategy: StrategyPart | null
  /** null: the plant has one line only. */
  plant: PlantPart | null
}
export type BoardPart = keyof Board

export type SitePart = {
  siteName: string
  timeZone: string
  locale: string
  language: Language
  /** True: the board says "Demo". */
  demo: boolean
  /** Shown under the PIN pad of the demo only. */
  demoPin: string | null
  lineId: string
  lineName: string
  unit: string
  /** In which scrap costs something, such as EUR; null: not known. */
  currency: string | null
  lines: readonly { id: string; name: string }[]
  display: Omit<DisplaySettings, 'line' | 'language'>
  scrapReasons: readonly string[]
  stopReasons: readonly string[]
  /** Kinds of help that can be called, in the order of plant.yaml. */
  callCategories: readonly { id: string; name: string | null; what: readonly string[]; hold: boolean }[]
  /** Parts of the line, in its direction. */
  cells: readonly string[]
  products: readonly { id: string; name: string }[]
}

export type HealthPart = {
  broker: {
    state: 'connected' | 'connecting' | 'offline'
    sinceMs: EpochMs
    /** host:port, never credentials */ address: string
    /** One sentence: why there is no connection; null or absent: nothing known. */
    problem?: string | null
    /** Protocol of the newest connection; absent: there was none yet. */
    mqtt?: '5' | '3.1.1'
    /** What in the broker's grants costs messages, one sentence each that says what to do. */
    advice?: readonly string[]
  }
  /** Messages refused since the engine's store was made, with the newest reason. */
  rejected: number
  lastReject: { atMs: EpochMs; topic: string; reason: string } | null
  /** Of those, kept apart because they could be right: ahead of our clock, too old, or not believed. */
  quarantined: number
  /** Sources whose clock is off, worst first, at most 5. Seconds; negative: ahead of this board. */
  skewed: readonly { source: string; skewS: number }[]
  /** Why storing fails; nothing is acknowledged meanwhile. */
  storeProblem: StoreProblemKind | null
  /** What whoever looks after the board should know about the store. */
  storeNotice: StoreNotice | null
  /**
   * While messages come in that the broker kept: about how many are still to come, reckoned from their times, since no broker
   * tells, and of what time the newest data are. Null: not known to be behind.
   */
  catchingUp: { behind: number; dataOfMs: EpochMs } | null
  version: string
}

export type StoreProblemKind = 'full' | 'locked' | 'readonly' | 'damaged' | 'failing'
export type StoreNotice =
  | { kind: 'diskLow'; freeMb: number }
  | { kind: 'damaged' }
  /** Another store took the place of this one: its copy of that time, or (null) an empty one. */
  | { kind: 'setAside'; why: 'damaged' | 'newer'; name: string; copyMs: EpochMs | null }

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

export type { HourRow }

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

export type KeyResultsPart = {
  objective: Pick<Objective, 'id' | 'title' | 'cycle'> | null
  week: number
  weeks: number
  items: readonly KeyResultView[]
  /** What was locked in, the step in force of each KPI. */
  normals: readonly NormalView[]
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
  limits: { mean: number; ucl: number; lcl: number } | null
  drift: 'better' | 'worse' | null
  targetAgeDays: number | null
  openActions: number
  reviewed: boolean
  /** "31 of 90 days of data" in numbers. */
  days: number
  stable: boolean | null
}

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
  /** Lines that work on it. */
  lineIds: readonly string[]
  /** What the board's own line gives to it. */
  own: { keyResults: number; onPace: number }
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
