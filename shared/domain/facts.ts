/**
 * What happened on a line, as the KPI core sees it. Every instant is an integer of epoch milliseconds (UTC), every
 * interval is half-open [startMs, endMs). Facts of one kind are ordered by (atMs, seq); `seq` is the store's insertion
 * number and breaks ties, so that a model rebuilt from the store equals the live one.
 */
export type EpochMs = number

export type Interval = { startMs: EpochMs; endMs: EpochMs }

/** States of the native `state` topic. */
export const lineStates = [
  'running',
  'stopped',
  'changeover',
  'starved',
  'blocked',
  'break',
  'maintenance',
  'idle',
  'off',
] as const
export type LineState = (typeof lineStates)[number]

export type StateFact = { seq: number; atMs: EpochMs; state: LineState; reason?: string; cell?: string }

export type ChangeoverFact = {
  seq: number
  atMs: EpochMs
  event: 'start' | 'step' | 'end'
  from?: string
  to?: string
  step?: string
}

/** From `atMs` on the line makes `product`. First and last good piece bound the derived changeover. */
export type ProductRun = {
  seq: number
  atMs: EpochMs
  product: string
  order?: string
  /** Pieces ordered; becomes the shift target when given. */
  target?: number
  /** Overrides the product's ideal cycle time for this run. */
  idealCycleMs?: number
  firstGoodMs: EpochMs | null
  lastGoodMs: EpochMs | null
}

/** Somebody said why the line stood: holds for all stop time inside [startMs, endMs). The latest seq wins. */
export type StopReasonFact = { seq: number; startMs: EpochMs; endMs: EpochMs | null; reason: string }

/**
 * What somebody made of the stops. startMs = endMs: a stop is cut in two there. Else all stop time inside [startMs, endMs) is
 * one stop, with this reason where one was given. The latest seq wins.
 */
export type StopEditFact = { seq: number; startMs: EpochMs; endMs: EpochMs; reason: string | null }

/** The engine heard nothing from the line's source in this time. `endMs` null: still silent. */
export type Silence = { startMs: EpochMs; endMs: EpochMs | null }

/**
 * Pieces of one product in one minute. `idealTotalMs` is the sum of ideal cycle time x (good + scrap), `idealGoodMs` the
 * same for good pieces, both in milliseconds; null when the product's ideal cycle time is not known.
 */
export type CountBucket = {
  startMs: EpochMs
  product: string
  good: number
  scrap: number
  rework: number
  idealTotalMs: number | null
  idealGoodMs: number | null
}

/** Scrap by reason in one minute. `customer` escapes never change a shift's counts; they are listed apart. */
export type ScrapBucket = {
  startMs: EpochMs
  reason: string
  detected: 'internal' | 'customer'
  qty: number
}

/**
 * What can happen to a call for help: `coming`: somebody is on the way (an acknowledgement too); `again`: nobody has come, or not
 * enough; the last three end it, and only `resolve` has a time to resolve.
 */
export const callEvents = ['raise', 'ack', 'coming', 'again', 'resolve', 'reject', 'cancel'] as const
export type CallEvent = (typeof callEvents)[number]

export type CallFact = {
  seq: number
  atMs: EpochMs
  call: string
  event: CallEvent
  category?: string
  who?: string
  text?: string
  cell?: string
}

/**
 * Everything the KPI core needs to know of one line over some span of time. Arrays are sorted by time. Beside the facts inside
 * the span it needs what reaches into it: the last state of the line itself and of each of its cells, changeovers from the last
 * `end` on, the product runs back to the one that made good pieces before the run in force, stop reasons, activity and silences
 * whose interval reaches in, and the last activity before it.
 */
export type LineFacts = {
  states: readonly StateFact[]
  changeovers: readonly ChangeoverFact[]
  products: readonly ProductRun[]
  stopReasons: readonly StopReasonFact[]
  stopEdits: readonly StopEditFact[]
  /** Times in which pieces came, joined where the gap is at most `LineRules.runningGapMs`. Used when no state is known. */
  activity: readonly Interval[]
  silences: readonly Silence[]
  counts: readonly CountBucket[]
  scraps: readonly ScrapBucket[]
}
