import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { NewReading } from '../../../db/writers/reading-writer.ts'
import type { Decoder } from '../ingest/decode.ts'
import { payloadHash } from '../ingest/payload-hash.ts'
import type { IncomingMessage } from '../recorder.ts'
import type { InFlightPage } from './in-flight.ts'
import type { LineWork, TallyName } from './line-work.ts'
import { countEffect, recordSignal, repeatsNewest } from './record-signal.ts'

const dayMs = 86_400_000
/** A message's time may be ahead of ours by this much. Milliseconds. */
export const clockToleranceMs = 10 * 60_000

/** What recording needs of the open transaction. */
export type MessageWork = {
  decode: Decoder
  nowMs: EpochMs
  replay: boolean
  /** Raw readings are kept this long, and live messages that are older are refused. Days. */
  rawDays: number
  line: (lineId: string) => LineWork
  inFlight: InFlightPage
  nextKeyless: () => number
  tally: (name: TallyName, by?: number) => void
  reject: (message: IncomingMessage, reason: string) => void
  /** False: the same reading is there already. */
  store: (reading: NewReading) => boolean
}

/** Stores one message with everything that follows from it, or counts why not. */
export function recordMessage(work: MessageWork, message: IncomingMessage): void {
  const { packetId } = message
  if (packetId !== null && !message.dup) work.inFlight.forget(packetId)
  const decoded = work.decode(message.topic, message.payload)
  if (!decoded.ok) return work.reject(message, decoded.reason)

  const { signal, id } = decoded
  const atMs = decoded.atMs ?? message.arrivedMs
  const refusal = refuseTime(work, atMs)
  if (refusal !== null) return work.reject(message, refusal)

  const line = work.line(decoded.lineId)
  const keyless = decoded.atMs === null && id === null
  if (message.retain && keyless) {
    const isIncrement =
      signal.kind === 'scrap' ||
      (signal.kind === 'count' &&
        signal.data.total_good === undefined &&
        signal.data.total_scrap === undefined)
    if (isIncrement) return work.tally('retainedDropped')
    if (repeatsNewest(line, signal)) return work.tally('duplicates')
  }

  const counts = countEffect(line, signal, atMs)
  if ('reason' in counts) return work.reject(message, counts.reason)
  const series = line.setup.series[signal.kind]
  let hash: number
  if (keyless) {
    const flightHash = payloadHash(message.payload, series) >>> 0
    if (packetId !== null) {
      if (message.dup && work.inFlight.wasCommitted(packetId, flightHash)) return work.tally('duplicates')
      work.inFlight.note({ packetId, hash: flightHash })
    }
    hash = -work.nextKeyless()
  } else {
    if (id !== null && !line.writers.readings.claimId(series, id, atMs)) return work.tally('duplicates')
    hash = payloadHash(message.payload)
  }
  const { good, scrap } = counts
  const isNew = work.store({
    ts: atMs,
    series,
    hash,
    arrived: message.arrivedMs,
    good,
    scrap,
    body: decoded.body,
  })
  if (!isNew) return work.tally('duplicates')

  work.tally('stored')
  counts.apply()
  noteArrival(work, line, message, decoded.atMs, signal.kind)
  recordSignal(line, signal, atMs, counts)
}

function refuseTime(work: MessageWork, atMs: EpochMs): string | null {
  if (atMs > work.nowMs + clockToleranceMs) {
    return `ts: is ${Math.round((atMs - work.nowMs) / 1000)} s in the future; check the clocks of the source and of this board`
  }
  if (!work.replay && atMs < work.nowMs - work.rawDays * dayMs) {
    return `ts: is older than ${work.rawDays} days; such history can only be replayed`
  }
  return null
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
  line.signs.push({ atMs, arrivedMs, live })
  const known = line.seen[kind] ?? line.model.lastSeen[kind]
  line.seen[kind] = known
    ? { atMs: Math.max(known.atMs, atMs), arrivedMs: Math.max(known.arrivedMs, arrivedMs) }
    : { atMs, arrivedMs }
}
