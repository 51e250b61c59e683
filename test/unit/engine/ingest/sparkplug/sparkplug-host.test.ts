import { beforeEach, describe, expect, it } from 'vitest'
import { createMapping } from '../../../../../electron/engine/ingest/mapping/create-mapping.ts'
import { rebirthsPerMinute } from '../../../../../electron/engine/ingest/sparkplug/rebirth-requests.ts'
import {
  createSparkplugHost,
  nodesLimit,
} from '../../../../../electron/engine/ingest/sparkplug/sparkplug-host.ts'
import type { SparkplugHost } from '../../../../../electron/engine/ingest/sparkplug/sparkplug-host.ts'
import type { IncomingMessage } from '../../../../../electron/engine/recorder.ts'
import { plantSchema } from '../../../../../shared/settings/plant.ts'
import { testPlant } from '../../../../helpers/recording.ts'
import { encodePayload } from '../../../../helpers/sparkplug-encoder.ts'
import type { TestMetric } from '../../../../helpers/sparkplug-encoder.ts'

let nowMs = 0
let delivered: IncomingMessage[] = []
let asked: string[] = []
let host: SparkplugHost

const newHost = (more: object = {}): SparkplugHost => {
  const base = testPlant()
  const plant = plantSchema.parse({
    ...base,
    broker: { ...base.broker, sparkplug: { rebirthIntervalS: 10, ...more } },
    topics: [
      {
        sparkplug: 'Plant/+node/+line',
        metric: 'Count/+what',
        count: { good: { from: '@', kind: 'total', maxPerMinute: 1_000_000 } },
      },
      { sparkplug: 'Plant/+node/+line', metric: 'Temp', value: { key: { const: 't' }, value: '@' } },
    ],
  })
  const mapping = createMapping(plant)
  return createSparkplugHost({
    settings: plant.broker.sparkplug,
    lineIds: ['a', 'b'],
    isAboutNode: mapping.isAboutNode,
    signalsOf: mapping.signalsOf,
    linesFedBy: mapping.linesFedBy,
    deliver: (message) => delivered.push(message),
    sendRebirth: (node) => {
      asked.push(node)
      return true
    },
    feeds: '',
    onFeeds: () => {},
    onLiveness: () => {},
    now: () => nowMs,
    log: () => {},
  })
}

beforeEach(() => {
  nowMs = 1_764_000_000_000
  delivered = []
  asked = []
  host = newHost()
  host.connected()
})

const receive = (topic: string, metrics: readonly TestMetric[], seq?: number): void =>
  host.receive(topic, encodePayload(metrics, { seq, timestamp: nowMs }), nowMs)
const said = (): unknown[] =>
  delivered.map(({ payload, outcome }) => ({
    ...(JSON.parse(Buffer.from(payload).toString('utf8')) as object),
    parts: outcome?.ok === true && outcome.parts ? outcome.parts.length : 0,
  }))

describe('host', () => {
  it('gives the recorder one message per metric that means something, with its source, name and time', () => {
    receive('spBv1.0/Plant/NBIRTH/N1', [{ name: 'Other', type: 'Int32', value: 5 }], 0)
    const big = { name: 'Count/Good', type: 'UInt64', value: 4_000_000_000 }
    receive('spBv1.0/Plant/DBIRTH/N1/a', [big, { name: 'Temp', type: 'Float', value: 0.1 }], 1)
    expect(said()).toEqual([
      { source: 'Plant/N1/a', metric: 'Count/Good', value: 4_000_000_000, timestamp: nowMs, parts: 1 },
      { source: 'Plant/N1/a', metric: 'Temp', value: 0.1, timestamp: nowMs, parts: 1 },
    ])
    expect(host.aliveLines()).toEqual(['a'])
  })

  it('a value that feeds no numbers does not make its line stale', () => {
    receive('spBv1.0/Plant/NBIRTH/N1', [], 0)
    receive('spBv1.0/Plant/DBIRTH/N1/b', [{ name: 'Temp', type: 'Int32', value: 5 }], 1)
    receive('spBv1.0/Plant/DDEATH/N1/b', [], 2)
    expect(host.lostSince('b')).toBeNull()
  })

  it('tck-id-payloads-metric-is-null: a null takes back what a metric said, until it has a value or is none any more', () => {
    const count = (value: number | null, more: Partial<TestMetric> = {}): TestMetric => ({
      name: 'Count/Good',
      type: 'UInt32',
      value,
      ...more,
    })
    const temp = (value: number | null): TestMetric => ({ name: 'Temp', type: 'Int32', value })
    receive('spBv1.0/Plant/NBIRTH/N1', [], 0)
    receive('spBv1.0/Plant/DBIRTH/N1/a', [count(1), temp(5)], 1)
    expect(host.lostSince('a')).toBeNull()
    const nullMs = (nowMs += 5_000)
    receive('spBv1.0/Plant/DDATA/N1/a', [count(null)], 2)
    nowMs += 60_000
    expect(host.lostSince('a')).toBe(nullMs)
    expect(host.aliveLines()).toEqual([])
    expect(host.lostSince('b')).toBeNull()
    receive('spBv1.0/Plant/DDATA/N1/a', [count(3, { isHistorical: true })], 3)
    expect(host.lostSince('a')).toBe(nullMs)
    receive('spBv1.0/Plant/DDATA/N1/a', [count(4)], 4)
    expect(host.lostSince('a')).toBeNull()
    expect(host.aliveLines()).toEqual(['a'])
    receive('spBv1.0/Plant/DDATA/N1/a', [temp(null), count(null, { isHistorical: true })], 5)
    expect(host.lostSince('a')).toBeNull()
    receive('spBv1.0/Plant/DDATA/N1/a', [count(null)], 6)
    expect(host.lostSince('a')).toBe(nowMs)
    receive('spBv1.0/Plant/DBIRTH/N1/a', [temp(5)], 7)
    expect(host.lostSince('a')).toBeNull()
    expect(host.counters()).toMatchObject({ messages: 8, births: 3, data: 5, nulls: 4 })
  })

  it('passes over other nodes, commands and STATE, and follows only so many nodes', () => {
    for (const topic of [
      'spBv1.0/Other/NDATA/N1',
      'spBv1.0/Plant/NCMD/N1',
      'spBv1.0/STATE/x',
      'STATE/x',
      'a/b',
    ]) {
      receive(topic, [], 0)
    }
    expect(host.counters()).toEqual({ messages: 5, foreign: 5 })
    for (let n = 0; n < nodesLimit + 3; n++) receive(`spBv1.0/Plant/NBIRTH/N${n}`, [], 0)
    expect(host.counters().tooManyNodes).toBe(3)
    expect(delivered).toEqual([])
  })

  it('asks each node once per interval, all together only so often, and none where it shall not', () => {
    const unborn = (n: number) => receive(`spBv1.0/Plant/NDATA/N${n}`, [], 5)
    for (let n = 0; n < 5; n++) unborn(1)
    expect(asked).toEqual(['Plant/N1'])
    nowMs += 10_000
    unborn(1)
    expect(asked).toEqual(['Plant/N1', 'Plant/N1'])
    for (let n = 2; n < rebirthsPerMinute + 20; n++) unborn(n)
    expect(asked.length).toBe(rebirthsPerMinute)
    expect(host.counters().rebirthsHeldBack).toBe(24)
    nowMs += 60_000
    unborn(500)
    expect(asked.length).toBe(rebirthsPerMinute + 1)
    host = newHost({ rebirth: false })
    host.connected()
    asked = []
    unborn(1)
    expect(asked).toEqual([])
  })

  it('says why a payload is not taken, and never throws', () => {
    for (const bytes of [Buffer.from([0xff]), Buffer.from('{"json":true}'), Buffer.alloc(1_000, 0x12)]) {
      host.receive('spBv1.0/Plant/DDATA/N1/a', bytes, nowMs)
    }
    host.receive('spBv1.0/Plant/DDATA/N1', Buffer.alloc(0), nowMs)
    host.receive('spBv1.0/Plant/NDATA/N1/a', Buffer.alloc(0), nowMs)
    const codes = delivered.map(({ outcome }) => (outcome?.ok === false ? outcome.code : null))
    expect(codes).toEqual(['protobuf', 'protobuf', 'protobuf', 'topic', 'topic'])
    expect(asked).toEqual(['Plant/N1'])
  })

  it('our own connection lost: lines are lost, and births are asked for when it is back', () => {
    receive('spBv1.0/Plant/NBIRTH/N1', [], 0)
    receive('spBv1.0/Plant/DBIRTH/N1/a', [{ name: 'Count/Good', type: 'UInt32', value: 1 }], 1)
    nowMs += 5_000
    host.disconnected()
    expect(host.lostSince('a')).toBe(nowMs)
    expect(host.aliveLines()).toEqual([])
    receive('spBv1.0/Plant/NDATA/N1', [], 2)
    expect(asked).toEqual([])
    host.connected()
    expect(asked).toEqual(['Plant/N1'])
  })
})
