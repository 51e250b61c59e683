import type { EpochMs, ProductRun } from '../../../shared/domain/facts.ts'
import type { LastSeen, LineModel, RunningTotal, SignalKind } from '../../../shared/domain/line-model.ts'
import type { AttributionRules } from '../../../db/attribution.ts'
import type { WriteDb } from '../../../db/handles.ts'
import type { PieceReading } from '../../../db/queries/readings.ts'
import type { ShiftLookup } from '../../../db/rollup-delta.ts'
import type { EntryWriter } from '../../../db/writers/entry-writer.ts'
import type { FactWriter } from '../../../db/writers/fact-writer.ts'
import type { LedgerWriter } from '../../../db/writers/ledger-writer.ts'
import type { ReadingWriter } from '../../../db/writers/reading-writer.ts'
import type { RollupWriter } from '../../../db/writers/rollup-writer.ts'
import type { RejectCode } from '../../../shared/contract/health.ts'
import type { Effect } from './effects.ts'
import type { SignOfLife } from './silences.ts'

export type Writers = {
  db: WriteDb
  /** Runs `work` in a transaction that begins as a writing one; throws what it throws, and nothing was written then. */
  atomic: <T>(work: () => T) => T
  readings: ReadingWriter
  facts: FactWriter
  rollups: RollupWriter
  ledger: LedgerWriter
  entries: EntryWriter
}

/** What stays the same for a line while the engine runs. Times in milliseconds. */
export type LineSetup = {
  id: string
  attribution: AttributionRules
  shiftOf: ShiftLookup
  runningGapMs: number
  staleMs: number
  series: Readonly<Record<SignalKind, number>>
  /** Of the fastest product; null: none has an ideal cycle time. */
  fastestCycleMs: number | null
  /** Between two messages in normal running. */
  expectedMs: number
}

/** Counters by name; see RecorderCounters. */
export type TallyName =
  | `rejected:${RejectCode}`
  | 'quarantined'
  /** Messages that their mapping passes over. */
  | 'passedOver'
  /** Parts of other systems' messages that say again what is known. */
  | 'repeated'
  | 'totalRollovers'
  | 'totalSwaps'
  | 'stored'
  | 'duplicates'
  | 'rejected'
  | 'retainedDropped'
  | 'totalResets'
  | 'totalsLate'
  | 'deadLettersDropped'
  | 'reattributionsCut'
  | 'sideErrors'
  | 'keyless'
  /** Quarantined messages that a person counted after all, or refused for good. */
  | 'released'
  | 'discarded'
  | 'delivered'

/**
 * One line's share of one open transaction: what was written so far, and what is settled at its end (settle-line.ts).
 * Nothing of it is seen by others before the commit.
 */
export type LineWork = {
  setup: LineSetup
  writers: Writers
  /** As of the last commit. */
  model: LineModel
  effects: Effect[]
  nextSeq: () => number
  tally: (name: TallyName, by?: number) => void
  newRuns: ProductRun[]
  pieces: PieceReading[]
  /** Pieces that an undo takes back. */
  takenBack: PieceReading[]
  signs: SignOfLife[]
  /** Made in this transaction, so that they may be changed until it ends. */
  seen: Partial<Record<SignalKind, { -readonly [K in keyof LastSeen]: LastSeen[K] }>>
  totals: Map<string, RunningTotal>
  values: Map<string, EpochMs>
  /** No pieces after this were counted before this transaction; -Infinity: never any. */
  lastPieceMs: EpochMs
  /** Brings all readings of this transaction into the store, for those who look at what came before. */
  inOrder: () => void
  /** Earliest instant from which numbers of finished shifts may have changed. */
  touchedFromMs: EpochMs
}

export function openLineWork(
  from: Pick<LineWork, 'setup' | 'writers' | 'model' | 'nextSeq' | 'tally' | 'lastPieceMs' | 'inOrder'>,
): LineWork {
  return {
    ...from,
    effects: [],
    newRuns: [],
    pieces: [],
    takenBack: [],
    signs: [],
    seen: {},
    totals: new Map(),
    values: new Map(),
    touchedFromMs: Infinity,
  }
}

export function touch(work: LineWork, fromMs: EpochMs): void {
  if (fromMs < work.touchedFromMs) work.touchedFromMs = fromMs
}
