import type {
  CallFact,
  ChangeoverFact,
  CountBucket,
  EpochMs,
  Interval,
  ProductRun,
  ScrapBucket,
  Silence,
  StateFact,
  StopEditFact,
  StopReasonFact,
} from '../../../shared/domain/facts.ts'
import type { LastSeen, RunningTotal, SignalKind } from '../../../shared/domain/line-model.ts'

/**
 * What a committed transaction changed on one line, as it now stands in the store: rows, never increments, so that the
 * order of applying does not matter and the model equals one rebuilt from the store.
 */
export type Effect =
  | { type: 'state'; fact: StateFact }
  | { type: 'changeover'; fact: ChangeoverFact }
  | { type: 'stopReason'; fact: StopReasonFact }
  | { type: 'stopEdit'; fact: StopEditFact }
  /** New, or known by its `seq` with other first and last good pieces. */
  | { type: 'run'; run: ProductRun }
  /** Stands for all intervals that it covers. */
  | { type: 'activity'; interval: Interval }
  | { type: 'silence'; removeStartMs: EpochMs | null; add: readonly Silence[] }
  /** The whole minute row; no pieces at all: the row is gone. */
  | { type: 'count'; bucket: CountBucket }
  | { type: 'scrap'; bucket: ScrapBucket }
  /** All facts of one call, in order. */
  | { type: 'call'; call: string; facts: readonly CallFact[] }
  | { type: 'seen'; kind: SignalKind; seen: LastSeen }
  | { type: 'total'; key: string; total: RunningTotal }
  | { type: 'value'; key: string; value: number; unit: string | null; atMs: EpochMs }
