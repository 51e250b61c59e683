import { MessageChannel } from 'node:worker_threads'
import mqtt from 'mqtt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEngine } from '../../electron/engine/engine.ts'
import type { Engine } from '../../electron/engine/engine.ts'
import { messagePortChannel } from '../../electron/host/message-port-channel.ts'
import type { PortChannel } from '../../electron/host/message-port-channel.ts'
import { createClient } from '../../renderer/link/client.ts'
import type { Client } from '../../renderer/link/client.ts'
import type { Board } from '../../shared/contract/board.ts'
import type { Push } from '../../shared/contract/protocol.ts'
import { protocolVersion } from '../../shared/contract/protocol.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { until } from '../helpers/until.ts'
import { startAedes } from '../helpers/aedes.ts'
import type { TestAedes } from '../helpers/aedes.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

/** The page's own client against a real engine with a real store, over a real MessagePort. */

const plantOn = (brokerUrl: string) =>
  plantSchema.parse({
    site: { name: 'Contract', timeZone: 'Europe/Berlin' },
    broker: { url: brokerUrl },
    lines: [
      {
        id: 'l1',
        name: 'Filler 7',
        products: [{ id: 'p1', name: 'Still', idealCycleS: 1 }],
        defaultProduct: 'p1',
        shifts: [
          { name: 'Day', start: '06:00', end: '18:00' },
          { name: 'Night', start: '18:00', end: '06:00' },
        ],
        scrapReasons: ['Cap'],
      },
    ],
  })

let broker: TestAedes
let dir: ReturnType<typeof makeTempDir>
let engine: Engine
let client: Client
let page: PortChannel
let pushes: Push[]

beforeEach(async () => {
  dir = makeTempDir('message-port')
  broker = await startAedes()
  engine = createEngine({
    plant: plantOn(broker.url),
    dataDir: dir.path,
    demo: null,
    version: '1.2.3',
    log: () => {},
  })
  await engine.start()
  const { port1, port2 } = new MessageChannel()
  engine.attach(messagePortChannel(port1))
  page = messagePortChannel(port2)
  pushes = []
  client = createClient(page, { deadlineMs: 2_000, onPush: hear })
})
afterEach(async () => {
  client.close()
  await engine.stop()
  await broker.stop()
  dir.remove()
})

function hear(push: Push): void {
  pushes.push(push)
  client.ack(push.seq)
}

/** The board as the page would know it after all pushes. */
function latest(): Partial<Board> {
  return pushes.reduce<Partial<Board>>((board, push) => {
    if (push.type === 'snapshot') return push.board
    return push.type === 'patch' ? { ...board, ...push.parts } : board
  }, {})
}

async function publish(kind: string, message: Record<string, unknown>): Promise<void> {
  const publisher = await mqtt.connectAsync(broker.url)
  await publisher.publishAsync(`lineside/v1/l1/${kind}`, JSON.stringify(message), { qos: 1, retain: false })
  await publisher.endAsync()
}

const hello = () => client.call('hello', { protocol: protocolVersion, lineId: null })

describe('the protocol over a MessagePort', () => {
  test('nothing before hello; then the version, a snapshot and ticks', async () => {
    expect(pushes).toEqual([])
    expect(await hello()).toEqual({ protocol: protocolVersion, version: '1.2.3' })
    const first = await until('a push', () => pushes[0])
    expect(first.type).toBe('snapshot')
    if (first.type !== 'snapshot') return
    expect(first.board.site.lineName).toBe('Filler 7')
    const next = await until('the next push', () => pushes[1], 3_000)
    expect(next.seq).toBeGreaterThan(first.seq)
  })

  test('a command is stored and comes back as a push', async () => {
    await hello()
    await until('the broker', () => latest().health?.broker.state === 'connected')
    await publish('count', { good: 88 })
    await until('the pieces on the board', () => latest().status?.made === 88)
    const receipt = await client.call('logScrap', { lineId: 'l1', reason: 'Cap', qty: 12 })
    expect(receipt.entryId).not.toBe('')
    expect(Math.abs(receipt.atMs - Date.now())).toBeLessThan(5_000)
    await until('the scrap on the board', () => latest().scrap?.scrap === 12)
  })

  test('refusals come as code and sentence, never as a broken call', async () => {
    await hello()
    const noLine = client.call('logScrap', { lineId: 'nowhere', reason: 'Cap', qty: 1 })
    await expect(noLine).rejects.toMatchObject({ code: 'not-found' })
    const badInput = client.call('logScrap', { lineId: 'l1', reason: 'Cap', qty: -1 })
    await expect(badInput).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(/\w+/) })
    const tooOld = client.call('hello', { protocol: protocolVersion + 1, lineId: null })
    await expect(tooOld).rejects.toMatchObject({ code: 'version' })
  })

  test('functions that are not listed cannot be called', async () => {
    await hello()
    for (const name of ['toString', 'constructor', '__proto__', 'push', 'stop']) {
      const call = client.call(name as 'hello', { protocol: protocolVersion, lineId: null })
      await expect(call).rejects.toMatchObject({
        code: expect.stringMatching(/^(not-allowed|deadline)$/),
      })
    }
    expect(await hello()).toMatchObject({ version: '1.2.3' })
  }, 20_000)

  test('noise on the port harms nobody', async () => {
    for (const noise of [null, 7, 'text', [], {}, { t: 'q' }, { t: 'q', m: 5 }, { t: 's', i: 'x' }])
      page.send(noise)
    expect(await hello()).toMatchObject({ version: '1.2.3' })
  })

  test('a closed port fails the calls that wait, at once', async () => {
    await hello()
    const startMs = performance.now()
    const waiting = client.call('openStops', { lineId: 'l1' })
    page.close()
    await expect(waiting).rejects.toMatchObject({ code: 'deadline' })
    await expect(hello()).rejects.toMatchObject({ code: 'closed' })
    expect(performance.now() - startMs).toBeLessThan(1_000)
  })
})
