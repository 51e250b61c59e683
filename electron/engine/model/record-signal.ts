import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { PieceReading } from '../../../db/queries/readings.ts'
import { scrapEntryPieces, type ScrapEntryBody } from '../../../db/queries/readings.ts'
import type { CallBody, ChangeoverBody, FactKind, StateBody } from '../../../db/fact-rows.ts'
import type { Signal } from '../ingest/signals.ts'
import { isOpen } from './calls.ts'
import { own } from './count-effect.ts'
import type { CountEffect } from './count-effect.ts'
import { touch } from './line-work.ts'
import type { LineWork } from './line-work.ts'

/** Same object without members that are undefined, so that what is stored reads back equal. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}

const noScraps: PieceReading['scraps'] = []

/** Writes what a stored message means. `counts`: its resolved pieces, already applied. */
export function recordSignal(work: LineWork, signal: Signal, atMs: EpochMs, counts: CountEffect): void {
  switch (signal.kind) {
    case 'count': {
      const { rework = 0, product = null, reason = '' } = signal.data
      const { good, scrap } = counts
      if (good === 0 && scrap === 0 && rework === 0) return
      const scraps = scrap > 0 ? [{ reason, detected: 'internal' as const, qty: scrap }] : noScraps
      work.pieces.push({ atMs, good, scrap, rework, product, fromLine: true, scraps })
      return
    }
    case 'scrap': {
      const { qty, reason, detected, product = null } = signal.data
      const scraps = [{ reason, detected, qty }]
      work.pieces.push({ atMs, good: 0, scrap: counts.scrap, rework: 0, product, fromLine: false, scraps })
      return
    }
    case 'state':
      return recordState(work, atMs, signal.data)
    case 'changeover':
      return void recordChangeover(work, atMs, compact(signal.data))
    case 'product':
      return recordProduct(work, atMs, signal.data)
    case 'call':
      return void recordCall(work, atMs, compact(signal.data))
    case 'value':
      return recordValue(work, atMs, signal.data)
  }
}

function addFact(
  work: LineWork,
  kind: FactKind,
  track: string,
  at: EpochMs,
  until: EpochMs | null,
  body: object,
): number {
  const seq = work.nextSeq()
  work.writers.facts.addFact(seq, work.setup.id, { kind, track, at, until, body })
  return seq
}

type StateData = Extract<Signal, { kind: 'state' }>['data']

/**
 * With `until` it holds for that time alone: what was told in between is told anew at the same instants, where the later word
 * counts, and what held at the end holds again from there.
 */
function recordState(work: LineWork, atMs: EpochMs, { until, ...told }: StateData): void {
  const { facts } = work.writers
  const line = work.setup.id
  const body: StateBody = compact(told)
  const track = body.cell ?? ''
  const add = (at: EpochMs, one: StateBody): void => {
    const seq = addFact(work, 'state', track, at, null, one)
    work.effects.push({ type: 'state', fact: { seq, atMs: at, ...one } })
  }
  touch(work, facts.endsFrom(line, 'state', atMs))
  if (until === undefined) return add(atMs, body)
  const then = facts.stateAsOf(line, track, until)
  for (const at of [atMs, ...facts.stateTimes(line, track, atMs, until)]) add(at, body)
  if (then !== null && then.at < until) add(until, JSON.parse(then.body) as StateBody)
}

/** Also used for entries; answers the fact's number. */
export function recordChangeover(work: LineWork, atMs: EpochMs, body: ChangeoverBody): number {
  touch(work, work.writers.facts.endsFrom(work.setup.id, 'changeover', atMs))
  const seq = addFact(work, 'changeover', '', atMs, null, body)
  work.effects.push({ type: 'changeover', fact: { seq, atMs, ...body } })
  return seq
}

/** For entries; answers the fact's number. */
export function recordStopReason(
  work: LineWork,
  startMs: EpochMs,
  endMs: EpochMs | null,
  reason: string,
): number {
  touch(work, startMs)
  const seq = addFact(work, 'stopReason', '', startMs, endMs, { reason })
  work.effects.push({ type: 'stopReason', fact: { seq, startMs, endMs, reason } })
  return seq
}

/** For entries; answers the fact's number. `startMs` = `endMs`: a split. */
export function recordStopEdit(
  work: LineWork,
  startMs: EpochMs,
  endMs: EpochMs,
  reason: string | null,
): number {
  touch(work, startMs)
  const seq = addFact(work, 'stopEdit', '', startMs, endMs, { reason })
  work.effects.push({ type: 'stopEdit', fact: { seq, startMs, endMs, reason } })
  return seq
}

/** For entries. */
export function recordScrapEntry(work: LineWork, atMs: EpochMs, body: ScrapEntryBody): void {
  work.pieces.push(scrapEntryPieces(atMs, body))
}

function recordProduct(
  work: LineWork,
  atMs: EpochMs,
  data: Extract<Signal, { kind: 'product' }>['data'],
): void {
  const cycleUs = data.ideal_cycle_s === undefined ? undefined : Math.round(data.ideal_cycle_s * 1_000_000)
  const run = compact({
    seq: work.nextSeq(),
    atMs,
    product: data.product,
    order: data.order,
    target: data.target,
    idealCycleMs: cycleUs === undefined ? undefined : cycleUs / 1000,
    firstGoodMs: null,
    lastGoodMs: null,
  })
  work.writers.facts.addRun(work.setup.id, run)
  work.newRuns.push(run)
  work.effects.push({ type: 'run', run })
}

/** Also used for entries; answers the fact's number. */
export function recordCall(work: LineWork, atMs: EpochMs, body: CallBody): number {
  const { facts } = work.writers
  touch(work, atMs)
  const seq = addFact(work, 'call', body.call, atMs, null, body)
  const all = facts.callFacts(work.setup.id, body.call)
  facts.setCallOpen(work.setup.id, body.call, isOpen(all))
  work.effects.push({ type: 'call', call: body.call, facts: all })
  return seq
}

type ValueData = Extract<Signal, { kind: 'value' }>['data']

function recordValue(work: LineWork, atMs: EpochMs, data: ValueData): void {
  addFact(work, 'value', data.key, atMs, null, compact({ value: data.value, unit: data.unit }))
  noteValue(work, data, atMs)
}

/** The value holds at the instant; the newest one of a key is kept. A late one is an effect too: whoever reads them looks again. */
export function noteValue(work: LineWork, data: ValueData, atMs: EpochMs): void {
  const { key, value, unit = null } = data
  const known = work.values.get(key) ?? own(work.model.values, key)?.atMs
  work.effects.push({ type: 'value', key, value, unit, atMs })
  if (known !== undefined && atMs < known) return
  work.values.set(key, atMs)
  work.writers.ledger.setValue(work.setup.id, key, value, unit, atMs)
}

/** A message that says what is already known: a retained one comes with every new subscription, some states every second. */
export function repeatsNewest(work: LineWork, signal: Signal, atMs: EpochMs): boolean {
  const { facts } = work.writers
  const line = work.setup.id
  const same = (kind: FactKind, track: string, body: object): boolean => {
    const newest = facts.newest(line, kind, track)
    return newest !== null && newest.at <= atMs && newest.body === JSON.stringify(body)
  }
  switch (signal.kind) {
    case 'state': {
      const { until, ...told } = signal.data
      return until === undefined && same('state', told.cell ?? '', compact(told))
    }
    case 'changeover':
      return same('changeover', '', compact(signal.data))
    case 'call':
      return same('call', signal.data.call, compact(signal.data))
    case 'value':
      return same('value', signal.data.key, compact({ value: signal.data.value, unit: signal.data.unit }))
    case 'product': {
      const run = facts.newestRun(line)
      const { product, order, target } = signal.data
      if (run === null || run.atMs > atMs) return false
      return run.product === product && run.order === order && run.target === target
    }
    case 'count':
    case 'scrap':
      return false
  }
}
