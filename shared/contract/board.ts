import type { LetterTheme } from '../domain/letters.ts'
import type { EpochMs } from '../domain/facts.ts'
import type { DisplaySettings } from '../settings/display.ts'
import type { FiscalYearStart } from '../domain/okr/cycle.ts'
import type { Language } from '../settings/languages.ts'
import type {
  LinePart,
  StatusPart,
  HoursPart,
  OeePart,
  ScrapPart,
  ChangeoverPart,
  PlantPart,
} from './board-line.ts'
import type { HuddlePart } from './board-huddle.ts'
import type {
  KeyResultsPart,
  BoardHealthPart,
  CadencePart,
  SqdcpPart,
  ActionsPart,
  GapsPart,
  KpisPart,
  StrategyPart,
} from './board-team.ts'
import type { BrokerAdvice, BrokerProblem } from './broker.ts'

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
  huddle: HuddlePart
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
  /** Cycles of objectives follow it. */
  fiscalYearStart: FiscalYearStart
  lines: readonly { id: string; name: string }[]
  display: Omit<DisplaySettings, 'line' | 'language' | 'output' | 'touchOutput'>
  scrapReasons: readonly string[]
  /** Figures that are typed in for a day's letter. */
  figures: readonly { id: string; name: string; unit: string; decimals: number; theme: LetterTheme }[]
  /** Barcodes that stand for a reason. */
  reasonCodes: Readonly<Record<string, string>>
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
    /** Why there is no connection; null or absent: nothing known. */
    problem?: BrokerProblem | null
    /** Protocol of the newest connection; absent: there was none yet. */
    mqtt?: '5' | '3.1.1'
    /** What in the broker's grants costs messages. */
    advice?: readonly BrokerAdvice[]
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
