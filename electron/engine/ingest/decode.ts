import { isUtf8 } from 'node:buffer'
import { signalKinds } from '../../../shared/domain/line-model.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { SignalKind } from '../../../shared/domain/line-model.ts'
import { decodeTime } from './decode-time.ts'
import { plainCount } from './plain-count.ts'
import { maxIdLength, signalSchemas } from './signals.ts'
import type { Signal } from './signals.ts'

/** Largest payload that is taken. Bytes. */
export const maxPayloadBytes = 65_536
/** Longest reason kept for a rejected message. Characters. */
const maxReasonLength = 300

export type Decoded = {
  ok: true
  lineId: string
  /** null: the arrival counts. */
  atMs: EpochMs | null
  id: string | null
  signal: Signal
  /** The payload's text. */
  body: string
}
export type Rejected = { ok: false; reason: string }

export type Decoder = (topic: string, payload: Uint8Array) => Decoded | Rejected

const kinds = new Set<string>(signalKinds)

/** Reads messages of the native topics `<prefix>/<line>/<kind>`. Never throws: what is wrong is said in one sentence. */
export function createDecoder(prefix: string, lineIds: readonly string[]): Decoder {
  const lines = new Set(lineIds)
  const start = `${prefix}/`
  const topics = new Map<string, { lineId: string; kind: SignalKind }>()
  for (const lineId of lineIds) {
    for (const kind of signalKinds) topics.set(`${start}${lineId}/${kind}`, { lineId, kind })
  }

  const explainTopic = (topic: string): Rejected => {
    if (!topic.startsWith(start)) return reject(`topic: must start with "${start}"`)
    const [lineId = '', kind = '', ...rest] = topic.slice(start.length).split('/')
    if (!lines.has(lineId)) return reject(`unknown line "${lineId}"; the plant has: ${lineIds.join(', ')}`)
    if (rest.length > 0 || !kinds.has(kind)) {
      return reject(`unknown kind "${[kind, ...rest].join('/')}"; expected one of: ${signalKinds.join(', ')}`)
    }
    return reject('topic: is not a native topic')
  }

  return (topic, payload) => {
    const target = topics.get(topic)
    if (!target) return explainTopic(topic)
    if (payload.length > maxPayloadBytes) {
      return reject(`payload: ${payload.length} bytes; at most ${maxPayloadBytes} are taken`)
    }
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
    if (!isUtf8(bytes)) return reject('payload: is not UTF-8 text')
    const body = bytes.toString('utf8')
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return reject('payload: is not JSON')
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return reject('payload: must be one JSON object')
    }
    const { ts, id } = value as { ts?: unknown; id?: unknown }
    const time = decodeTime(ts)
    if (!time.ok) return reject(time.reason)
    if (id !== undefined && id !== null && (typeof id !== 'string' || id === '' || id.length > maxIdLength)) {
      return reject(`id: must be a text of 1 to ${maxIdLength} characters`)
    }
    const decoded = { ok: true as const, lineId: target.lineId, atMs: time.atMs, id: id ?? null, body }
    const plain = target.kind === 'count' ? plainCount(value) : null
    if (plain) return { ...decoded, signal: { kind: 'count', data: plain } }
    const result = signalSchemas[target.kind].safeParse(value)
    if (!result.success) {
      const issue = result.error.issues[0]
      const path = issue?.path.join('.')
      return reject(`${path ? `${path}: ` : `${target.kind} `}${issue?.message ?? 'is not valid'}`)
    }
    return { ...decoded, signal: { kind: target.kind, data: result.data } as Signal }
  }
}

function reject(reason: string): Rejected {
  return { ok: false, reason: reason.slice(0, maxReasonLength) }
}
