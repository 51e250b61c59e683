import { z } from 'zod'
import type { IncomingMessage } from '../engine/recorder.ts'

/**
 * One line of a recording. What `lineside record` writes, and what MQTT recorders and `mosquitto_sub -F %j` write: `tst` for
 * `timestamp`, seconds for milliseconds, a payload that is JSON itself. `encoding: base64` marks a payload that is no text.
 */
const recordedSchema = z.object({
  topic: z.string().min(1).max(65_535),
  payload: z.unknown(),
  encoding: z.literal('base64').optional(),
  timestamp: z.union([z.number(), z.string()]).optional(),
  tst: z.union([z.number(), z.string()]).optional(),
  qos: z.number().optional(),
  retain: z.union([z.boolean(), z.number()]).optional(),
})

/** Smaller numbers are seconds. */
const smallestMs = 100_000_000_000

/** The message of a line of a recording, with the time at which it came; or why the line is none. */
export function parseRecorded(line: Buffer): IncomingMessage | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(line.toString('utf8'))
  } catch {
    return { problem: 'is not JSON' }
  }
  const parsed = recordedSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { problem: `is no recorded message (${issue?.path.join('.') || 'line'}: ${issue?.message})` }
  }
  const { topic, payload, encoding, timestamp, tst, retain } = parsed.data
  const arrivedMs = timeOf(timestamp ?? tst)
  if (arrivedMs === null) return { problem: 'has no timestamp' }
  if (payload === undefined) return { problem: 'has no payload' }
  if (encoding === 'base64' && typeof payload !== 'string') return { problem: 'has no base64 in payload' }
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return {
    topic,
    payload: Buffer.from(text, encoding ?? 'utf8'),
    arrivedMs,
    dup: false,
    retain: Boolean(retain),
    packetId: null,
  }
}

function timeOf(timestamp: number | string | undefined): number | null {
  const ms =
    typeof timestamp === 'string'
      ? Date.parse(timestamp.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
      : (timestamp ?? NaN) * ((timestamp ?? 0) < smallestMs ? 1_000 : 1)
  return Number.isFinite(ms) && ms > 0 && ms < 8.64e15 ? Math.round(ms) : null
}

/** A line of a recording, with its line break. */
export function recordedLine(message: {
  topic: string
  payload: Buffer
  timestampMs: number
  qos: number
  retain: boolean
}): string {
  const { topic, payload, qos, retain } = message
  const text = payload.toString('utf8')
  const isText = Buffer.from(text, 'utf8').equals(payload)
  const body = isText ? { payload: text } : { payload: payload.toString('base64'), encoding: 'base64' }
  return `${JSON.stringify({ topic, ...body, timestamp: message.timestampMs, qos, retain })}\n`
}
