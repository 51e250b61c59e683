import { rowsAtOnce } from '../../../db/writers/reading-writer.ts'
import type { NewReading } from '../../../db/writers/reading-writer.ts'
import { quarantineCodes, reject } from '../ingest/outcome.ts'
import type { Rejected } from '../ingest/outcome.ts'
import type { IncomingMessage } from '../recorder.ts'
import { recordMessage } from './record-message.ts'
import type { RecorderState } from './recorder-state.ts'
import { isStoreError } from './store-error.ts'
import { transact } from './transact.ts'
import type { Transaction } from './transact.ts'

/** Batches of this many messages are stored in few statements. */
const atOnceFrom = 8
/** Rolls a batch back that holds a repeated reading, to be recorded again one by one. */
const notAllNew = new Error('not all readings were new')

/**
 * Records a batch in one transaction. Throws when the store refuses: then nothing was recorded. A message that breaks
 * recording itself must not hold up the others for ever: it is found by halves and rejected.
 */
export function recordBatch(state: RecorderState, batch: readonly IncomingMessage[], replay: boolean): void {
  try {
    tryBatch(state, batch, replay)
  } catch (error) {
    if (isStoreError(error) || !state.writers.db.open) throw error
    const [only] = batch
    if (batch.length > 1) {
      const middle = batch.length >> 1
      recordBatch(state, batch.slice(0, middle), replay)
      recordBatch(state, batch.slice(middle), replay)
    } else if (only) {
      state.log(
        'error',
        `A message could not be recorded: ${error instanceof Error ? error.stack : String(error)}`,
      )
      transact(state, (tx) =>
        rejectMessage(state, tx, only, reject('internal', `could not be recorded: ${String(error)}`)),
      )
    }
  }
}

function tryBatch(state: RecorderState, batch: readonly IncomingMessage[], replay: boolean): void {
  try {
    recordAll(state, batch, replay, batch.length >= atOnceFrom)
  } catch (error) {
    if (error !== notAllNew) throw error
    recordAll(state, batch, replay, false)
  }
}

/** `atOnce`: takes all readings as new and stores them in few statements; throws `notAllNew` when that was wrong. */
function recordAll(
  state: RecorderState,
  batch: readonly IncomingMessage[],
  replay: boolean,
  atOnce: boolean,
): void {
  const { readings } = state.writers
  transact(state, (tx) => {
    const waiting: NewReading[] = []
    const work = {
      stored: 0,
      delivered: 0,
      decode: state.decode,
      now: state.nowBetween(),
      sources: state.sources,
      withheld: state.withheld,
      replay,
      rawDays: state.plant.retention.rawDays,
      line: tx.line,
      inFlight: tx.inFlight,
      nextKeyless: tx.nextKeyless,
      tally: tx.tally,
      reject: (message: IncomingMessage, rejected: Rejected) => rejectMessage(state, tx, message, rejected),
      store: (reading: NewReading) => {
        if (!atOnce) return readings.insert(reading)
        waiting.push(reading)
        if (waiting.length === rowsAtOnce) tx.inOrder()
        return true
      },
    }
    tx.inOrder = () => {
      if (readings.insertAll(waiting) < waiting.length) throw notAllNew
      waiting.length = 0
    }
    for (let index = 0; index < batch.length; index++) recordMessage(work, batch[index]!)
    tx.inOrder()
    if (work.stored > 0) tx.tally('stored', work.stored)
    if (work.delivered > 0) tx.tally('delivered', work.delivered)
  })
}

function rejectMessage(
  state: RecorderState,
  tx: Transaction,
  message: IncomingMessage,
  { code, reason }: Rejected,
): void {
  const rejected = { atMs: state.now(), topic: message.topic, code, reason }
  const quarantined = quarantineCodes.has(code)
  const dropped = state.writers.ledger.addDeadLetter(rejected, quarantined, message.payload)
  tx.tally('rejected')
  tx.tally(`rejected:${code}`)
  if (quarantined) tx.tally('quarantined')
  if (dropped > 0) tx.tally('deadLettersDropped', dropped)
  tx.reject = rejected
}
