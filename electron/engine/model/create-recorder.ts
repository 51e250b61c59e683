import { lastArrival } from '../../../db/queries/last-arrival.ts'
import { readMemo } from '../../../db/queries/memo.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { SignalKind } from '../../../shared/domain/line-model.ts'
import type { Recorder, RecorderCounters, RecorderOptions } from '../recorder.ts'
import type { TallyName } from './line-work.ts'
import { recordBatch } from './record-batch.ts'
import { recordEntry } from './record-entry.ts'
import { rejectTallies } from './reject-tallies.ts'
import { settleQuarantined } from './settle-quarantined.ts'
import { lineOf, openRecorderState } from './recorder-state.ts'
import type { RecorderState } from './recorder-state.ts'
import { transact } from './transact.ts'

const dayMs = 86_400_000

/** See Recorder. */
export function createRecorder(options: RecorderOptions): Recorder {
  const state = openRecorderState(options)
  const { read } = state.database
  const { ledger } = state.writers

  const recorder: Recorder = {
    record: (batch, { replay = false } = {}) =>
      state.database.log.unsynced(() => recordBatch(state, batch, replay)),
    synced: state.database.log.sync,
    enter: (lineId, entry, by, { entryId: givenId, alongside } = {}) => {
      const { entryId, atMs } = transact(state, (tx) => {
        const nowMs = state.now()
        const done = recordEntry(tx.line(lineId), entry, {
          who: by,
          atMs: nowMs,
          rawKeptFromMs: rawKeptFromMs(state, nowMs),
          id: givenId,
        })
        if (done.rebuild) tx.rebuild.add(lineId)
        alongside?.(done)
        return done
      })
      return { entryId, atMs }
    },
    entered: (lineId, entryId) => {
      const known = state.writers.entries.find(entryId, lineOf(state, lineId).setup.id)
      return known && { entryId, atMs: known.at }
    },
    settle: (seq, settlement) => settleQuarantined(state, seq, settlement),
    noteSilence: (lineId, startMs) => noteSilence(state, lineId, startMs),
    noteLoss: (lineId, sinceMs) => noteLoss(state, lineId, sinceMs),
    noteAlive: (lineId) => noteAlive(state, lineId),
    model: (lineId) => lineOf(state, lineId).model,
    shiftSums: (lineId, shift, asOfMs) => {
      const { live, model } = lineOf(state, lineId)
      return live.read(model.facts, model.calls, shift, asOfMs)
    },
    onChange: (listener) => {
      state.listeners.add(listener)
      return () => void state.listeners.delete(listener)
    },
    counters: () => countersOf(state),
    sources: () => state.sources.list(),
    withheldSince: (lineId) => state.withheld.sinceMs(lineId),
    forgetInFlight: () => {
      ledger.dropInFlight()
      state.inFlight.clear()
    },
    memo: { get: (name) => readMemo(read, name), set: ledger.setMemo },
  }

  for (const [lineId, { setup }] of state.lines) {
    const lastMs = lastArrival(read, lineId)
    if (lastMs !== null && state.now() - lastMs > setup.staleMs) noteSilence(state, lineId, lastMs)
  }
  return recorder
}

function noteSilence(state: RecorderState, lineId: string, startMs: EpochMs): void {
  const { silences } = lineOf(state, lineId).model.facts
  const last = silences[silences.length - 1]
  if (last?.endMs === null) return
  const heardMs = lastArrival(state.database.read, lineId) ?? startMs
  const silence = { startMs: Math.max(startMs, last?.endMs ?? startMs, heardMs), endMs: null }
  transact(state, (tx) => {
    tx.line(lineId).effects.push({ type: 'silence', removeStartMs: null, add: [silence] })
    state.writers.facts.replaceSilence(lineId, null, [silence])
    state.writers.ledger.dropShiftResults(lineId, silence.startMs)
  })
}

function noteLoss(state: RecorderState, lineId: string, sinceMs: EpochMs): void {
  const { lastSeen, facts } = lineOf(state, lineId).model
  const last = facts.silences[facts.silences.length - 1]
  if (last?.endMs === null || Object.keys(lastSeen).length === 0) return
  const joined = facts.silences.filter(({ endMs }) => endMs === null || endMs >= sinceMs)
  const silence = { startMs: Math.min(sinceMs, joined[0]?.startMs ?? sinceMs), endMs: null }
  transact(state, (tx) => {
    const { effects } = tx.line(lineId)
    for (const { startMs } of joined) {
      state.writers.facts.replaceSilence(lineId, startMs, [])
      effects.push({ type: 'silence', removeStartMs: startMs, add: [] })
    }
    state.writers.facts.replaceSilence(lineId, null, [silence])
    effects.push({ type: 'silence', removeStartMs: null, add: [silence] })
    state.writers.ledger.dropShiftResults(lineId, silence.startMs)
  })
}

function noteAlive(state: RecorderState, lineId: string): void {
  const newest = Object.entries(lineOf(state, lineId).model.lastSeen).sort(
    ([, a], [, b]) => b.arrivedMs - a.arrivedMs,
  )[0]
  if (newest === undefined) return
  const [kind, { atMs }] = newest
  const nowMs = state.now()
  transact(state, (tx) => {
    const line = tx.line(lineId)
    line.signs.push({ atMs: nowMs, arrivedMs: nowMs, live: true })
    line.seen[kind as SignalKind] = { atMs, arrivedMs: nowMs }
  })
}

function countersOf(state: RecorderState): RecorderCounters {
  const of = (name: TallyName): number => state.tallies.get(name) ?? 0
  return {
    stored: of('stored'),
    duplicates: of('duplicates'),
    ...rejectTallies(state.tallies),
    passedOver: of('passedOver'),
    repeated: of('repeated'),
    lastReject: state.lastReject,
    retainedDropped: of('retainedDropped'),
    totalResets: of('totalResets'),
    totalRollovers: of('totalRollovers'),
    totalSwaps: of('totalSwaps'),
    totalsLate: of('totalsLate'),
    reattributionsCut: of('reattributionsCut'),
    sideErrors: of('sideErrors'),
  }
}

/** Readings are kept from here on; the day that is being pruned is left alone. */
function rawKeptFromMs(state: RecorderState, nowMs: EpochMs): EpochMs {
  return nowMs - (state.plant.retention.rawDays - 1) * dayMs
}
