import type { Reject } from '../../../db/queries/rejects.ts'
import { applyEffects } from './apply-effects.ts'
import { inFlightLimit } from './in-flight.ts'
import type { InFlightPage } from './in-flight.ts'
import { openLineWork } from './line-work.ts'
import type { LineWork, TallyName } from './line-work.ts'
import { applyToLiveSums } from './live-effects.ts'
import { horizonAt, rebuildModel } from './rebuild-model.ts'
import { aside, lineOf } from './recorder-state.ts'
import type { RecorderState } from './recorder-state.ts'
import { settleLine } from './settle-line.ts'

/** One transaction in the making; see `transact`. */
export type Transaction = {
  lines: Map<string, LineWork>
  /** The line's share; throws EntryRefused for an unknown line. */
  line: (lineId: string) => LineWork
  /** Lines whose model is read anew after the commit. */
  rebuild: Set<string>
  inFlight: InFlightPage
  tallies: Map<TallyName, number>
  tally: (name: TallyName, by?: number) => void
  /** Running number of the next message without time and id. */
  nextKeyless: () => number
  lastSeq: number
  reject: Reject | null
  /** See LineWork; readings are stored at once unless somebody sets it. */
  inOrder: () => void
}

/** Runs `work` and settles the lines it touched in one transaction; then brings the models up to date and tells. */
export function transact<T>(state: RecorderState, work: (tx: Transaction) => T): T {
  const { ledger, atomic } = state.writers
  const tx = openTransaction(state)
  const result = atomic((): T => {
    const result = work(tx)
    for (const line of tx.lines.values()) settleLine(line)
    const flights = tx.inFlight.noted()
    if (flights.length > 0) ledger.addInFlight(counted(state, tx, 'delivered'), flights, inFlightLimit)
    for (const [name, by] of tx.tallies) ledger.addTally(name, by)
    return result
  })
  publish(state, tx)
  return result
}

const counted = (state: RecorderState, tx: Transaction, name: TallyName): number =>
  (state.tallies.get(name) ?? 0) + (tx.tallies.get(name) ?? 0)

function openTransaction(state: RecorderState): Transaction {
  const tallies = new Map<TallyName, number>()
  const tx: Transaction = {
    lines: new Map(),
    line: (lineId) => {
      const known = tx.lines.get(lineId)
      if (known) return known
      const { setup, model, newestPieceMs } = lineOf(state, lineId)
      const work = openLineWork({
        setup,
        writers: state.writers,
        model,
        nextSeq: () => ++tx.lastSeq,
        tally: tx.tally,
        lastPieceMs: newestPieceMs,
        inOrder: () => tx.inOrder(),
      })
      tx.lines.set(lineId, work)
      return work
    },
    rebuild: new Set(),
    inFlight: state.inFlight.page(),
    tallies,
    tally: (name, by = 1) => void tallies.set(name, (tallies.get(name) ?? 0) + by),
    nextKeyless: () => {
      tx.tally('keyless')
      return counted(state, tx, 'keyless')
    },
    lastSeq: state.lastSeq,
    reject: state.lastReject,
    inOrder: () => {},
  }
  return tx
}

function publish(state: RecorderState, tx: Transaction): void {
  state.lastSeq = tx.lastSeq
  state.lastReject = tx.reject
  tx.inFlight.keep()
  for (const [name, by] of tx.tallies) state.tallies.set(name, (state.tallies.get(name) ?? 0) + by)
  const changed = new Set<string>()
  for (const [lineId, work] of tx.lines) {
    const line = lineOf(state, lineId)
    for (let index = 0; index < work.pieces.length; index++) {
      const { atMs } = work.pieces[index]!
      if (atMs > line.newestPieceMs) line.newestPieceMs = atMs
    }
    const horizonMs = horizonAt(state.now())
    // A horizon that goes back is that of a clock that was set back: what it let go of is read again.
    if (tx.rebuild.has(lineId) || horizonMs < line.model.horizonMs) {
      line.live.touch()
      line.model = rebuildModel(state.database.read, lineId, horizonMs)
    } else if (work.effects.length > 0) {
      applyToLiveSums(line.live, line.model, work.effects)
      line.model = applyEffects(line.model, work.effects, horizonMs)
    } else continue
    changed.add(lineId)
  }
  if (changed.size === 0) return
  for (const listener of state.listeners) {
    aside(state, 'A listener of recorded changes failed', () => listener(changed))
  }
}
