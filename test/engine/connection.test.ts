import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect as connectSocket } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import { WebSocketServer, createWebSocketStream } from 'ws'
import { createIngest } from '../../electron/engine/ingest/ingest.ts'
import type { Ingest } from '../../electron/engine/ingest/ingest.ts'
import type { BrokerProblem } from '../../shared/contract/broker.ts'
import { startAedes } from '../helpers/aedes.ts'
import type { TestAedes } from '../helpers/aedes.ts'
import { makeCertificates } from '../helpers/certificates.ts'
import type { Certificates } from '../helpers/certificates.ts'
import { freePort, startMosquitto } from '../helpers/mosquitto.ts'
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
type BrokerSettings = ReturnType<typeof testPlant>['broker']

function board(url: string, more: Partial<BrokerSettings> = {}): Board {
  const plant = testPlant(url)
  Object.assign(plant.broker, more)
  const recording = startRecording(Date.now(), plant)
  Object.defineProperty(recording.clock, 'nowMs', { get: () => Date.now() })
  const logs: string[] = []
  const ingest = createIngest({
    plant,
    recorder: recording.recorder,
    now: Date.now,
    password: undefined,
    version: '1.2.3-test',
    auditHead: () => '',
    log: (_level, text) => void logs.push(text),
  })
  cleanups.push(async () => {
    await ingest.stop()
    recording.close()
  })
  ingest.start()
  return Object.assign(recording, { ingest, logs })
}

async function publisher(url: string): Promise<MqttClient> {
  const client = await connectAsync(url)
  cleanups.push(async () => client.endAsync(true))
  return client
}

const connected = (b: Board) => until('connected', () => b.ingest.broker().state === 'connected')
const offline = (b: Board) => until('offline', () => b.ingest.broker().state === 'offline')
const good = (b: Board) => b.recorder.model('a').facts.counts.reduce((sum, bucket) => sum + bucket.good, 0)
const count = (client: MqttClient, n: number) =>
  client.publishAsync('lineside/v1/a/count', JSON.stringify({ good: n }), { qos: 1 })

function certificates(context: TestContext): Certificates & { dir: string } {
  needPart(context, 'openssl')
  const dir = makeTempDir('tls')
  cleanups.push(dir.remove)
  return { dir: dir.path, ...makeCertificates(dir.path) }
}

/** A mosquitto with a plain listener and one for TLS that demands a certificate of the client. */
async function tlsBroker(
  context: TestContext,
  files: Certificates & { dir: string },
): Promise<TestMosquitto & { tlsUrl: string; tlsPort: number }> {
  needPart(context, 'mosquitto')
  const tlsPort = await freePort()
  const broker = await startMosquitto(files.dir, [
    `listener ${tlsPort} 127.0.0.1`,
    `cafile ${files.caFile}`,
    `certfile ${files.brokerCert}`,
    `keyfile ${files.brokerKey}`,
    'require_certificate true',
  ])
  cleanups.push(broker.stop)
  return { ...broker, tlsPort, tlsUrl: `mqtts://127.0.0.1:${tlsPort}` }
}

async function aedes(): Promise<TestAedes> {
  const broker = await startAedes()
  cleanups.push(broker.stop)
  return broker
}

describe('TLS with mosquitto', () => {
  it('connects with an authority, a certificate of its own and the name of the broker', async (context) => {
    const files = certificates(context)
    const broker = await tlsBroker(context, files)
    const b = board(broker.tlsUrl, {
      caFile: files.caFile,
      certFile: files.boardCert,
      keyFile: files.boardKey,
      serverName: 'broker.plant.test',
    })
    await connected(b)
    await count(await publisher(broker.url), 3)
    await until('stored', () => good(b) === 3)
  })

  it('says what is wrong with a certificate, and accepts none that does not fit', async (context) => {
    const files = certificates(context)
    const broker = await tlsBroker(context, files)
    const own = { certFile: files.boardCert, keyFile: files.boardKey }
    const cases = [
      { ...own, caFile: files.caFile },
      { ...own, caFile: files.otherCaFile, serverName: 'broker.plant.test' },
      { ...own, serverName: 'broker.plant.test' },
      { ...own, caFile: '/nowhere/ca.pem' },
    ]
    const problems: (BrokerProblem | null | undefined)[] = []
    for (const more of cases) {
      const b = board(broker.tlsUrl, more)
      await offline(b)
      problems.push(b.ingest.broker().problem)
      await b.ingest.stop()
    }
    const detail = expect.any(String) as string
    expect(problems).toEqual([
      { kind: 'otherName', detail },
      { kind: 'certificate', detail },
      { kind: 'certificate', detail },
      { kind: 'file', detail: expect.stringContaining('/nowhere/ca.pem') as string },
    ])
    const without = board(broker.tlsUrl, { caFile: files.caFile, serverName: 'broker.plant.test' })
    await offline(without)
    expect(without.ingest.broker().problem).toEqual({ kind: 'ownCertificate', detail: '' })
  })

  it('names the broker (SNI) and offers its protocols (ALPN)', async (context) => {
    const files = certificates(context)
    const behind = await aedes()
    const seen: unknown[] = []
    const sockets = new Set<Socket>()
    const door = createTlsServer(
      {
        cert: readFileSync(files.brokerCert),
        key: readFileSync(files.brokerKey),
        ALPNProtocols: ['x-plant-mqtt'],
      },
      (socket) => {
        seen.push({ name: (socket as { servername?: string }).servername, alpn: socket.alpnProtocol })
        const inner = connectSocket(behind.port, '127.0.0.1')
        for (const end of [socket, inner]) {
          sockets.add(end)
          end.on('error', () => end.destroy())
        }
        socket.pipe(inner).pipe(socket)
      },
    )
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    cleanups.push(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => door.close(resolve))
    })
    const b = board(`mqtts://127.0.0.1:${(door.address() as AddressInfo).port}`, {
      caFile: files.caFile,
      serverName: 'broker.plant.test',
      alpn: ['x-plant-mqtt', 'mqtt'],
    })
    await connected(b)
    expect(seen).toContainEqual({ name: 'broker.plant.test', alpn: 'x-plant-mqtt' })
  })
})

describe('websockets', () => {
  /** Debian's mosquitto starts no websocket listener everywhere, so aedes stands behind these. */
  async function webSocketDoor(files: Certificates | null): Promise<{ url: string; behind: TestAedes }> {
    const behind = await aedes()
    const server = files
      ? createHttpsServer({ cert: readFileSync(files.brokerCert), key: readFileSync(files.brokerKey) })
      : createHttpServer()
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'mqtt' })
    sockets.on('connection', (socket) => {
      const stream = createWebSocketStream(socket)
      stream.on('error', () => socket.terminate())
      behind.aedes.handle(stream as unknown as Socket)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(async () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
    })
    const { port } = server.address() as AddressInfo
    return { url: `${files ? 'wss' : 'ws'}://127.0.0.1:${port}/mqtt`, behind }
  }

  it('reads and acknowledges over ws', async () => {
    const { url, behind } = await webSocketDoor(null)
    const b = board(url)
    await connected(b)
    const client = await publisher(behind.url)
    for (let n = 0; n < 50; n++) await count(client, 1)
    await until('stored', () => good(b) === 50)
    await b.ingest.stop()
    const again = board(url, { clientId: 'other' })
    await connected(again)
    expect(again.recorder.counters().stored).toBe(0)
  })

  it('reads over wss with an authority and the name of the broker', async (context) => {
    const files = certificates(context)
    const { url, behind } = await webSocketDoor(files)
    const b = board(url, { caFile: files.caFile, serverName: 'broker.plant.test' })
    await connected(b)
    await count(await publisher(behind.url), 4)
    await until('stored', () => good(b) === 4)
    const wrong = board(url, { caFile: files.otherCaFile, serverName: 'broker.plant.test', clientId: 'w' })
    await offline(wrong)
    expect(wrong.ingest.broker().problem).toMatchObject({ kind: 'certificate' })
  })
})

describe('the greeting', () => {
  it('carries keepalive, a kept session and the last will', async () => {
    const broker = await aedes()
    const greetings: Record<string, unknown>[] = []
    broker.aedes.preConnect = (_client, packet, done) => {
      greetings.push(packet as unknown as Record<string, unknown>)
      done(null, true)
    }
    const b = board(broker.url, { keepaliveS: 7, clientId: 'board/7', prefix: 'plant/x' })
    await connected(b)
    const greeting = greetings.find((packet) => packet.protocolVersion === 4)
    expect(greeting).toMatchObject({ keepalive: 7, clean: false, clientId: 'board/7' })
    const { topic, qos, retain, payload } = greeting?.will as Record<string, unknown>
    expect({ topic, qos, retain }).toEqual({ topic: 'plant/x/board/board-7/status', qos: 1, retain: true })
    expect(JSON.parse(String(payload))).toEqual({ online: false, timestamp: expect.any(Number) as number })
    const quiet = board(broker.url, { status: false, clientId: 'quiet' })
    await connected(quiet)
    const quietGreeting = greetings.find(
      (packet) => packet.clientId === 'quiet' && packet.protocolVersion === 4,
    )
    expect(quietGreeting).toBeDefined()
    expect(quietGreeting?.will).toBeUndefined()
  })
})

describe('status of the board', () => {
  const topic = 'lineside/v1/board/board-1/status'

  async function watch(
    broker: TestMosquitto,
  ): Promise<{ said: Record<string, unknown>[]; watcher: MqttClient }> {
    const said: Record<string, unknown>[] = []
    const watcher = await publisher(broker.url)
    watcher.on('message', (_topic, payload) => {
      said.push(JSON.parse(payload.toString('utf8')) as Record<string, unknown>)
    })
    await watcher.subscribeAsync(topic, { qos: 1 })
    return { said, watcher }
  }

  it('is retained with health figures, and says offline before an intended end', async (context) => {
    needPart(context, 'mosquitto')
    const dir = makeTempDir('broker')
    const broker = await startMosquitto(dir.path)
    cleanups.push(async () => {
      await broker.stop()
      dir.remove()
    })
    const b = board(broker.url, { clientId: 'board-1' })
    await connected(b)
    const { said } = await watch(broker)
    await until('online', () => said.length > 0)
    expect(said[0]).toEqual({
      online: true,
      version: '1.2.3-test',
      uptime_s: expect.any(Number) as number,
      lines: ['a', 'b'],
      mqtt: '5',
      stored: 0,
      duplicates: 0,
      rejected: 0,
      queued: 0,
      store_problem: null,
      audit_head: '',
      kiosk: null,
      lost_lines: [],
      timestamp: expect.any(Number) as number,
    })
    expect(b.recorder.counters().rejected).toBe(0)
    await b.ingest.stop()
    await until('offline', () => said.at(-1)?.online === false)
  })

  it('is said to be offline by the broker when the connection breaks', async (context) => {
    needPart(context, 'mosquitto')
    const dir = makeTempDir('broker')
    const broker = await startMosquitto(dir.path)
    cleanups.push(async () => {
      await broker.stop()
      dir.remove()
    })
    const wires: Socket[] = []
    const { createServer } = await import('node:net')
    const between = createServer((socket) => {
      const inner = connectSocket(broker.port, '127.0.0.1')
      for (const end of [socket, inner]) end.on('error', () => end.destroy())
      wires.push(socket, inner)
      socket.pipe(inner).pipe(socket)
    })
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
    cleanups.push(async () => {
      for (const wire of wires) wire.destroy()
      await new Promise((resolve) => between.close(resolve))
    })
    const b = board(`mqtt://127.0.0.1:${(between.address() as AddressInfo).port}`, { clientId: 'board-1' })
    await connected(b)
    const { said } = await watch(broker)
    await until('online', () => said.at(-1)?.online === true)
    between.close()
    for (const wire of wires) wire.destroy()
    await until('offline', () => said.at(-1)?.online === false)
  })
})
