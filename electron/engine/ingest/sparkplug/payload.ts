import protobuf from 'protobufjs/minimal.js'

/** Metrics of one payload, at most: the largest births known have a few thousand. */
export const metricsPerPayload = 20_000
/** Largest payload that is read: as MQTT 5 brokers are asked not to send more. Bytes. */
export const sparkplugPayloadBytes = 1_048_576
/** Longest name of a metric. Characters. */
export const maxNameLength = 400
/** Longest text of a metric; a longer one makes no signal. Characters. */
export const maxTextLength = 1_000

/** A metric of a Sparkplug B payload, as far as Lineside reads it. Absent fields are undefined. */
export type RawMetric = {
  name: string | undefined
  alias: bigint | undefined
  /** Epoch milliseconds. */
  timestampMs: number | undefined
  datatype: number | undefined
  isHistorical: boolean
  isTransient: boolean
  isNull: boolean
  /** The bits of `int_value` or `long_value`, without sign. */
  bits: bigint | undefined
  real: number | undefined
  boolean: boolean | undefined
  text: string | undefined
  /** Bytes, data set, template or extension: nothing that a signal could be made of. */
  isCompound: boolean
}

export type SparkplugPayload = {
  timestampMs: number | undefined
  seq: number | undefined
  metrics: readonly RawMetric[]
}

/**
 * Reads a Sparkplug B payload (protobuf message `Payload` of the specification, chapter 6): the fields that signals need,
 * all others are skipped unread. Throws an Error that says what is wrong with the bytes.
 */
export function readPayload(bytes: Uint8Array): SparkplugPayload {
  if (bytes.length > sparkplugPayloadBytes) {
    throw new Error(`${bytes.length} bytes; at most ${sparkplugPayloadBytes} are taken`)
  }
  const reader = protobuf.Reader.create(bytes)
  const payload = {
    timestampMs: undefined as number | undefined,
    seq: undefined as number | undefined,
    metrics: [] as RawMetric[],
  }
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    switch (tag) {
      case fieldTag(1, varint):
        payload.timestampMs = Number(unsigned64(reader))
        break
      case fieldTag(2, delimited): {
        if (payload.metrics.length >= metricsPerPayload) {
          throw new Error(`more than ${metricsPerPayload} metrics`)
        }
        const length = reader.uint32()
        const end = reader.pos + length
        if (end > reader.len) throw new Error('a metric is cut off')
        payload.metrics.push(readMetric(reader, end))
        break
      }
      case fieldTag(3, varint):
        payload.seq = Number(unsigned64(reader))
        break
      default:
        reader.skipType(tag & 7)
    }
  }
  return payload
}

const varint = 0
const fixed64 = 1
const delimited = 2
const fixed32 = 5
const fieldTag = (field: number, wireType: number): number => (field << 3) | wireType

function readMetric(reader: protobuf.Reader, end: number): RawMetric {
  const metric: RawMetric = {
    name: undefined,
    alias: undefined,
    timestampMs: undefined,
    datatype: undefined,
    isHistorical: false,
    isTransient: false,
    isNull: false,
    bits: undefined,
    real: undefined,
    boolean: undefined,
    text: undefined,
    isCompound: false,
  }
  while (reader.pos < end) {
    const tag = reader.uint32()
    switch (tag) {
      case fieldTag(1, delimited):
        metric.name = reader.string()
        if (metric.name.length > maxNameLength) throw new Error(`a metric's name is over ${maxNameLength}`)
        break
      case fieldTag(2, varint):
        metric.alias = unsigned64(reader)
        break
      case fieldTag(3, varint):
        metric.timestampMs = Number(unsigned64(reader))
        break
      case fieldTag(4, varint):
        metric.datatype = reader.uint32()
        break
      case fieldTag(5, varint):
        metric.isHistorical = reader.bool()
        break
      case fieldTag(6, varint):
        metric.isTransient = reader.bool()
        break
      case fieldTag(7, varint):
        metric.isNull = reader.bool()
        break
      case fieldTag(10, varint):
      case fieldTag(11, varint):
        metric.bits = unsigned64(reader)
        break
      case fieldTag(12, fixed32):
        metric.real = reader.float()
        break
      case fieldTag(13, fixed64):
        metric.real = reader.double()
        break
      case fieldTag(14, varint):
        metric.boolean = reader.bool()
        break
      case fieldTag(15, delimited):
        metric.text = shortText(reader.string())
        break
      default:
        metric.isCompound ||= tag >>> 3 >= 16 && tag >>> 3 <= 19
        reader.skipType(tag & 7)
    }
  }
  if (reader.pos !== end) throw new Error('a metric is longer than it says')
  return metric
}

const shortText = (text: string): string | undefined => (text.length > maxTextLength ? undefined : text)

function unsigned64(reader: protobuf.Reader): bigint {
  const { high, low } = reader.uint64()
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}
