import type {
  CallFact,
  ChangeoverFact,
  EpochMs,
  ProductRun,
  StateFact,
  StopEditFact,
  StopReasonFact,
} from '../shared/domain/facts.ts'

/** Kinds of the fact table; product runs have a table of their own. */
export type FactKind = 'state' | 'changeover' | 'stopReason' | 'stopEdit' | 'call' | 'value'

export type FactRow = { seq: number; at: EpochMs; until: EpochMs | null; body: string }

export type RunRow = {
  seq: number
  at: EpochMs
  product: string
  order_id: string | null
  target: number | null
  ideal_cycle_us: number | null
  first_good: EpochMs | null
  last_good: EpochMs | null
}

export type StateBody = Omit<StateFact, 'seq' | 'atMs'>
export type ChangeoverBody = Omit<ChangeoverFact, 'seq' | 'atMs'>
export type CallBody = Omit<CallFact, 'seq' | 'atMs'>

export function stateFact(row: FactRow): StateFact {
  return { seq: row.seq, atMs: row.at, ...(JSON.parse(row.body) as StateBody) }
}

export function changeoverFact(row: FactRow): ChangeoverFact {
  return { seq: row.seq, atMs: row.at, ...(JSON.parse(row.body) as ChangeoverBody) }
}

export function callFact(row: FactRow): CallFact {
  return { seq: row.seq, atMs: row.at, ...(JSON.parse(row.body) as CallBody) }
}

export function stopReasonFact(row: FactRow): StopReasonFact {
  const { reason } = JSON.parse(row.body) as { reason: string }
  return { seq: row.seq, startMs: row.at, endMs: row.until, reason }
}

export function stopEditFact(row: FactRow): StopEditFact {
  const { reason } = JSON.parse(row.body) as { reason: string | null }
  return { seq: row.seq, startMs: row.at, endMs: row.until ?? row.at, reason }
}

export function productRun(row: RunRow): ProductRun {
  return {
    seq: row.seq,
    atMs: row.at,
    product: row.product,
    ...(row.order_id === null ? {} : { order: row.order_id }),
    ...(row.target === null ? {} : { target: row.target }),
    ...(row.ideal_cycle_us === null ? {} : { idealCycleMs: row.ideal_cycle_us / 1000 }),
    firstGoodMs: row.first_good,
    lastGoodMs: row.last_good,
  }
}
