import { newestCountedMs } from '../../../db/queries/counts.ts'
import { lastArrival } from '../../../db/queries/last-arrival.ts'
import { readRejects, readTallies } from '../../../db/queries/line-state.ts'
import { rawKeptFromMemo, readMemo } from '../../../db/queries/memo.ts'
import { entryWriter } from '../../../db/writers/entry-writer.ts'
import { factWriter } from '../../../db/writers/fact-writer.ts'
import { ledgerWriter, readInFlight } from '../../../db/writers/ledger-writer.ts'
import { readingWriter } from '../../../db/writers/reading-writer.ts'
import type { NewReading } from '../../../db/writers/reading-writer.ts'
import { rollupWriter } from '../../../db/writers/rollup-writer.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { freshnessLimits } from '../../../shared/domain/freshness.ts'
import { signalKinds } from '../../../shared/domain/line-model.ts'
import type { LineModel, SignalKind } from '../../../shared/domain/line-model.ts'
import { EntryRefused } from '../entry-refused.ts'
import { createDecoder } from '../ingest/decode.ts'
import type { IncomingMessage, Recorder, RecorderOptions } from '../recorder.ts'
import { applyEffects } from './apply-effects.ts'
import { inFlightBook, inFlightLimit } from './in-flight.ts'
import { openLineWork } from './line-work.ts'
import { recordingRules } from './line-setup.ts'
import type { LineSetup, LineWork, TallyName, Writers } from './line-work.ts'
import { horizonAt, rebuildModel } from './rebuild-model.ts'
import { recordEntry } from './record-entry.ts'
import { rawRetentionMs, recordMessage } from './record-message.ts'
import { settleLine } from './settle-line.ts'
import { isStoreError } from './store-error.ts'

/** Readings deleted in one go, so that pruning never holds up a commit for long. */
const pruneChunk = 2_000
/** Between two looks for readings to prune. Milliseconds. */
const pruneIntervalMs = 600_000

/** Batches of this many messages are stored in few statements. */
const atOnceFrom = 8
/** Rolls a batch back that holds a repeated reading, to be recorded again one by one. */
const notAllNew = new Error('not all readings were new')

/** See Recorder. All of the state in memory changes after a commit only, so that a refused batch leaves no trace. */
export function createRecorder({ database, plant, now, log = () => {} }: RecorderOptions): Recorder {
  const { read, write } = database
  const writers: Writers = {
    db: write,
    readings: readingWriter(write),
    facts: factWriter(write),
    rollups: rollupWriter(write),
    ledger: ledgerWriter(write),
    entries: entryWriter(write),
  }
  const begin = write.prepare('BEGIN IMMEDIATE')
  const commit = write.prepare('COMMIT')
  const rollback = write.prepare('ROLLBACK')

  const decode = createDecoder(
    plant.broker.prefix,
    plant.lines.map((line) => line.id),
  )
  const setups = new Map<string, LineSetup>()
  const models = new Map<string, LineModel>()
  const newestPieceMs = new Map<string, EpochMs>()
  for (const line of plant.lines) {
    const series = Object.fromEntries(
      signalKinds.map((kind) => [kind, writers.readings.series(line.id, kind)]),
    )
    setups.set(line.id, {
      id: line.id,
      ...recordingRules(line, plant.site.timeZone),
      staleMs: freshnessLimits(line.expectedIntervalS * 1000).staleMs,
      series: series as Record<SignalKind, number>,
    })
    models.set(line.id, rebuildModel(read, line.id, horizonAt(now())))
    newestPieceMs.set(line.id, newestCountedMs(read, line.id) ?? -Infinity)
  }
  const inFlight = inFlightBook(readInFlight(read))
  const tallies = readTallies(read)
  let lastReject = readRejects(read, 1)[0] ?? null
  let lastSeq = writers.facts.highestSeq()
  let nextPruneMs = 0
  const listeners = new Set<(lineIds: ReadonlySet<string>) => void>()

  const modelOf = (lineId: string): LineModel => {
    const model = models.get(lineId)
    if (!model) throw new EntryRefused('not-found', `The plant has no line "${lineId}"`)
    return model
  }

  /** One transaction. `work` gets the lines it asks for; `rebuild` names lines whose model is read anew afterwards. */
  function transact<T>(work: (tx: Transaction) => T): T {
    const tx = openTransaction()
    begin.run()
    let result: T
    try {
      result = work(tx)
      for (const line of tx.lines.values()) settleLine(line)
      const flights = tx.inFlight.noted()
      if (flights.length > 0) {
        const total = (tallies.get('keyless') ?? 0) + (tx.tallies.get('keyless') ?? 0)
        writers.ledger.addInFlight(total, flights, inFlightLimit)
      }
      for (const [name, by] of tx.tallies) writers.ledger.addTally(name, by)
      commit.run()
    } catch (error) {
      if (write.inTransaction) rollback.run()
      throw error
    }
    publish(tx)
    return result
  }

  type Transaction = {
    lines: Map<string, LineWork>
    line: (lineId: string) => LineWork
    rebuild: Set<string>
    inFlight: ReturnType<typeof inFlight.page>
    tallies: Map<TallyName, number>
    tally: (name: TallyName, by?: number) => void
    lastSeq: number
    reject: typeof lastReject
  }

  function openTransaction(): Transaction {
    const counted = new Map<TallyName, number>()
    const tx: Transaction = {
      lines: new Map(),
      line: (lineId) => {
        let work = tx.lines.get(lineId)
        if (!work) {
          const model = modelOf(lineId)
          work = openLineWork({
            setup: setups.get(lineId)!,
            writers,
            model,
            nextSeq: () => ++tx.lastSeq,
            tally: tx.tally,
            lastPieceMs: newestPieceMs.get(lineId)!,
          })
          tx.lines.set(lineId, work)
        }
        return work
      },
      rebuild: new Set(),
      inFlight: inFlight.page(),
      tallies: counted,
      tally: (name, by = 1) => void counted.set(name, (counted.get(name) ?? 0) + by),
      lastSeq,
      reject: lastReject,
    }
    return tx
  }

  function publish(tx: Transaction): void {
    lastSeq = tx.lastSeq
    lastReject = tx.reject
    tx.inFlight.keep()
    for (const [name, by] of tx.tallies) tallies.set(name, (tallies.get(name) ?? 0) + by)
    const changed = new Set<string>()
    for (const [lineId, work] of tx.lines) {
      const model = modelOf(lineId)
      const newestMs = work.pieces.reduce(
        (most, { atMs }) => Math.max(most, atMs),
        newestPieceMs.get(lineId)!,
      )
      newestPieceMs.set(lineId, newestMs)
      const horizonMs = Math.max(model.horizonMs, horizonAt(now()))
      if (tx.rebuild.has(lineId)) models.set(lineId, rebuildModel(read, lineId, horizonMs))
      else if (work.effects.length > 0) models.set(lineId, applyEffects(model, work.effects, horizonMs))
      else continue
      changed.add(lineId)
    }
    if (changed.size === 0) return
    for (const listener of listeners) {
      aside('A listener of recorded changes failed', () => listener(changed))
    }
  }

  /** What is committed stays committed, whatever happens beside it. */
  function aside(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      tallies.set('sideErrors', (tallies.get('sideErrors') ?? 0) + 1)
      log('error', `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  }

  /** `atOnce`: takes all readings as new and stores them in few statements; throws `notAllNew` when that was wrong. */
  function recordBatch(batch: readonly IncomingMessage[], replay: boolean, atOnce: boolean): void {
    transact((tx) => {
      const waiting: NewReading[] = []
      const nowMs = now()
      const keylessBefore = tallies.get('keyless') ?? 0
      const work = {
        decode,
        nowMs,
        replay,
        line: tx.line,
        inFlight: tx.inFlight,
        nextKeyless: () => {
          tx.tally('keyless')
          return keylessBefore + tx.tallies.get('keyless')!
        },
        tally: tx.tally,
        reject: (message: IncomingMessage, reason: string) => rejectMessage(tx, nowMs, message, reason),
        store: (reading: NewReading) => {
          if (!atOnce) return writers.readings.insert(reading)
          waiting.push(reading)
          return true
        },
      }
      for (const message of batch) recordMessage(work, message)
      if (writers.readings.insertAll(waiting) < waiting.length) throw notAllNew
    })
  }

  function rejectMessage(tx: Transaction, atMs: EpochMs, message: IncomingMessage, reason: string): void {
    const dropped = writers.ledger.addDeadLetter(atMs, message.topic, reason, message.payload)
    tx.tally('rejected')
    if (dropped > 0) tx.tally('deadLettersDropped', dropped)
    tx.reject = { atMs, topic: message.topic, reason }
  }

  /** A message that breaks recording itself must not hold up the others for ever: it is found by halves and rejected. */
  function recordOrIsolate(batch: readonly IncomingMessage[], replay: boolean): void {
    try {
      try {
        recordBatch(batch, replay, batch.length >= atOnceFrom)
      } catch (error) {
        if (error !== notAllNew) throw error
        recordBatch(batch, replay, false)
      }
    } catch (error) {
      if (isStoreError(error) || !write.open) throw error
      const [only] = batch
      if (batch.length > 1) {
        const middle = batch.length >> 1
        recordOrIsolate(batch.slice(0, middle), replay)
        recordOrIsolate(batch.slice(middle), replay)
      } else if (only) {
        log(
          'error',
          `A message could not be recorded: ${error instanceof Error ? error.stack : String(error)}`,
        )
        transact((tx) => rejectMessage(tx, now(), only, `could not be recorded: ${String(error)}`))
      }
    }
  }

  function prune(): void {
    const nowMs = now()
    if (nowMs < nextPruneMs) return
    const beforeMs = nowMs - rawRetentionMs
    begin.run()
    try {
      writers.ledger.setMemo(rawKeptFromMemo, String(beforeMs))
      const pruned = writers.readings.prune(beforeMs, pruneChunk)
      commit.run()
      if (pruned < pruneChunk) nextPruneMs = nowMs + pruneIntervalMs
    } catch (error) {
      if (write.inTransaction) rollback.run()
      throw error
    }
  }

  const recorder: Recorder = {
    record: (batch, options = {}) => {
      const replay = options.replay === true
      recordOrIsolate(batch, replay)
      if (!replay) aside('Old readings could not be pruned', prune)
    },
    enter: (lineId, entry, by) => {
      modelOf(lineId)
      const answer = transact((tx) => {
        const done = recordEntry(tx.line(lineId), entry, by, now())
        if (done.rebuild) tx.rebuild.add(lineId)
        return done
      })
      return { entryId: answer.entryId, atMs: answer.atMs }
    },
    noteSilence: (lineId, startMs) => {
      const { silences } = modelOf(lineId).facts
      const last = silences[silences.length - 1]
      if (last?.endMs === null) return
      const start = Math.max(startMs, last?.endMs ?? startMs, lastArrival(read, lineId) ?? startMs)
      transact((tx) => {
        const work = tx.line(lineId)
        const silence = { startMs: start, endMs: null }
        writers.facts.replaceSilence(lineId, null, [silence])
        writers.ledger.dropShiftResults(lineId, start)
        work.effects.push({ type: 'silence', removeStartMs: null, add: [silence] })
      })
    },
    model: modelOf,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    counters: () => {
      const of = (name: TallyName): number => tallies.get(name) ?? 0
      return {
        stored: of('stored'),
        duplicates: of('duplicates'),
        rejected: of('rejected'),
        lastReject,
        retainedDropped: of('retainedDropped'),
        totalResets: of('totalResets'),
        totalsLate: of('totalsLate'),
        deadLettersDropped: of('deadLettersDropped'),
        reattributionsCut: of('reattributionsCut'),
        sideErrors: of('sideErrors'),
      }
    },
    forgetInFlight: () => {
      writers.ledger.dropInFlight()
      inFlight.clear()
    },
    memo: {
      get: (name) => readMemo(read, name),
      set: (name, value) => writers.ledger.setMemo(name, value),
    },
  }

  for (const [lineId, setup] of setups) {
    const lastMs = lastArrival(read, lineId)
    if (lastMs !== null && now() - lastMs > setup.staleMs) recorder.noteSilence(lineId, lastMs)
  }
  return recorder
}
