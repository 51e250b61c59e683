import fc from 'fast-check'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import { presetNames } from '../../shared/settings/topic-presets.ts'
import { seededRandom } from './random.ts'

/** Topics of the native kinds and of every preset, to a line `a` or `b`, and rules of one's own. */
export const fuzzTopics = [
  ...presetNames.map((preset) => ({ preset })),
  {
    topic: 'own/+line/+cell',
    cell: '+cell',
    samples: '/rows',
    time: { from: '/t', unit: 's' },
    count: { good: '/n' },
  },
  { topic: 'plain/+line', count: { good: { from: '@', kind: 'total' } } },
  { topic: 'query/+line', count: { good: "metrics[?name=='good'].value | [0]" }, id: '/id' },
] as const

const known = [
  ...['count', 'state', 'changeover', 'product', 'scrap', 'value', 'call'].map(
    (kind) => `lineside/v1/a/${kind}`,
  ),
  ...['count', 'scrapCount', 'state'].map((name) => `ia/c/l/a/${name}`),
  'umh/v1/e/s/x/a/_analytics/product/add',
  'umh/v1/e/s/x/a/_analytics/work-order/create',
  'umh/v1/e/s/x/a/_historian',
  'umh/v1/e/s/x/b/_pump_v1/speed',
  'uns/s/x/b/good',
  'tele/a/SENSOR',
  'a/events/rpc',
  'shellies/b/input_event/0',
  'packml/a/Status/StateCurrent',
  'packml/a/Admin/ProdProcessedCount/0/AccCount',
  'own/a/x',
  'plain/b',
  'query/a',
]
const strange = [
  '',
  '/',
  '$SYS/broker/uptime',
  'lineside/v1',
  'lineside/v1/nowhere/count',
  'lineside/v1/a/count/more',
  'lineside/v1/a/board/status',
  'ia/c/l/unknown/count',
  'spBv1.0/G/NBIRTH/N',
  'spBv1.0/G/DDATA/N/D',
  'plain/\u{1f525}',
  `long/${'x/'.repeat(20_000)}`,
]
/** Right as they stand, to be bent. */
const rightBodies = (now: number): string[] => [
  '{"good":1}',
  `{"ts":${now},"good":3,"scrap":1,"reason":"Dent","product":"cola"}`,
  `{"total_good":${now % 1000}}`,
  '{"state":"stopped","reason":"jam"}',
  '{"event":"start","from":"cola","to":"water","call":"c1"}',
  '{"product":"cola","order":"o1","target":100,"ideal_cycle_s":2}',
  '{"qty":2,"reason":"Dent"}',
  '{"key":"t","value":5}',
  `{"timestamp_ms":${now},"count":4,"scrap":1,"state":10000,"value":7}`,
  `{"Time":"2026-03-10T08:00:00","COUNTER":{"C1":${now % 500}}}`,
  `{"method":"NotifyStatus","params":{"ts":${now / 1000},"input:2":{"counts":{"total":9}}}}`,
  `{"rows":[{"n":1},{"n":2,"t":${now / 1000}}],"t":${now / 1000}}`,
  `{"metrics":[{"name":"good","value":2}],"id":"${now}"}`,
  '6',
  'Execute',
]
const badValues = [
  'NaN',
  '-1',
  '1e308',
  '-1e308',
  '1e999',
  '9007199254740993',
  '0.5',
  '""',
  '"x"',
  'null',
  '[]',
  '{}',
  'true',
  '-0',
]
const badNames = ['id', 'ts', '__proto__', 'constructor', 'toString', 'length', '', '\\u0000']

const any = fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' }), fc.json({ maxDepth: 6 }))

/** `count` messages, most of them wrong in one way or other, the same for the same seed. */
export function* hostileMessages(count: number, seed: number, now: () => number): Generator<IncomingMessage> {
  const random = seededRandom(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const made = fc.sample(any, { seed, numRuns: 2_000 })
  const megabytes = Buffer.alloc(5 * 1_048_576, '[')
  const encode = (text: string): Buffer => Buffer.from(text, 'utf8')
  const bytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => below(256)))

  const bent = (): Buffer => {
    const text = pick(rightBodies(now() - below(4_000)))
    switch (below(5)) {
      case 0:
        return encode(text.replace(/[:[]("[^"]*"|[\d.]+)/, (part) => `${part[0]}${pick(badValues)}`))
      case 1: {
        const broken = encode(text)
        broken[below(broken.length)] = below(256)
        return broken
      }
      case 2:
        return encode(text.slice(0, below(text.length)))
      case 3:
        return encode(text.replace('{', `{"${pick(badNames)}":${pick(badValues)},`))
      default:
        return encode(text)
    }
  }
  const payload = (): Buffer => {
    const kind = below(100)
    if (kind < 55) return bent()
    if (kind < 70) return encode(pick(made))
    if (kind < 80) return bytes(below(200))
    if (kind < 85) return Buffer.concat([encode('{"reason":"'), bytes(5), encode('","good":1}')])
    if (kind < 90) {
      const depth = below(30_000)
      return encode(pick(['[', '{"a":', '{"rows":[']).repeat(depth / 5) + ']'.repeat(below(depth + 1)))
    }
    if (kind < 93) {
      const depth = 1 + below(20_000)
      return encode(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    }
    if (kind < 96) {
      const at = pick([0, -1, 1e15, now() + 9e8, now() - 9e9, '"2026-02-30T00:00:00Z"'])
      return encode(`{"ts":${at},"timestamp_ms":${at},"good":1,"count":1,"scrap":1,"state":10000}`)
    }
    if (kind < 97) return megabytes.subarray(0, pick([65_536, 65_537, 1_048_576, megabytes.length]))
    return encode(pick(badValues))
  }
  for (let n = 0; n < count; n++) {
    yield {
      topic: below(8) === 0 ? pick(strange) : pick(known),
      payload: payload(),
      arrivedMs: now(),
      dup: below(20) === 0,
      retain: below(20) === 0,
      packetId: below(3) === 0 ? null : 1 + (n % 65_535),
    }
  }
}
