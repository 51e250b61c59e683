import type { EpochMs, Interval } from '../domain/facts.ts'
import type { Freshness } from '../domain/freshness.ts'
import type { HourRow } from '../domain/hours.ts'
import type { KeyResultView, Objective } from '../domain/key-results.ts'
import type { ChangeoverEntry, KpiRatios, KpiSums } from '../domain/kpi.ts'
import type { OeeLosses } from '../domain/losses.ts'
import type { Pace } from '../domain/pace.ts'
import type { Segment } from '../domain/timeline.ts'
import type { ScreenName } from '../settings/display.ts'
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
  lines: readonly { id: string; name: string }[]
  display: {
    diagonalIn: number
    distanceM: number
    theme: 'dark' | 'light'
    dwellS: number
    screens: readonly ScreenName[]
  }
  scrapReasons: readonly string[]
  stopReasons: readonly string[]
  products: readonly { id: string; name: string }[]
}

export type HealthPart = {
  broker: {
    state: 'connected' | 'connecting' | 'offline'
    sinceMs: EpochMs
    /** host:port, never credentials */ address: string
    /** One sentence: why there is no connection; null or absent: nothing known. */
    problem?: string | null
  }
  /** Messages refused since the engine's store was made, with the newest reason. */
  rejected: number
  lastReject: { atMs: EpochMs; topic: string; reason: string } | null
  /** One sentence when storing fails (disk full, say); nothing is acknowledged meanwhile. */
  storeProblem: string | null
  /** One sentence about the store for whoever looks after the board: disk nearly full, a damaged store set aside. */
  storeNotice: string | null
  version: string
}

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
  /** XmR over the history; null under 6 points. Only a signal may say better or worse. */
  limits: { mean: number; ucl: number; lcl: number } | null
  signal: 'better' | 'worse' | 'none' | 'collecting'
}

export type ChangeoverPart = {
  current: (ChangeoverEntry & { step: string | null }) | null
  targetMs: number | null
  /** Newest first, at most 12. */
  recent: readonly ChangeoverEntry[]
  meanMs: number | null
  bestMs: number | null
}

export type KeyResultsPart = {
  objective: Pick<Objective, 'id' | 'title' | 'cycle'> | null
  week: number
  weeks: number
  items: readonly KeyResultView[]
}
