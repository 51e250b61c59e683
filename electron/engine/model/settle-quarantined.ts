import { findReject, markSettled } from '../../../db/queries/rejects.ts'
import type { KeptReject } from '../../../db/queries/rejects.ts'
import { addAudit } from '../../../db/queries/audit.ts'
import { totalBeside } from '../../../db/queries/totals.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { EntryRefused } from '../entry-refused.ts'
import type { MappedMessage, Outcome, Part } from '../ingest/outcome.ts'
import { namespace } from '../ingest/sparkplug/sparkplug-topic.ts'
import type { IncomingMessage } from '../recorder.ts'
import { totalFields, totalKey } from './count-effect.ts'
import type { LineWork } from './line-work.ts'
import { recordMessage } from './record-message.ts'
import type { RecorderState } from './recorder-state.ts'
import { transact } from './transact.ts'
import type { Transaction } from './transact.ts'

/** What a person decides about a quarantined message, and for the audit trail who, where and why. */
export type Settlement = { how: 'release' | 'discard'; reason: string; by: string; device: string }

type CountPart = Part & { signal: Extract<Part['signal'], { kind: 'count' }> }

/**
 * Counts a quarantined message after all, or says for good that it does not count. One transaction with its audit entry. What a
 * release does: a message ahead of our clock counts at its arrival; one that is too old at its own time; a running total that was
 * not believed counts the pieces since the value before it. Throws EntryRefused.
 */
export function settleQuarantined(state: RecorderState, seq: number, settlement: Settlement): void {
  const { how, reason, by, device } = settlement
  transact(state, (tx) => {
    const { db } = state.writers
    const kept = findReject(db, seq)
    if (kept === null) throw new EntryRefused('not-found', 'This quarantined message is not kept any more')
    if (kept.settled !== null)
      throw new EntryRefused('not-found', `This quarantined message was ${kept.settled} already`)
    if (how === 'release') release(state, tx, kept)
    markSettled(db, seq, how === 'release' ? 'released' : 'discarded')
    tx.tally(how === 'release' ? 'released' : 'discarded')
    const { topic, code, payload, atMs } = kept
    const head = payload.subarray(0, headBytes).toString('utf8')
    const detail = JSON.stringify({ seq, code, atMs, reason, payload: head })
    const action = how === 'release' ? 'releaseQuarantined' : 'discardQuarantined'
    addAudit(db, { atMs: state.now(), by, device, action, subject: topic, detail })
  })
}

/** Of the payload, in the audit trail. Bytes. */
const headBytes = 1_024

function release(state: RecorderState, tx: Transaction, kept: KeptReject): void {
  const { payload, bytes, topic, atMs, code } = kept
  if (payload.length < bytes) {
    throw new EntryRefused(
      'not-allowed',
      `Only ${payload.length} of its ${bytes} bytes were kept: enter its pieces as a correction`,
    )
  }
  if (code === 'unmatched') {
    throw new EntryRefused(
      'not-allowed',
      'Its scrap is more than was counted before: enter the rest of it as a correction',
    )
  }
  const parts = partsOf(decode(state, topic, payload))
  const released = parts.flatMap((part): Part[] => {
    if (code === 'future') return [{ ...part, atMs }]
    if (code === 'old') return [part]
    return isTotal(part) ? [asIncrement(tx.line(part.lineId), part, part.atMs ?? atMs)] : []
  })
  if (released.length === 0) {
    throw new EntryRefused('not-allowed', 'With the plant file of now it says nothing that could be counted')
  }
  const message: IncomingMessage = {
    topic: `${topic}#released`,
    payload,
    arrivedMs: atMs,
    dup: false,
    retain: false,
    packetId: null,
    outcome: { ok: true, parts: released, rejects: [] },
  }
  recordMessage(
    {
      decode: state.decode,
      now: { earliestMs: -Infinity, latestMs: Infinity },
      replay: true,
      rawDays: Infinity,
      stored: 0,
      delivered: 0,
      line: tx.line,
      inFlight: tx.inFlight,
      withheld: state.withheld,
      nextKeyless: tx.nextKeyless,
      tally: tx.tally,
      sources: state.sources,
      store: (reading) => state.writers.readings.insert(reading),
      reject: (_message, refused) => {
        throw new EntryRefused('not-allowed', `It still can't be counted (${refused.reason})`)
      },
    },
    message,
  )
}

function decode(state: RecorderState, topic: string, payload: Buffer): Outcome {
  if (!topic.startsWith(`${namespace}/`)) return state.decode(topic, payload)
  // What the Sparkplug host kept of a metric; see sparkplug-host.ts.
  const { source, metric, value, timestamp } = JSON.parse(payload.toString('utf8')) as {
    source: string
    metric: string
    value: unknown
    timestamp: EpochMs | null
  }
  return state.signalsOf(source, metric, value, timestamp)
}

function partsOf(outcome: Outcome): readonly Part[] {
  if (!outcome.ok) throw new EntryRefused('not-allowed', `It can't be read (${outcome.reason})`)
  const isMapped = (one: typeof outcome): one is MappedMessage => one.parts !== undefined
  return isMapped(outcome) ? outcome.parts : [outcome]
}

function isTotal(part: Part): part is CountPart {
  const { signal } = part
  return signal.kind === 'count' && totalFields.some(({ name }) => signal.data[name] !== undefined)
}

/** The pieces that the totals tell of since the values before them; the counters themselves go on from where they are. */
function asIncrement(line: LineWork, part: CountPart, atMs: EpochMs): Part {
  const { data } = part.signal
  const pieces: Partial<Record<'good' | 'scrap' | 'all', number>> = {}
  for (const { field, name } of totalFields) {
    const total = data[name]
    if (total === undefined) continue
    if (field === 'lateScrap') {
      throw new EntryRefused(
        'not-allowed',
        'Of scrap found later nobody can tell when it was made: correct it',
      )
    }
    const key = totalKey(data, field)
    const before = totalBeside(
      line.writers.db,
      line.setup.series.count,
      { atMs, total },
      'before',
      (body) => {
        const value = body[name]
        return typeof value === 'number' && totalKey(body as typeof data, field) === key ? value : null
      },
    )
    if (before === null) {
      throw new EntryRefused(
        'not-allowed',
        'No value of this counter from before is kept: enter its pieces as a correction',
      )
    }
    pieces[field] = total >= before.total ? total - before.total : total
  }
  const noTotals = Object.fromEntries(totalFields.map(({ name }) => [name, undefined]))
  const fields = { ...data, ...noTotals, ...pieces }
  const body = JSON.stringify({ ...fields, released: true })
  return { lineId: part.lineId, atMs, id: null, signal: { kind: 'count', data: fields }, body }
}
