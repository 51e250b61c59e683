import type { CallFact, ChangeoverFact, EpochMs, LineFacts, ProductRun, StateFact } from './facts.ts'

/** Kinds of the native topics. */
export const signalKinds = ['count', 'state', 'changeover', 'product', 'scrap', 'value', 'call'] as const
export type SignalKind = (typeof signalKinds)[number]

/** Newest message of one kind. */
export type LastSeen = { atMs: EpochMs; arrivedMs: EpochMs }

/** Newest believed value of a counter that sends running totals. */
export type RunningTotal = {
  total: number
  atMs: EpochMs
  /** Time without reports that messages without a time of their own may still account for. Milliseconds. */
  spareMs: number
  /** A value that may turn out to be the right one: not believed yet, or from before a reset. */
  other: { total: number; atMs: EpochMs } | null
}

/**
 * Live state of one line, kept in memory by pure reducers (electron/engine/model) and equal, at any time, to the model
 * rebuilt from the store. Holds the facts since `horizonMs`, plus of each kind the last one before it.
 */
export type LineModel = {
  lineId: string
  horizonMs: EpochMs
  facts: LineFacts
  calls: readonly CallFact[]
  lastSeen: Readonly<Partial<Record<SignalKind, LastSeen>>>
  /** Running totals per "counter/field", such as "/good", "filler/scrap" or "ia/acme/hall/press/count/all". */
  totals: Readonly<Record<string, RunningTotal>>
  /** Newest of `value` messages by key. */
  values: Readonly<Record<string, { value: number; unit: string | null; atMs: EpochMs }>>
}

export type { CallFact, ChangeoverFact, ProductRun, StateFact }
