import { countStateTracks } from '../../../db/queries/state-facts.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { readPieces } from '../../../db/queries/readings.ts'
import { reject } from '../ingest/outcome.ts'
import type { CountField, Part, Rejected } from '../ingest/outcome.ts'
import type { Signal } from '../ingest/signals.ts'
import { lateStep } from './late-total.ts'
import type { LateStep } from './late-total.ts'
import type { LineWork } from './line-work.ts'
import type { PieceEntry } from './piece-entries.ts'
import { change } from './record-correction.ts'
import { maxPerMs, stepTotal } from './running-total.ts'
import type { CounterLimits, TotalStep } from './running-total.ts'

type CountData = Extract<Signal, { kind: 'count' }>['data']

/** Names that one line may bring up in each of: running totals, cells with states, and keys of `value`. */
export const namesPerLine = 400

/** Pieces that a message adds to the line's counts; totals are resolved against the newest known ones. */
export type CountEffect = {
  good: number
  scrap: number
  /** Pieces counted as good before that are scrap. */
  lateScrap: number
  /** What a total that came late changes in the reading after it. */
  moves: readonly PieceEntry[]
  /** After the reading was stored. */
  apply: () => void
}
/** Nothing is counted; `apply` notes what was not believed. */
export type NoEffect = Rejected & { apply?: () => void }

const noMoves: readonly PieceEntry[] = []
const nothing = (): void => {}
const noCounts: CountEffect = { good: 0, scrap: 0, lateScrap: 0, moves: noMoves, apply: nothing }

/** Fields of a message that tell running totals. */
export const totalFields = [
  { field: 'good', name: 'total_good' },
  { field: 'scrap', name: 'total_scrap' },
  { field: 'all', name: 'total_all' },
  { field: 'lateScrap', name: 'total_late_scrap' },
] as const satisfies readonly { field: CountField; name: keyof CountData }[]

/** Resolves a message's pieces without changing anything. */
export function countEffect(
  work: LineWork,
  part: Pick<Part, 'signal' | 'counters'>,
  atMs: EpochMs,
  ownTime: boolean,
): CountEffect | NoEffect {
  const { signal } = part
  if (signal.kind === 'scrap') {
    const { qty, detected, included } = signal.data
    return detected === 'internal' && !included ? { ...noCounts, scrap: qty } : noCounts
  }
  if (signal.kind === 'value') return newKeyFits(work, signal.data.key) ?? noCounts
  if (signal.kind === 'state') {
    const { cell } = signal.data
    const isNew = cell !== undefined && work.writers.facts.newest(work.setup.id, 'state', cell) === null
    return isNew && countStateTracks(work.writers.db, work.setup.id) >= namesPerLine
      ? reject('limit', `cell: the line already has states of ${namesPerLine} cells`)
      : noCounts
  }
  if (signal.kind !== 'count') return noCounts
  const { data } = signal
  if (data.replaces) return replacedEffect(work, data, atMs)
  const { total_good, total_scrap, total_all, total_late_scrap } = data
  if ((total_good ?? total_scrap ?? total_all ?? total_late_scrap) === undefined) {
    const { good, scrap = 0, all, late_scrap: lateScrap = 0 } = data
    return {
      good: all === undefined ? (good ?? 0) : all - scrap,
      scrap,
      lateScrap,
      moves: noMoves,
      apply: nothing,
    }
  }
  return totalsEffect(work, data, part.counters ?? {}, atMs, ownTime)
}

/** The pieces counted at this very instant become what the message says; what it does not say stays. */
function replacedEffect(work: LineWork, { all, scrap }: CountData, atMs: EpochMs): CountEffect | NoEffect {
  work.inOrder()
  const there = readPieces(work.writers.db, work.setup.id, { startMs: atMs, endMs: atMs + 1 })
  if (there.length === 0) {
    return reject('unmatched', 'count: replaces the pieces of its time, but none were counted then')
  }
  const sum = (field: 'good' | 'scrap') => there.reduce((total, one) => total + one[field], 0)
  const now = { good: sum('good'), scrap: sum('scrap') }
  const newScrap = scrap ?? now.scrap
  const newGood = (all ?? now.good + now.scrap) - newScrap
  if (newGood < 0) {
    return reject('field', `count: would leave ${newScrap} scrap of ${newGood + newScrap} pieces`)
  }
  const moves = [
    ...change(work, 'good', newGood - now.good, atMs),
    ...change(work, 'scrap', newScrap - now.scrap, atMs),
  ]
  return { ...noCounts, moves }
}

function newKeyFits(work: LineWork, key: string): Rejected | null {
  const isNew = !Object.hasOwn(work.model.values, key) && !work.values.has(key)
  const known = Object.keys(work.model.values).length + newNames(work.values, work.model.values)
  return isNew && known >= namesPerLine
    ? reject('limit', `key: the line already has ${namesPerLine} different keys`)
    : null
}

function totalsEffect(
  work: LineWork,
  data: CountData,
  counters: NonNullable<Part['counters']>,
  atMs: EpochMs,
  ownTime: boolean,
): CountEffect | NoEffect {
  const pieces = {
    good: data.good ?? 0,
    scrap: data.scrap ?? 0,
    all: data.all ?? 0,
    lateScrap: data.late_scrap ?? 0,
  }
  const hasAll = (data.all ?? data.total_all) !== undefined
  const moves: PieceEntry[] = []
  const applies: (() => void)[] = []
  let newTotals = 0
  for (const { field, name } of totalFields) {
    const total = data[name]
    if (total === undefined) continue
    const key = totalKey(data, field)
    const known = work.totals.get(key) ?? own(work.model.totals, key)
    if (!known) newTotals++
    const limits = limitsOf(work, counters[field])
    const step = stepTotal(known, total, atMs, limits, ownTime)
    if (step.what === 'suspect') {
      const { next } = step
      return {
        ...refusal(name, total, known, atMs, limits),
        apply: () => void (next && work.totals.set(key, next)),
      }
    }
    let late: LateStep | null = null
    if (step.what === 'late') {
      late = lateStep(work, { data, field, name, total, atMs, limits })
      if (late === null) {
        applies.push(() => work.tally('totalsLate'))
        continue
      }
      if (!late.believed) return refusal(name, total, undefined, atMs, limits)
      moves.push(...late.moves)
    }
    pieces[field] += late === null ? step.delta : late.delta
    applies.push(() => {
      if (step.next) work.totals.set(key, step.next)
      tallyStep(work, step)
    })
  }
  const names = Object.keys(work.model.totals).length + newNames(work.totals, work.model.totals)
  if (newTotals > 0 && names + newTotals > namesPerLine) {
    return reject('limit', `cell: the line already has ${namesPerLine} running totals`)
  }
  const good = hasAll ? pieces.all - pieces.scrap : pieces.good
  return {
    // More scrap than pieces came: the rest of it was counted as good before.
    good: Math.max(0, good),
    scrap: pieces.scrap + Math.min(0, good),
    lateScrap: pieces.lateScrap - Math.min(0, good),
    moves,
    apply: () => applies.forEach((apply) => apply()),
  }
}

/** Name under which the newest value of a message's total is kept. */
export function totalKey(data: { counter?: string | null; cell?: string | null }, field: CountField): string {
  return `${data.counter ?? data.cell ?? ''}/${field}`
}

/** Of all products the fastest one decides, and what the present order says itself. */
function limitsOf(work: LineWork, counter: { modulus?: number; maxPerMs?: number } = {}): CounterLimits {
  const { fastestCycleMs, expectedMs } = work.setup
  let fastestMs = fastestCycleMs ?? Infinity
  for (const run of work.model.facts.products) fastestMs = Math.min(fastestMs, run.idealCycleMs ?? Infinity)
  for (const run of work.newRuns) fastestMs = Math.min(fastestMs, run.idealCycleMs ?? Infinity)
  return {
    modulus: counter.modulus ?? null,
    maxPerMs: counter.maxPerMs ?? maxPerMs(fastestMs === Infinity ? null : fastestMs),
    slackMs: 2 * expectedMs,
  }
}

function refusal(
  name: string,
  total: number,
  known: { total: number; atMs: EpochMs } | undefined,
  atMs: EpochMs,
  limits: CounterLimits,
): Rejected {
  const from =
    known === undefined ? '' : ` from ${known.total} within ${Math.round((atMs - known.atMs) / 1000)} s`
  const most =
    limits.maxPerMs === null ? '' : ` (at most ${Math.round(limits.maxPerMs * 60_000)} a minute are believed)`
  return reject(
    'jump',
    `${name}: went to ${total}${from}, which this line can't make${most}; not counted. If it can, mend idealCycleS or set maxPerMinute`,
  )
}

function tallyStep(work: LineWork, { what }: TotalStep): void {
  if (what === 'reset') work.tally('totalResets')
  else if (what === 'rollover') work.tally('totalRollovers')
  else if (what === 'swap' || what === 'resumed') work.tally('totalSwaps')
  else if (what === 'late') work.tally('totalsLate')
}

/** A key may be any word, also one that every object has. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Names that this transaction brought up first. */
function newNames(names: ReadonlyMap<string, unknown>, known: object): number {
  let count = 0
  for (const name of names.keys()) if (!Object.hasOwn(known, name)) count++
  return count
}
