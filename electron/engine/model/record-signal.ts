import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { PieceReading } from '../../../db/queries/readings.ts'
import { scrapEntryPieces } from '../../../db/queries/readings.ts'
import type { CallBody, ChangeoverBody, FactKind, StateBody } from '../../../db/fact-rows.ts'
import type { Signal } from '../ingest/signals.ts'
import { isOpen } from './calls.ts'
import { touch } from './line-work.ts'
import type { LineWork } from './line-work.ts'
import { stepTotal } from './running-total.ts'

/** Names that one line may bring up in each of: running totals (two per cell) and keys of `value`. */
export const namesPerLine = 400

/** Same object without members that are undefined, so that what is stored reads back equal. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}

/** Pieces that a message adds to the line's counts; totals are resolved against the newest known ones. */
export type CountEffect = { good: number; scrap: number; apply: () => void }

const noCounts: CountEffect = { good: 0, scrap: 0, apply: () => {} }

/** Resolves a message's pieces without changing anything; `apply` after the reading was stored. Answers a reason to refuse it. */
export function countEffect(work: LineWork, signal: Signal, atMs: EpochMs): CountEffect | { reason: string } {
  if (signal.kind === 'scrap') {
    const { qty, detected, included } = signal.data
    return detected === 'internal' && !included ? { ...noCounts, scrap: qty } : noCounts
  }
  if (signal.kind === 'value') {
    const { key } = signal.data
    const isNew = !Object.hasOwn(work.model.values, key) && !work.values.has(key)
    return isNew &&
      Object.keys(work.model.values).length + newNames(work.values, work.model.values) >= namesPerLine
      ? { reason: `key: the line already has ${namesPerLine} different keys` }
      : noCounts
  }
  if (signal.kind !== 'count') return noCounts
  const { good, scrap, total_good: totalGood, total_scrap: totalScrap, cell = '' } = signal.data
  if (totalGood === undefined && totalScrap === undefined) {
    return { good: good ?? 0, scrap: scrap ?? 0, apply: () => {} }
  }
  const goodStep = totalStep(work, `${cell}/good`, totalGood, atMs)
  const scrapStep = totalStep(work, `${cell}/scrap`, totalScrap, atMs)
  if (
    (goodStep.isNew || scrapStep.isNew) &&
    Object.keys(work.model.totals).length + newNames(work.totals, work.model.totals) >= namesPerLine
  ) {
    return { reason: `cell: the line already has ${namesPerLine} running totals` }
  }
  return {
    good: good ?? goodStep.delta,
    scrap: scrap ?? scrapStep.delta,
    apply: () => {
      goodStep.apply()
      scrapStep.apply()
    },
  }
}

/** A key may be any word, also one that every object has. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Names that this transaction brought up first. */
function newNames(names: ReadonlyMap<string, unknown>, known: object): number {
  let count = 0
  for (const name of names.keys()) if (!Object.hasOwn(known, name)) count++
  return count
}

function totalStep(work: LineWork, key: string, total: number | undefined, atMs: EpochMs) {
  if (total === undefined) return { delta: 0, isNew: false, apply: () => {} }
  const known = work.totals.get(key) ?? own(work.model.totals, key)
  const step = stepTotal(known, total, atMs)
  return {
    delta: step.delta,
    isNew: known === undefined,
    apply: () => {
      if (step.next) work.totals.set(key, step.next)
      if (step.what === 'reset') work.tally('totalResets')
      if (step.what === 'late') work.tally('totalsLate')
    },
  }
}

/** Writes what a stored message means. `counts`: its resolved pieces, already applied. */
export function recordSignal(work: LineWork, signal: Signal, atMs: EpochMs, counts: CountEffect): void {
  switch (signal.kind) {
    case 'count': {
      const { rework = 0, product = null, reason = '' } = signal.data
      const { good, scrap } = counts
      if (good === 0 && scrap === 0 && rework === 0) return
      const scraps: PieceReading['scraps'] = scrap > 0 ? [{ reason, detected: 'internal', qty: scrap }] : []
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
      return recordState(work, atMs, compact(signal.data))
    case 'changeover':
      return void recordChangeover(work, atMs, compact(signal.data))
    case 'product':
      return recordProduct(work, atMs, signal.data)
    case 'call':
      return recordCall(work, atMs, compact(signal.data))
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

function recordState(work: LineWork, atMs: EpochMs, body: StateBody): void {
  touch(work, work.writers.facts.endsFrom(work.setup.id, 'state', atMs))
  const seq = addFact(work, 'state', body.cell ?? '', atMs, null, body)
  work.effects.push({ type: 'state', fact: { seq, atMs, ...body } })
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

/** For entries. */
export function recordScrapEntry(work: LineWork, atMs: EpochMs, reason: string, qty: number): void {
  work.pieces.push(scrapEntryPieces(atMs, reason, qty))
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

function recordCall(work: LineWork, atMs: EpochMs, body: CallBody): void {
  const { facts } = work.writers
  touch(work, atMs)
  addFact(work, 'call', body.call, atMs, null, body)
  const all = facts.callFacts(work.setup.id, body.call)
  facts.setCallOpen(work.setup.id, body.call, isOpen(all))
  work.effects.push({ type: 'call', call: body.call, facts: all })
}

function recordValue(work: LineWork, atMs: EpochMs, data: Extract<Signal, { kind: 'value' }>['data']): void {
  const { key, value, unit = null } = data
  addFact(work, 'value', key, atMs, null, compact({ value, unit: data.unit }))
  const known = work.values.get(key) ?? own(work.model.values, key)?.atMs
  if (known !== undefined && atMs < known) return
  work.values.set(key, atMs)
  work.writers.ledger.setValue(work.setup.id, key, value, unit, atMs)
  work.effects.push({ type: 'value', key, value, unit, atMs })
}

/** A retained message without time or id that says what is already known: it comes with every new subscription. */
export function repeatsNewest(work: LineWork, signal: Signal): boolean {
  const { facts } = work.writers
  const line = work.setup.id
  const same = (kind: FactKind, track: string, body: object): boolean =>
    facts.newestBody(line, kind, track) === JSON.stringify(body)
  switch (signal.kind) {
    case 'state':
      return same('state', signal.data.cell ?? '', compact(signal.data))
    case 'changeover':
      return same('changeover', '', compact(signal.data))
    case 'call':
      return same('call', signal.data.call, compact(signal.data))
    case 'value':
      return same('value', signal.data.key, compact({ value: signal.data.value, unit: signal.data.unit }))
    case 'product': {
      const run = facts.newestRun(line)
      const { product, order, target } = signal.data
      return run !== null && run.product === product && run.order === order && run.target === target
    }
    case 'count':
    case 'scrap':
      return false
  }
}
