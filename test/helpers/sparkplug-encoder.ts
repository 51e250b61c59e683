import sparkplug from 'sparkplug-payload'
import proto from 'sparkplug-payload/lib/sparkplugPayloadProto.js'

const { Payload } = proto.org.eclipse.tahu.protobuf
const encoder = sparkplug.get('spBv1.0')!

/** A metric as the independent encoder (Eclipse Tahu's `sparkplug-payload`) takes it. */
export type TestMetric = {
  name?: string
  alias?: number
  type?: string
  value?: unknown
  timestamp?: number
  isHistorical?: boolean
  isTransient?: boolean
}

/** A payload as an edge node makes it. `bare`: metrics with an alias carry neither name nor data type, as in DATA. */
export function encodePayload(
  metrics: readonly TestMetric[],
  more: { seq?: number; timestamp?: number; bare?: boolean } = {},
): Uint8Array {
  const { seq, timestamp = Date.now(), bare = false } = more
  const payload = { timestamp, metrics: metrics.map((metric) => ({ timestamp, ...metric })) }
  const encoded = encoder.encodePayload({ ...payload, ...(seq === undefined ? {} : { seq }) } as never)
  if (!bare) return encoded
  const message = Payload.decode(encoded)
  for (const metric of message.metrics) {
    if (!Object.hasOwn(metric, 'alias')) continue
    delete metric.datatype
    delete metric.name
  }
  return Payload.encode(message).finish()
}
