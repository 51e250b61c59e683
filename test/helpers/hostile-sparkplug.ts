import protobuf from 'protobufjs/minimal.js'
import { metricsPerPayload } from '../../electron/engine/ingest/sparkplug/payload.ts'
import { seededRandom } from './random.ts'
import { encodePayload } from './sparkplug-encoder.ts'
import type { TestMetric } from './sparkplug-encoder.ts'

/** Two nodes with a device each that the plant reads. */
export const fuzzMetrics = [
  {
    sparkplug: 'G/+node',
    line: 'a',
    metric: 'State',
    state: { from: '@', map: { '6': 'running', '*': 'stopped' } },
  },
  { sparkplug: 'G/+node/D', line: 'a', metric: 'Total', count: { good: { from: '@', kind: 'total' } } },
  { sparkplug: 'G/+node/D', line: 'b', metric: 'Pulse', count: { scrap: '@' } },
  { sparkplug: 'G/+node/D', line: 'b', metric: 'Temp', value: { key: { const: 't' }, value: '@' } },
] as const

export type SparkplugMessage = { topic: string; payload: Uint8Array }
type Writer = protobuf.Writer
type Verb = 'NBIRTH' | 'DBIRTH' | 'NDATA' | 'DDATA' | 'NDEATH' | 'DDEATH'

const verbs: readonly Verb[] = ['NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'NDEATH', 'DDEATH']
const strangeTopics = [
  'spBv1.0',
  'spBv1.0/',
  'spBv1.0/G',
  'spBv1.0/G/NBIRTH',
  'spBv1.0//NBIRTH/N0',
  'spBv1.0/G/NBIRTH/N0/D',
  'spBv1.0/G/DBIRTH/N0',
  'spBv1.0/G/DDATA/N0/D/more',
  'spBv1.0/G/DDATA/N0/',
  'spBv1.0/G/NCMD/N0',
  'spBv1.0/G/UNKNOWN/N0',
  'spBv1.0/STATE/host',
  'spBv1.0/Other/NBIRTH/N0',
  'spAv1.0/G/NBIRTH/N0',
  `spBv1.0/G/DDATA/N0/${'x'.repeat(20_000)}`,
]
const wildLongs = [0, 1, 255, 256, 2 ** 31, 2 ** 32 - 1, 2 ** 53, 1.8e19]

/**
 * `count` Sparkplug messages, the same for the same seed: sessions of two nodes as they should be, and among them bytes that
 * are no protobuf, births that are cut off, aliases that nobody defined or that stand for two metrics, numbers of metrics
 * beyond every bound, values of other types than declared, templates nested thousands deep, and sequence numbers and
 * sessions that jump, repeat and go back.
 */
export function* hostileSparkplug(
  count: number,
  seed: number,
  now: () => number,
): Generator<SparkplugMessage> {
  const random = seededRandom(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const bytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => below(256)))
  const seqs = new Map<string, number>()
  let total = 0

  const topicOf = (verb: Verb, node: string): string =>
    `spBv1.0/G/${verb}/${node}${verb.startsWith('D') ? '/D' : ''}`
  const rightMetrics = (verb: Verb): TestMetric[] => {
    if (verb.endsWith('DEATH')) return verb === 'NDEATH' ? [bdSeq(below(3))] : []
    total += below(3)
    if (verb.startsWith('N')) {
      const state: TestMetric = { name: 'State', alias: 1, type: 'Int32', value: pick([6, 9, null]) }
      return verb === 'NBIRTH' ? [bdSeq(0), state] : [state]
    }
    return [
      { name: 'Total', alias: 10, type: 'UInt64', value: total },
      { name: 'Pulse', alias: 11, type: 'UInt32', value: below(2) },
      {
        name: 'Temp',
        alias: 12,
        type: 'Double',
        value: pick([20.5, NaN, Infinity, -1e308]),
        isHistorical: below(9) === 0,
        isTransient: below(9) === 0,
      },
    ].slice(0, 1 + below(3))
  }
  /** The next message of a node's session, as it should be. */
  const right = (verb: Verb, node: string): Uint8Array => {
    const seq = verb === 'NBIRTH' ? 0 : (seqs.get(node) ?? 0)
    if (verb !== 'NDEATH') seqs.set(node, (seq + 1) % 256)
    return encodePayload(rightMetrics(verb), {
      timestamp: now(),
      bare: verb.endsWith('DATA'),
      ...(verb === 'NDEATH' ? {} : { seq }),
    })
  }

  const wild = (): Uint8Array => {
    const writer = protobuf.Writer.create()
    writer.uint32(8).uint64(pick([...wildLongs, now()]))
    for (let n = below(6); n > 0; n--) writeMetric(writer)
    writer.uint32(24).uint64(pick(wildLongs))
    return writer.finish()
  }
  function writeMetric(writer: Writer): void {
    writer.uint32(18).fork()
    if (below(3) > 0) writer.uint32(10).string(pick(['State', 'Total', 'Temp', '', 'bdSeq', 'x'.repeat(900)]))
    if (below(2) > 0) writer.uint32(16).uint64(pick([1, 10, 11, 12, ...wildLongs]))
    writer.uint32(24).uint64(pick([...wildLongs, now(), now() + 9e9]))
    if (below(4) > 0) writer.uint32(32).uint32(pick([0, 3, 8, 10, 11, 12, 16, 19, 34, 99, 4_294_967_295]))
    if (below(6) === 0) writer.uint32(pick([40, 48, 56])).bool(true)
    switch (below(8)) {
      case 0:
        writer.uint32(80).uint32(pick(wildLongs))
        break
      case 1:
        writer.uint32(88).uint64(pick(wildLongs))
        break
      case 2:
        writer.uint32(101).float(NaN)
        break
      case 3:
        writer.uint32(105).double(pick([NaN, -Infinity, 1e308, -0]))
        break
      case 4:
        writer.uint32(112).bool(true)
        break
      case 5:
        writer.uint32(122).bytes(below(2) === 0 ? bytes(8) : Buffer.alloc(below(90_000), 'x'))
        break
      case 6:
        writer.uint32(146).bytes(bytes(below(40)))
        break
      default:
        writer.uint32(154).bytes(nested(below(10) === 0 ? below(3_000) : below(30)))
    }
    writer.ldelim()
  }
  /** A template within a template within ... */
  const nested = (depth: number): Uint8Array => {
    let inner: Uint8Array = Buffer.from('bottom')
    for (let level = 0; level < depth; level++) {
      inner = protobuf.Writer.create().uint32(154).bytes(inner).finish()
    }
    return inner
  }
  const groups = (): Buffer => Buffer.alloc(1 + below(50_000), 0x0b)
  const many = (): Buffer => Buffer.alloc(2 * (metricsPerPayload + below(3)), Buffer.from([0x12, 0]))
  const bent = (payload: Uint8Array): Buffer => {
    const copy = Buffer.from(payload)
    for (let n = 1 + below(3); n > 0 && copy.length > 0; n--) copy[below(copy.length)] = below(256)
    return copy
  }

  for (let n = 0; n < count; n++) {
    const node = pick(['N0', 'N1'])
    const verb = pick(verbs)
    const topic = below(25) === 0 ? pick(strangeTopics) : topicOf(verb, node)
    const kind = below(100)
    // Births come often enough that much of the rest meets a node that is known.
    if (kind < 12) {
      yield { topic: topicOf('NBIRTH', node), payload: right('NBIRTH', node) }
      if (++n < count) yield { topic: topicOf('DBIRTH', node), payload: right('DBIRTH', node) }
    } else if (kind < 50) {
      const data = pick(['NDATA', 'DDATA'] as const)
      yield { topic: topicOf(data, node), payload: right(data, node) }
    } else if (kind < 56) yield { topic, payload: right(verb, node) }
    else if (kind < 64) {
      // A sequence number that is missing, repeated or far off.
      seqs.set(node, ((seqs.get(node) ?? 0) + pick([1, 2, 255, below(256)])) % 256)
      yield { topic, payload: right(verb, node) }
    } else if (kind < 74) yield { topic, payload: bent(right(verb, node)) }
    else if (kind < 82) {
      const whole = right(pick(['NBIRTH', 'DBIRTH'] as const), node)
      yield { topic, payload: whole.slice(0, below(whole.length)) }
    } else if (kind < 92) yield { topic, payload: wild() }
    else if (kind < 95) yield { topic, payload: bytes(below(300)) }
    else if (kind < 96) yield { topic, payload: groups() }
    else if (kind < 97) yield { topic, payload: below(4) === 0 ? many() : new Uint8Array() }
    else if (kind < 98) yield { topic, payload: below(10) === 0 ? megabytes : wild() }
    else yield { topic, payload: doubleAlias(seqs.get(node) ?? 0) }
  }
}

const megabytes = Buffer.alloc(5 * 1_048_576, 0x12)
const bdSeq = (value: number): TestMetric => ({ name: 'bdSeq', type: 'UInt64', value })

/** A birth in which one alias stands for two metrics. */
function doubleAlias(seq: number): Uint8Array {
  const metric = (name: string): TestMetric => ({ name, alias: 10, type: 'UInt64', value: 1 })
  return encodePayload([metric('Total'), metric('Other')], { seq })
}
