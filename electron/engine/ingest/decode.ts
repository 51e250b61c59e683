import { isUtf8 } from 'node:buffer'
import { signalKinds } from '../../../shared/domain/line-model.ts'
import type { SignalKind } from '../../../shared/domain/line-model.ts'
import { decodeTime } from './decode-time.ts'
import { createFlatReader } from './flat-object.ts'
import { reject } from './outcome.ts'
import type { Decoder, Outcome, Rejected } from './outcome.ts'
import { isPlainCount, neverPlain, plainCountNames } from './plain-count.ts'
import { maxIdLength, readSignal } from './signals.ts'
import type { Signal } from './signals.ts'

/** Largest payload that is taken. Bytes. */
export const maxPayloadBytes = 65_536

const kinds = new Set<string>(signalKinds)

/**
 * Reads messages of the native topics `<prefix>/<line>/<kind>`, and hands all others to `mapped`. Never throws: what is
 * wrong is said in one sentence.
 */
export function createDecoder(prefix: string, lineIds: readonly string[], mapped?: Decoder): Decoder {
  const lines = new Set(lineIds)
  const start = `${prefix}/`
  const readFlat = createFlatReader(['ts', 'id', ...plainCountNames], ['ts', 'id'], neverPlain)
  const topics = new Map<string, { lineId: string; kind: SignalKind }>()
  for (const lineId of lineIds) {
    for (const kind of signalKinds) topics.set(`${start}${lineId}/${kind}`, { lineId, kind })
  }

  const explainTopic = (topic: string): Rejected => {
    if (!topic.startsWith(start)) return reject('topic', `topic: must start with "${start}"`)
    const [lineId = '', kind = '', ...rest] = topic.slice(start.length).split('/')
    if (!lines.has(lineId)) {
      return reject('line', `unknown line "${lineId}"; the plant has: ${lineIds.join(', ')}`)
    }
    if (rest.length > 0 || !kinds.has(kind)) {
      const name = [kind, ...rest].join('/')
      return reject('topic', `unknown kind "${name}"; expected one of: ${signalKinds.join(', ')}`)
    }
    return reject('topic', 'topic: is not a native topic')
  }

  return (topic, payload): Outcome => {
    const target = topics.get(topic)
    if (!target) {
      const outcome = mapped?.(topic, payload)
      return outcome === undefined || isUnknownTopic(outcome) ? explainTopic(topic) : outcome
    }
    const { lineId, kind } = target
    let value: object | null =
      kind === 'count' && payload.length <= maxPayloadBytes ? readFlat(payload) : null
    let plain = value !== null && isPlainCount(value) ? value : null
    if (plain === null) {
      const text = textOf(payload)
      if (typeof text !== 'string') return text
      const parsed = objectOf(text)
      if ('code' in parsed) return parsed
      value = parsed.value
      if (kind === 'count' && isPlainCount(value)) plain = value
    }
    const { ts, id } = value as { ts?: unknown; id?: unknown }
    const time = decodeTime(ts)
    if (!time.ok) return reject('time', time.reason)
    if (id !== undefined && id !== null && (typeof id !== 'string' || id === '' || id.length > maxIdLength)) {
      return reject('id', `id: must be a text of 1 to ${maxIdLength} characters`)
    }
    let signal: Signal
    if (plain !== null) signal = { kind: 'count', data: plain }
    else {
      const read = readSignal(kind, value)
      if (!read.ok) return read
      signal = read.signal
    }
    return { ok: true, lineId, atMs: time.atMs, id: id ?? null, body: payload, signal }
  }
}

function objectOf(body: string): { value: object } | Rejected {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value }
    return reject('shape', 'payload: must be one JSON object')
  } catch {
    return reject('json', 'payload: is not JSON')
  }
}

const isUnknownTopic = (outcome: Outcome): boolean => !outcome.ok && outcome.code === 'topic'

/** The payload as text, or why it is none. */
export function textOf(payload: Uint8Array): string | Rejected {
  if (payload.length > maxPayloadBytes) {
    return reject('size', `payload: ${payload.length} bytes; at most ${maxPayloadBytes} are taken`)
  }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  return isUtf8(bytes) ? bytes.toString('utf8') : reject('encoding', 'payload: is not UTF-8 text')
}
