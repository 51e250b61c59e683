import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEdgeNode } from '../../../../../electron/engine/ingest/sparkplug/edge-node.ts'
import type { EdgeNode } from '../../../../../electron/engine/ingest/sparkplug/edge-node.ts'
import { metricValue } from '../../../../../electron/engine/ingest/sparkplug/metric-value.ts'
import { readPayload } from '../../../../../electron/engine/ingest/sparkplug/payload.ts'
import type { EdgeVerb } from '../../../../../electron/engine/ingest/sparkplug/sparkplug-topic.ts'
import { encodePayload } from '../../../../helpers/sparkplug-encoder.ts'
import type { TestMetric } from '../../../../helpers/sparkplug-encoder.ts'

const reorderMs = 2_000
/** What becomes of messages that are as they should be. */
const expected = new Set(['births', 'data', 'deaths'])
const arrivedMs = 1_764_000_000_000
let events: string[] = []
let node: EdgeNode

beforeEach(() => {
  vi.useFakeTimers()
  events = []
  node = newNode()
})
afterEach(() => vi.useRealTimers())

function newNode(waitMs = reorderMs): EdgeNode {
  return createEdgeNode('g/n', waitMs, {
    metric: ({ source, name, datatype }, metric) => {
      if (name === 'bdSeq') return
      const read = metricValue(metric, datatype)
      events.push(`${source} ${name}=${read.ok ? String(read.value) : read.reason}`)
    },
    birth: () => {},
    born: (source) => events.push(`born ${source}`),
    died: (source, atMs) => events.push(`died ${source}${atMs === arrivedMs ? '' : ` at ${atMs}`}`),
    doubtful: (sources) => events.push(`doubtful ${sources.join()}`),
    reborn: (devices) => events.push(`reborn ${devices.join()}`),
    askRebirth: (cause) => events.push(`rebirth: ${cause}`),
    tally: (name) => {
      if (!expected.has(name)) events.push(`tally ${name}`)
    },
    reject: (_message, reason) => events.push(`reject ${reason}`),
  })
}

function send(
  verb: EdgeVerb,
  seq: number | undefined,
  metrics: readonly TestMetric[],
  device: string | null = null,
) {
  const bare = verb.endsWith('DATA')
  const payload = readPayload(encodePayload(metrics, { seq, bare, timestamp: arrivedMs - 5_000 }))
  node.receive({ topic: 't', verb, device, payload, arrivedMs })
}

const bd = (n: number): TestMetric => ({ name: 'bdSeq', type: 'UInt64', value: n })
const good = (value: number): TestMetric => ({ name: 'good', alias: 1, type: 'UInt32', value })
const state = (value: string): TestMetric => ({ name: 'state', alias: 2, type: 'String', value })

/** Node and device "d" born; the next message has seq 2. */
function born(session = 0): void {
  send('NBIRTH', 0, [bd(session), good(10)])
  send('DBIRTH', 1, [state('running')], 'd')
  events = []
}

describe('births', () => {
  it('define names, aliases and types of the node and its devices, and bring the first values', () => {
    send('NBIRTH', 0, [bd(0), good(10)])
    send('DBIRTH', 1, [state('running')], 'd')
    send('NDATA', 2, [{ alias: 1, type: 'UInt32', value: 11 }])
    send('DDATA', 3, [{ alias: 2, type: 'String', value: 'stopped' }], 'd')
    expect(events).toEqual([
      'g/n good=10',
      'born g/n',
      'g/n/d state=running',
      'born g/n/d',
      'g/n good=11',
      'g/n/d state=stopped',
    ])
  })

  it('tck-id-payloads-alias-uniqueness: a birth whose alias stands for two metrics is not taken', () => {
    send('NBIRTH', 0, [bd(0), good(10), { name: 'other', alias: 1, type: 'UInt32', value: 1 }])
    expect(events).toEqual(['reject alias 1 stands for "good" and for "other"', 'doubtful g/n', 'doubtful '])
    events = []
    send('NDATA', 1, [{ alias: 1, type: 'UInt32', value: 11 }])
    expect(events).toEqual(['tally unborn', 'rebirth: no birth'])
  })

  it('an alias means what the newest birth says, and only for its own device', () => {
    born()
    send('NBIRTH', 0, [bd(0), { name: 'scrap', alias: 2, type: 'UInt32', value: 1 }])
    send('DBIRTH', 1, [{ name: 'good', alias: 1, type: 'UInt32', value: 20 }], 'd')
    events = []
    send('NDATA', 2, [{ alias: 2, type: 'UInt32', value: 2 }])
    send('DDATA', 3, [{ alias: 1, type: 'UInt32', value: 21 }], 'd')
    send('NDATA', 4, [{ alias: 1, type: 'UInt32', value: 99 }])
    expect(events).toEqual([
      'g/n scrap=2',
      'g/n/d good=21',
      'tally unknownMetrics',
      'rebirth: unknown metric',
    ])
  })

  it('metrics without alias go by their name', () => {
    send('NBIRTH', 0, [bd(0), { name: 'good', type: 'UInt32', value: 1 }])
    send('NDATA', 1, [{ name: 'good', type: 'UInt32', value: 2 }])
    expect(events.at(-1)).toBe('g/n good=2')
  })
})

describe('rebirth requests', () => {
  it('tck-id-operational-behavior-data-commands-rebirth-action: DATA, DBIRTH and DDEATH before a birth', () => {
    send('NDATA', 0, [good(1)])
    send('DBIRTH', 1, [state('running')], 'd')
    send('DDEATH', 2, [], 'd')
    expect(events.filter((event) => event.startsWith('rebirth'))).toEqual(Array(3).fill('rebirth: no birth'))
    born()
    send('DDATA', 2, [state('running')], 'unborn device')
    expect(events).toEqual(['tally unborn', 'rebirth: no birth'])
  })

  it('an unknown metric is asked for; the known ones beside it count', () => {
    born()
    send('NDATA', 2, [
      { alias: 1, type: 'UInt32', value: 12 },
      { alias: 77, type: 'UInt32', value: 1 },
    ])
    expect(events).toEqual(['g/n good=12', 'tally unknownMetrics', 'rebirth: unknown metric'])
  })

  it('a message without or with an impossible sequence number is malformed', () => {
    born()
    send('NDATA', undefined, [good(1)])
    send('NDATA', 256, [good(1)])
    expect(events.filter((event) => event.startsWith('rebirth'))).toEqual([
      'rebirth: malformed',
      'rebirth: malformed',
    ])
    expect(events.some((event) => event.includes('good='))).toBe(false)
  })
})

describe('order', () => {
  const value = (seq: number, n: number) => send('NDATA', seq, [{ alias: 1, type: 'UInt32', value: n }])

  it('tck-id-operational-behavior-host-reordering-start and -success: waits, then goes on in order', () => {
    born()
    value(3, 13)
    value(4, 14)
    expect(events).toEqual(['tally outOfOrder', 'tally outOfOrder'])
    vi.advanceTimersByTime(reorderMs - 1)
    value(2, 12)
    expect(events.slice(2)).toEqual(['g/n good=12', 'g/n good=13', 'g/n good=14'])
    vi.advanceTimersByTime(10 * reorderMs)
    value(5, 15)
    expect(events.slice(5)).toEqual(['g/n good=15'])
  })

  it('tck-id-operational-behavior-host-reordering-rebirth: asks when the time is up; what came still counts', () => {
    born()
    value(3, 13)
    value(5, 15)
    vi.advanceTimersByTime(reorderMs)
    expect(events.slice(2)).toEqual([
      'tally gaps',
      'doubtful g/n,g/n/d',
      'g/n good=13',
      'g/n good=15',
      'rebirth: sequence',
    ])
    value(6, 16)
    expect(events.at(-1)).toBe('g/n good=16')
  })

  it('tck-id-operational-behavior-host-reordering-param: without waiting, at once', () => {
    node = newNode(0)
    born()
    value(3, 13)
    expect(events.at(-1)).toBe('rebirth: sequence')
  })

  it('tck-id-payloads-sequence-num-incrementing: 255 is followed by 0', () => {
    send('NBIRTH', 254, [bd(0), good(10)])
    value(255, 11)
    value(0, 12)
    value(1, 13)
    expect(events.slice(2)).toEqual(['g/n good=11', 'g/n good=12', 'g/n good=13'])
  })

  it('a birth ends the waiting', () => {
    born()
    value(3, 13)
    send('NBIRTH', 0, [bd(0), good(20)])
    events = []
    vi.advanceTimersByTime(10 * reorderMs)
    value(1, 21)
    expect(events).toEqual(['g/n good=21'])
  })
})

describe('deaths', () => {
  it('tck-id-operational-behavior-edge-node-termination-host-action-ndeath-*: node and devices, at our own time', () => {
    born(4)
    send('NDEATH', undefined, [bd(4)])
    expect(events).toEqual(['died g/n', 'died g/n/d'])
    events = []
    send('NDATA', 2, [good(1)])
    expect(events).toEqual(['tally unborn', 'rebirth: no birth'])
  })

  it('tck-id-payloads-ndeath-bdseq: a death of an earlier session changes nothing', () => {
    born(5)
    send('NDEATH', undefined, [bd(4)])
    expect(events).toEqual(['tally oldDeaths'])
    send('NDATA', 2, [{ alias: 1, type: 'UInt32', value: 12 }])
    expect(events.at(-1)).toBe('g/n good=12')
  })

  it('tck-id-operational-behavior-edge-node-termination-host-action-ddeath-*: the device alone, at the payload time', () => {
    born()
    send('DDEATH', 2, [], 'd')
    send('NDATA', 3, [{ alias: 1, type: 'UInt32', value: 12 }])
    expect(events).toEqual([`died g/n/d at ${arrivedMs - 5_000}`, 'g/n good=12'])
    events = []
    send('DDATA', 4, [{ alias: 2, type: 'String', value: 'running' }], 'd')
    expect(events).toEqual(['tally unborn', 'rebirth: no birth'])
  })

  it('our own connection lost: nothing holds until it is born again', () => {
    born()
    node.reset()
    send('NDATA', 2, [{ alias: 1, type: 'UInt32', value: 12 }])
    expect(events).toEqual(['tally unborn', 'rebirth: no birth'])
  })
})
