import { afterEach, describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import { startEdgeNode } from '../helpers/edge-node.ts'
import type { TestEdgeNode } from '../helpers/edge-node.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import type { TestMosquitto } from '../helpers/mosquitto.ts'
import { needPart } from '../helpers/parts.ts'
import { sparkplugBoard } from '../helpers/sparkplug-board.ts'
import type { SparkplugBoard } from '../helpers/sparkplug-board.ts'
import type { TestMetric } from '../helpers/sparkplug-encoder.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { startWiretap } from '../helpers/wiretap.ts'

/** Edge nodes made by Eclipse Tahu's encoder, through a real mosquitto, into the store. */

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function mosquitto(context: TestContext): Promise<TestMosquitto> {
  needPart(context, 'mosquitto')
  const dir = makeTempDir('sparkplug')
  const broker = await startMosquitto(dir.path)
  cleanups.push(async () => {
    await broker.stop()
    dir.remove()
  })
  return broker
}

function board(url: string, more: Parameters<typeof sparkplugBoard>[2] = {}): SparkplugBoard {
  const made = sparkplugBoard(url, 'board', more)
  cleanups.push(async () => {
    await made.ingest.stop()
    expect(made.differences()).toEqual([])
    made.close()
  })
  made.ingest.start()
  return made
}

async function edgeNode(url: string, session = 0, node = 'N1'): Promise<TestEdgeNode> {
  const made = await startEdgeNode(url, { group: 'Plant', node }, session)
  cleanups.push(made.cut)
  return made
}

const ready = (b: SparkplugBoard) =>
  until('connected', () => b.logs.some((text) => text.startsWith('Sparkplug: Connected')))
const lost = (b: SparkplugBoard, lineId = 'a') => until('lost', () => b.ingest.lostSince(lineId) !== null)
const found = (b: SparkplugBoard, lineId = 'a') => until('found', () => b.ingest.lostSince(lineId) === null)

const state = (value: number): TestMetric => ({ name: 'Line/State', alias: 10, type: 'Int32', value })
const good = (value: number): TestMetric => ({ name: 'Good', alias: 20, type: 'UInt32', value })
const pulse = (value: number): TestMetric => ({ name: 'Pulse', alias: 21, type: 'UInt32', value })
const asks = (node: TestEdgeNode) =>
  node.commands.filter((names) => names.includes('Node Control/Rebirth')).length

async function births(node: TestEdgeNode, total: number, stateNow = 6): Promise<void> {
  await node.nodeBirth([state(stateNow)])
  await node.deviceBirth('filler', [good(total), pulse(0)])
}

describe('edge nodes through mosquitto', () => {
  it('counts and states arrive by birth and by alias; a running total is not counted at birth', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url)
    await ready(b)
    const node = await edgeNode(broker.url)
    await births(node, 1_000)
    await node.data('filler', [good(1_004), pulse(2)])
    await node.data(null, [state(2)])
    await until('stored', () => b.good('a') === 4 && b.scrap('a') === 2 && b.states().length === 2)
    expect(b.states()).toEqual(['running', 'stopped'])
    expect(b.ingest.lostSince('a')).toBeNull()
  })

  it('tck-id-operational-behavior-data-commands-rebirth: a node that was born before the board came is asked', async (context) => {
    const broker = await mosquitto(context)
    const node = await edgeNode(broker.url)
    node.onRebirth(() => births(node, 500))
    await births(node, 500)
    const b = board(broker.url)
    await ready(b)
    await node.data('filler', [good(501)])
    await until('asked', () => asks(node) === 1)
    await node.data('filler', [good(503)])
    await until('stored', () => b.good('a') === 3)
  })

  it('a lost message: the births bring what it said, and the total is whole', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url)
    await ready(b)
    const node = await edgeNode(broker.url)
    let total = 100
    node.onRebirth(() => births(node, total))
    await births(node, total)
    await node.data('filler', [good((total = 105))])
    await node.data('filler', [good((total = 107))], { lose: true })
    await node.data('filler', [good((total = 110))])
    await until('asked', () => asks(node) === 1)
    await found(b)
    await node.data('filler', [good((total = 111))])
    await until('stored', () => b.good('a') === 11)
    expect(b.logs.join()).toContain('asked Plant/N1 for its births (sequence)')
  })

  it('requests are held back: one per interval however much comes', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url, { rebirthIntervalS: 60 })
    await ready(b)
    const node = await edgeNode(broker.url)
    for (let n = 0; n < 50; n++) await node.data('filler', [good(n)])
    await until('asked', () => asks(node) === 1)
    await births(node, 0)
    await node.data('filler', [good(7)])
    await until('stored', () => b.good('a') === 7)
    expect(asks(node)).toBe(1)
  })

  it('tck-id-operational-behavior-edge-node-termination-host-action-ndeath: stale at once, and back with the restarted node', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url)
    await ready(b)
    const node = await edgeNode(broker.url, 0)
    await births(node, 10)
    await until('state', () => b.states().length === 1)
    await until('fed', () => b.recorder.memo.get('sparkplug-feeds')?.includes('filler'))
    await node.cut()
    await lost(b)
    expect(Date.now() - b.ingest.lostSince('a')!).toBeLessThan(10_000)
    // Another session, other aliases: 20 was "Good" and is "Pulse" now.
    const again = await edgeNode(broker.url, 1)
    await again.nodeBirth([{ ...state(6), alias: 1 }])
    await again.deviceBirth('filler', [
      { ...good(12), alias: 2 },
      { ...pulse(0), alias: 20 },
    ])
    await found(b)
    await again.data('filler', [{ ...pulse(3), alias: 20 }])
    await again.data('filler', [{ ...good(15), alias: 2 }])
    await until('stored', () => b.good('a') === 5 && b.scrap('a') === 3)
  })

  it('tck-id-operational-behavior-edge-node-termination-host-action-ddeath: a dead device makes its line stale, no other', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url)
    await ready(b)
    const node = await edgeNode(broker.url)
    const other = await edgeNode(broker.url, 0, 'N2')
    await births(node, 10)
    await other.nodeBirth([good(1)])
    await until('both fed', () => /filler.*N2|N2.*filler/.test(b.recorder.memo.get('sparkplug-feeds') ?? ''))
    await node.deviceDeath('filler')
    await lost(b)
    await other.data(null, [good(3)])
    await until('stored', () => b.good('b') === 2)
    expect(b.ingest.lostSince('b')).toBeNull()
    await node.deviceBirth('filler', [good(11), pulse(0)])
    await found(b)
    await until('stored', () => b.good('a') === 1)
  })

  it('own connection lost: everything is stale until it is born again', async (context) => {
    const broker = await mosquitto(context)
    const wire = await startWiretap(broker.port)
    cleanups.push(wire.close)
    const b = board(wire.url)
    await ready(b)
    const node = await edgeNode(broker.url)
    let total = 10
    node.onRebirth(() => births(node, total))
    await births(node, total)
    await until('fed', () => b.recorder.memo.get('sparkplug-feeds')?.includes('filler'))
    wire.block(true)
    await lost(b)
    await node.data('filler', [good((total = 14))])
    wire.block(false)
    await found(b)
    await until('the total caught up', () => b.good('a') === 4)
    expect(asks(node)).toBeGreaterThan(0)
  })

  it('a historical value lands in its own minute, nulls and transient values are not stored', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url)
    await ready(b)
    const node = await edgeNode(broker.url)
    await births(node, 10)
    const hourAgo = Date.now() - 3_600_000
    await node.data('filler', [
      { ...pulse(4), isHistorical: true, timestamp: hourAgo },
      { ...pulse(9), isTransient: true },
      { ...good(0), value: null },
    ])
    await node.data('filler', [pulse(1)])
    await until('stored', () => b.scrap('a') === 5)
    const old = b.recorder.model('a').facts.counts.find((bucket) => bucket.scrap === 4)
    expect(old && hourAgo - old.startMs).toBeLessThan(60_000)
    expect(b.good('a')).toBe(0)
  })

  it('garbage, endless nodes and huge births are refused by reason, and the others still count', async (context) => {
    const broker = await mosquitto(context)
    const b = board(broker.url)
    await ready(b)
    const node = await edgeNode(broker.url)
    await births(node, 10)
    await node.publishRaw('DDATA', 'filler', Buffer.from([0xff, 0xff, 0xff, 0x01, 0x02]))
    await node.publishRaw('NBIRTH', 'surplus', Buffer.from([]))
    const strangers = await Promise.all([0, 1, 2].map((n) => edgeNode(broker.url, 0, `stranger-${n}`)))
    for (const stranger of strangers) await stranger.nodeBirth([good(1)])
    await node.data('filler', [good(12)])
    await until('stored', () => b.good('a') === 2)
    await until('counted', () => b.recorder.counters().rejected === 2)
    expect(b.recorder.counters().rejectedBy).toMatchObject({ protobuf: 1, topic: 1 })
    expect(strangers.every((stranger) => asks(stranger) === 0)).toBe(true)
  })
})
