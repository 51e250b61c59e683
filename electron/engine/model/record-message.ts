import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { NewReading } from '../../../db/writers/reading-writer.ts'
import { reject } from '../ingest/outcome.ts'
import type { Decoder, MappedMessage, Part, Rejected } from '../ingest/outcome.ts'
import { payloadHash } from '../ingest/payload-hash.ts'
import { vitalKinds } from '../ingest/signals.ts'
import type { WithheldSignals } from '../ingest/withheld-signals.ts'
import type { IncomingMessage } from '../recorder.ts'
import type { InFlightPage } from './in-flight.ts'
import type { LineWork, TallyName } from './line-work.ts'
import { countEffect } from './count-effect.ts'
import { storePieceEntries } from './piece-entries.ts'
import { piecesBefore, piecesReachMs } from './pieces-before.ts'
import type { SourceBook } from './sources.ts'
import { noteValue, recordSignal, repeatsNewest } from './record-signal.ts'
import { mayTouchSilence } from './settle-line.ts'
import type { NowBetween } from './two-clocks.ts'

const dayMs = 86_400_000
/** A message's time may be ahead of ours by this much. Milliseconds. */
export const clockToleranceMs = 10 * 60_000

/** The longest time whose states one message overwrites. Milliseconds. */
export const overwriteReachMs = 24 * 3_600_000

/** What recording needs of the open transaction. */
export type MessageWork = {
  decode: Decoder
  now: NowBetween
  replay: boolean
  /** Raw readings are kept this long, and live messages that are older are refused. Days. */
  rawDays: number
  /** Messages stored so far. */
  stored: number
  /** Messages with a packet id so far. */
  delivered: number
  line: (lineId: string) => LineWork
  inFlight: InFlightPage
  nextKeyless: () => number
  tally: (name: TallyName, by?: number) => void
  sources: SourceBook
  withheld: WithheldSignals
  reject: (message: IncomingMessage, rejected: Rejected) => void
  /** False: the same reading is there already. */
  store: (reading: NewReading) => boolean
}

/** Stores one message with everything that follows from it, or counts why not. */
export function recordMessage(work: MessageWork, message: IncomingMessage): void {
  const { packetId } = message
  if (packetId !== null) {
    work.delivered++
    if (!message.dup) work.inFlight.forget(packetId)
  }
  const outcome = message.outcome ?? work.decode(message.topic, message.payload)
  if (!outcome.ok) return work.reject(message, outcome)
  if (outcome.parts !== undefined) return recordParts(work, message, outcome)
  if (isKeyless(outcome) && wasCommitted(work, message)) return work.tally('duplicates')
  const refused = recordPart(work, message, outcome, 0)
  if (refused !== null) work.reject(message, refused)
}

/** A message that says several things, or nothing. What can't be used of it makes one reject, with the first reason. */
function recordParts(work: MessageWork, message: IncomingMessage, mapped: MappedMessage): void {
  const { parts, rejects } = mapped
  noteNulls(work, message, mapped)
  if (parts.length === 0 && rejects.length === 0) return work.tally('passedOver')
  if (parts.some(isKeyless) && wasCommitted(work, message)) return work.tally('duplicates')
  const refused = [...rejects]
  for (const [index, part] of parts.entries()) {
    const why = recordPart(work, message, part, index + 1)
    if (why !== null) refused.push(why)
  }
  const [first] = refused
  if (!first) return
  const of = parts.length + rejects.length
  const more = of > 1 ? ` (${refused.length} of ${of} parts of this message are not counted)` : ''
  work.reject(message, reject(first.code, `${first.reason}${more}`))
}

/** What a source does not know any more holds no longer, until it gives a value again. History says nothing about now. */
function noteNulls(
  { withheld, replay }: MessageWork,
  { topic, arrivedMs }: IncomingMessage,
  { parts, nulls = [] }: MappedMessage,
): void {
  if (replay) return
  for (const { lineId, atMs } of nulls) withheld.withhold(topic, lineId, [lineId], atMs ?? arrivedMs)
  for (const { lineId, signal } of parts) if (vitalKinds.has(signal.kind)) withheld.give(topic, lineId)
}

const isKeyless = (part: Part): boolean => part.atMs === null && part.id === null

/** True when the message came before and only its acknowledgement got lost. */
function wasCommitted(work: MessageWork, { packetId, dup, topic, payload }: IncomingMessage): boolean {
  return dup && packetId !== null && work.inFlight.wasCommitted(packetId, flightHash(topic, payload))
}

/** Running number of a message without time and id, which is remembered should it come again. */
function noteKeyless(work: MessageWork, { packetId, topic, payload }: IncomingMessage): number {
  if (packetId !== null) work.inFlight.note({ packetId, hash: flightHash(topic, payload) })
  return work.nextKeyless()
}

const flightHash = (topic: string, payload: Uint8Array): number =>
  payloadHash(payload, topicSeed(topic)) >>> 0

function topicSeed(topic: string): number {
  let seed = topic.length
  for (let index = 0; index < topic.length; index++)
    seed = (Math.imul(seed, 31) + topic.charCodeAt(index)) | 0
  return seed
}

/** Nobody can tell whether a retained increment without time and id was counted before. */
function isRetainedIncrement({ retain }: IncomingMessage, part: Part): boolean {
  if (!retain || !isKeyless(part)) return false
  const { signal } = part
  if (signal.kind === 'scrap') return true
  if (signal.kind !== 'count') return false
  const { total_good: good, total_scrap: scrap, total_all: all, total_late_scrap: lateScrap } = signal.data
  return (good ?? scrap ?? all ?? lateScrap) === undefined
}

/** `index`: 0 for native messages, from 1 for the parts of others. Answers why it is not counted. */
function recordPart(work: MessageWork, message: IncomingMessage, part: Part, index: number): Rejected | null {
  const { signal, id } = part
  const atMs = part.atMs ?? message.arrivedMs
  const live = !message.retain && !work.replay
  work.sources.note(message.topic, part.lineId, message.arrivedMs, part.atMs, live)
  const refusal = (part.atMs === null ? null : refuseTime(work, part.atMs)) ?? refuseSpan(work, part)
  if (refusal !== null) return refusal

  const line = work.line(part.lineId)
  const keyless = isKeyless(part)
  if (isRetainedIncrement(message, part)) {
    work.tally('retainedDropped')
    return null
  }
  // Other systems repeat a state for as long as it lasts; native topics do so only by a retained message.
  if (((message.retain && keyless) || index > 0) && repeatsNewest(line, signal, atMs)) {
    work.tally(index > 0 ? 'repeated' : 'duplicates')
    if (index > 0) {
      noteArrival(work, line, message, part.atMs, signal.kind)
      if (signal.kind === 'value') noteValue(line, signal.data, atMs)
    }
    return null
  }

  const counts = countEffect(line, part, atMs, part.atMs !== null)
  if ('reason' in counts) {
    if (keyless && counts.apply) noteKeyless(work, message)
    counts.apply?.()
    return counts
  }
  const series = line.setup.series[signal.kind]
  let hash: number
  if (keyless) hash = -noteKeyless(work, message)
  else {
    const ownId = index > 1 && id !== null ? `${id} ${index}` : id
    if (ownId !== null && !line.writers.readings.claimId(series, ownId, atMs)) {
      work.tally('duplicates')
      return null
    }
    hash = payloadHash(message.payload, index === 0 ? 0 : topicSeed(message.topic) + index)
  }
  const { good, scrap, lateScrap, moves } = counts
  const isNew = work.store({
    ts: atMs,
    series,
    hash,
    arrived: message.arrivedMs,
    good,
    scrap,
    body: part.body,
  })
  if (!isNew) {
    work.tally('duplicates')
    return null
  }

  work.stored++
  counts.apply()
  noteArrival(work, line, message, part.atMs, signal.kind)
  recordSignal(line, signal, atMs, counts)
  if (moves.length === 0 && lateScrap === 0) return null
  const cause = `${series} ${atMs} ${hash}`
  storePieceEntries(line, moves, `${cause} move`, message.arrivedMs)
  return lateScrap === 0 ? null : recordLateScrap(line, signal, atMs, lateScrap, cause, message.arrivedMs)
}

function recordLateScrap(
  line: LineWork,
  signal: Part['signal'],
  atMs: EpochMs,
  count: number,
  cause: string,
  arrivedMs: EpochMs,
): Rejected | null {
  const reason = signal.kind === 'count' ? (signal.data.reason ?? '') : ''
  const { found, missing } = piecesBefore(line, 'good', count, atMs)
  const entries = found.map((pieces) => ({
    atMs: pieces.atMs,
    good: -pieces.count,
    scrap: pieces.count,
    product: pieces.product,
    reason,
  }))
  storePieceEntries(line, entries, `${cause} scrap`, arrivedMs)
  if (missing === 0) return null
  return reject(
    'unmatched',
    `late scrap: ${count} pieces are marked as scrap, but only ${count - missing} good ones were counted in the ${piecesReachMs / 3_600_000} h before`,
  )
}

/** Judges the source's own time. An arrival is the board's own, also where its clock was set back since. */
function refuseTime(work: MessageWork, atMs: EpochMs): Rejected | null {
  const { earliestMs, latestMs } = work.now
  if (atMs > latestMs + clockToleranceMs) {
    const aheadS = Math.round((atMs - latestMs) / 1000)
    return reject(
      'future',
      `ts: is ${aheadS} s in the future; check the clocks of the source and of this board`,
    )
  }
  if (!work.replay && atMs < earliestMs - work.rawDays * dayMs) {
    return reject('old', `ts: is older than ${work.rawDays} days; such history can only be replayed`)
  }
  return null
}

/** Judges what a message changes afterwards: it must say since when, and until when. */
function refuseSpan(work: MessageWork, { signal, atMs }: Part): Rejected | null {
  if (signal.kind === 'count' && signal.data.replaces && atMs === null) {
    return reject(
      'field',
      'count: replaces the pieces of an instant, but does not say of which: give it a time',
    )
  }
  if (signal.kind !== 'state' || signal.data.until === undefined) return null
  const { until } = signal.data
  if (atMs === null) return reject('field', 'until: the state has an end, but no beginning: give it a time')
  if (until <= atMs) return reject('field', 'until: must be after the beginning')
  if (until - atMs > overwriteReachMs) {
    return reject('field', `until: at most ${overwriteReachMs / 3_600_000} h are overwritten at once`)
  }
  return refuseTime(work, until)?.code === 'future' ? reject('future', 'until: is in the future') : null
}

/** A retained or replayed message proves no life after its own time, and none at all when it has no time. */
function noteArrival(
  work: MessageWork,
  line: LineWork,
  message: IncomingMessage,
  ownTimeMs: EpochMs | null,
  kind: keyof LineWork['setup']['series'],
): void {
  const live = !message.retain && !work.replay
  if (message.retain && ownTimeMs === null) return
  const arrivedMs = live || ownTimeMs === null ? message.arrivedMs : Math.min(message.arrivedMs, ownTimeMs)
  const atMs = ownTimeMs ?? message.arrivedMs
  if (mayTouchSilence(line, atMs)) line.signs.push({ atMs, arrivedMs, live })
  const seen = (line.seen[kind] ??= { ...(line.model.lastSeen[kind] ?? { atMs, arrivedMs }) })
  seen.atMs = Math.max(seen.atMs, atMs)
  seen.arrivedMs = Math.max(seen.arrivedMs, arrivedMs)
}
