import { connect as connectSocket, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { createIngest } from '../../electron/engine/ingest/ingest.ts'
import type { Ingest } from '../../electron/engine/ingest/ingest.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { startAedes } from '../helpers/aedes.ts'
import type { TestAedes } from '../helpers/aedes.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import type { TestMosquitto } from '../helpers/mosquitto.ts'
import { needPart } from '../helpers/parts.ts'
import { startRecording, testPlant } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Board = TestRecording & { ingest: Ingest; logs: string[] }

async function mosquitto(extra: readonly string[] = []): Promise<TestMosquitto> {
  const dir = makeTempDir('broker')
  const broker = await startMosquitto(dir.path, extra)
  cleanups.push(async () => {
    await broker.stop()
    dir.remove()
  })
  return broker
}

async function aedes(options: Parameters<typeof startAedes>[0] = {}): Promise<TestAedes> {
  const broker = await startAedes(options)
  cleanups.push(broker.stop)
  return broker
}

function board(
  url: string,
  more: Partial<ReturnType<typeof testPlant>['broker']> = {},
  password?: string,
  topics: readonly unknown[] = [],
): Board {
  const plant = plantSchema.parse({ ...testPlant(url), topics })
  Object.assign(plant.broker, more)
  const recording = startRecording(Date.now(), plant)
  Object.defineProperty(recording.clock, 'nowMs', { get: () => Date.now() })
  const logs: string[] = []
  const { recorder } = recording
  const log = (_level: string, text: string): void => void logs.push(text)
  const ingest = createIngest({
    plant,
    recorder,
    now: Date.now,
    password,
    version: '0.0.0-test',
    auditHead: () => '',
    log,
  })
  cleanups.push(async () => {
    await ingest.stop()
    expect(recording.differences()).toEqual([])
    recording.close()
  })
  return Object.assign(recording, { ingest, logs })
}

async function publisher(
  url: string,
  options: { username?: string; password?: string } = {},
): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 200, ...options })
  cleanups.push(async () => client.endAsync(true))
  return client
}

/** Stands before a broker and hangs up on everybody who greets in MQTT 5, as some old brokers do. Answers its address. */
async function doorman(port: number): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    socket.once('data', (greeting) => {
      if (greeting[greeting.indexOf('MQTT') + 4] === 5) return socket.destroy()
      const behind = connectSocket(port, '127.0.0.1')
      sockets.push(behind)
      behind.on('error', () => socket.destroy())
      behind.write(greeting)
      socket.pipe(behind).pipe(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const connected = (b: Board) => until('connected', () => b.ingest.broker().state === 'connected')
const good = (b: Board) => b.recorder.model('a').facts.counts.reduce((sum, bucket) => sum + bucket.good, 0)
const publish = (client: MqttClient, kind: string, payload: object, options: object = {}) =>
  client.publishAsync(`lineside/v1/a/${kind}`, JSON.stringify(payload), { qos: 1, ...options })

describe('with mosquitto', () => {
  it('stores live messages of QoS 0 and 1, and what was published while the board was away', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto()
    const first = board(broker.url, { clientId: 'board-1' })
    first.ingest.start()
    await connected(first)
    expect(first.logs.join()).toContain('MQTT 5')
    const client = await publisher(broker.url)
    await publish(client, 'count', { good: 1 })
    await publish(client, 'count', { good: 2 }, { qos: 0 })
    await until('both stored', () => good(first) === 3)
    await first.ingest.stop()

    for (let n = 0; n < 2_000; n++) void publish(client, 'count', { good: 1, id: `m${n}` })
    await publish(client, 'state', { state: 'running' })
    const second = board(broker.url, { clientId: 'board-1' })
    second.ingest.start()
    await until('backlog stored', () => good(second) === 2_000)
    expect(second.recorder.counters()).toMatchObject({ stored: 2_001, duplicates: 0, rejected: 0 })
  })

  it('acknowledges nothing before the commit: what the store refused comes again', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto()
    const full = board(broker.url, { clientId: 'board-2' })
    const pages = full.database.write.pragma('page_count', { simple: true }) as number
    full.ingest.start()
    await connected(full)
    full.database.write.pragma(`max_page_count = ${pages + 4}`)
    const client = await publisher(broker.url)
    const total = 3_000
    for (let n = 0; n < total; n++) {
      void publish(
        client,
        'count',
        n % 3 === 0 ? { good: 1 } : { good: 1, id: `m${n}`, note: 'x'.repeat(200) },
      )
    }
    await until('the disk is full', () => full.ingest.storeProblem())
    expect(full.ingest.storeProblem()).toMatchObject({
      kind: 'full',
      text: expect.stringContaining('disk is full') as string,
    })
    expect(full.ingest.broker().state).toBe('connected')
    expect(full.recorder.counters().stored).toBeLessThan(total)
    full.database.write.pragma('max_page_count = 1073741823')
    await until('all stored', () => full.recorder.counters().stored === total, 30_000)
    expect(full.ingest.storeProblem()).toBeNull()
    expect(good(full)).toBe(total)
    expect(full.recorder.counters()).toMatchObject({ duplicates: 0, rejected: 0 })
  })

  it('acknowledges rejected messages, so that they never come again', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto()
    const first = board(broker.url, { clientId: 'board-3' })
    first.ingest.start()
    await connected(first)
    const client = await publisher(broker.url)
    await publish(client, 'count', { good: 'many' })
    await client.publishAsync('lineside/v1/nowhere/count', '{}', { qos: 1 })
    await until('both rejected', () => first.recorder.counters().rejected === 2)
    expect(first.recorder.counters().lastReject?.reason).toContain('unknown line "nowhere"')
    await first.ingest.stop()
    const second = board(broker.url, { clientId: 'board-3' })
    second.ingest.start()
    await connected(second)
    await publish(client, 'count', { good: 1 })
    await until('stored', () => good(second) === 1)
    expect(second.recorder.counters().rejected).toBe(0)
  })

  it('subscribes to what topics: says, and drops what it no longer says', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto()
    const client = await publisher(broker.url)
    const first = board(broker.url, { clientId: 'board-5' }, undefined, [
      { topic: 'old/+line', count: { good: '@' } },
    ])
    first.ingest.start()
    await connected(first)
    await client.publishAsync('old/a', '2', { qos: 1 })
    await until('counted', () => good(first) === 2)
    await first.ingest.stop()

    // The same store, started again with another plant file.
    const plant = plantSchema.parse({
      ...first.plant,
      topics: [{ topic: 'new/+line', count: { good: '@' } }],
    })
    const recorder = openRecorder({ database: first.database, plant, now: Date.now })
    const options = {
      plant,
      recorder,
      now: Date.now,
      version: 'test',
      auditHead: () => '',
      password: undefined,
    }
    const ingest = createIngest({ ...options, log: () => {} })
    cleanups.push(ingest.stop)
    ingest.start()
    await until('connected', () => ingest.broker().state === 'connected')
    for (let n = 0; n < 3; n++) {
      await client.publishAsync('old/a', '2', { qos: 1 })
      await client.publishAsync('new/a', '3', { qos: 1 })
    }
    await until('counted', () => recorder.counters().stored === 4)
    expect(recorder.counters()).toMatchObject({ stored: 4, rejected: 0 })
    first.recorder = recorder
  })

  it('comes back by itself after the broker was away, and loses nothing', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto()
    const b = board(broker.url)
    b.ingest.start()
    await connected(b)
    const client = await publisher(broker.url)
    for (let n = 0; n < 500; n++) void publish(client, 'count', { good: 1 })
    await broker.stop()
    await until('offline', () => b.ingest.broker().state === 'offline')
    expect(b.ingest.broker().problem).toEqual({ kind: 'noAnswer', detail: '' })
    for (let n = 0; n < 500; n++) void publish(client, 'count', { good: 1 })
    await broker.restart()
    await connected(b)
    await until('all there', () => good(b) >= 1_000, 20_000)
    expect(b.ingest.broker().problem).toBeNull()
  })

  it('falls back to MQTT 3.1.1 where 5 is refused by closing the connection', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto()
    const b = board(await doorman(broker.port))
    b.ingest.start()
    await connected(b)
    expect(b.logs.join()).toContain('MQTT 3.1.1')
    const client = await publisher(broker.url)
    for (let n = 0; n < 200; n++) void publish(client, 'count', { good: 1 })
    await until('stored', () => good(b) === 200)
  })
})

describe('with aedes', () => {
  it('falls back to MQTT 3.1.1 and survives a restart of the broker', async () => {
    const first = await startAedes()
    const b = board(first.url)
    b.ingest.start()
    await connected(b)
    expect(b.logs.join()).toContain('MQTT 3.1.1')
    const client = await publisher(first.url)
    await publish(client, 'count', { good: 1 })
    await until('stored', () => good(b) === 1)
    await first.stop()
    await until('gone', () => b.ingest.broker().state !== 'connected')
    await aedes({ port: first.port })
    await connected(b)
    await publish(client, 'count', { good: 1 })
    await until('stored again', () => good(b) === 2)
  })

  it('takes a missing broker as a state, and connects when it comes', async () => {
    const gone = await startAedes()
    await gone.stop()
    const b = board(gone.url)
    let changes = 0
    b.ingest.onChange(() => changes++)
    b.ingest.start()
    expect(b.ingest.broker()).toMatchObject({ state: 'connecting', address: `127.0.0.1:${gone.port}` })
    await until('offline', () => b.ingest.broker().state === 'offline')
    expect(changes).toBeGreaterThan(0)
    await aedes({ port: gone.port })
    await connected(b)
  })

  it('says so when the password is wrong, without showing it', async () => {
    const broker = await aedes({ authenticate: (name, password) => name === 'line' && password === 'right' })
    const wrong = board(broker.url, { username: 'line' }, 'wrong')
    wrong.ingest.start()
    await until('offline', () => wrong.ingest.broker().state === 'offline')
    expect(wrong.ingest.broker().problem).toEqual({ kind: 'login', detail: '' })
    expect(JSON.stringify([wrong.ingest.broker(), wrong.logs])).not.toContain('wrong')
    const right = board(broker.url, { username: 'line' }, 'right')
    right.ingest.start()
    await connected(right)
  })

  it('takes retained states, but no retained increments', async () => {
    const broker = await aedes()
    const client = await publisher(broker.url)
    const at = Date.now() - 60_000
    await publish(client, 'state', { state: 'stopped', reason: 'jam', ts: at }, { retain: true })
    await publish(client, 'count', { good: 5 }, { retain: true })
    const b = board(broker.url)
    b.ingest.start()
    await until('state', () => b.recorder.model('a').facts.states.length === 1)
    await until('drop', () => b.recorder.counters().retainedDropped === 1)
    expect(b.recorder.model('a').facts.states[0]).toMatchObject({ state: 'stopped', reason: 'jam', atMs: at })
    expect(good(b)).toBe(0)
  })
})
