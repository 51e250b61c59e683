import { connectAsync } from 'mqtt'
import type { IConnectPacket, IPublishPacket, Packet } from 'mqtt-packet'
import { afterEach, describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import { startAedes } from '../helpers/aedes.ts'
import { readPayload } from '../../electron/engine/ingest/sparkplug/payload.ts'
import { startEdgeNode } from '../helpers/edge-node.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { needPart } from '../helpers/parts.ts'
import { sparkplugBoard } from '../helpers/sparkplug-board.ts'
import type { SparkplugBoard } from '../helpers/sparkplug-board.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { startWiretap } from '../helpers/wiretap.ts'
import type { Wiretap } from '../helpers/wiretap.ts'

/** What the host application says of itself, read on the wire; names are those of the specification's assertions. */

const stateTopic = 'spBv1.0/STATE/board-host'
const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type State = { online: boolean; timestamp: number }
type Rig = { board: SparkplugBoard; wire: Wiretap; said: (State | string)[]; brokerUrl: string }

async function rig(
  context: TestContext | null,
  more: Parameters<typeof sparkplugBoard>[2] = {},
  topic = stateTopic,
): Promise<Rig> {
  let port: number
  let brokerUrl: string
  if (context === null) {
    const broker = await startAedes()
    cleanups.push(broker.stop)
    port = broker.port
    brokerUrl = broker.url
  } else {
    needPart(context, 'mosquitto')
    const dir = makeTempDir('sparkplug')
    const broker = await startMosquitto(dir.path)
    cleanups.push(async () => {
      await broker.stop()
      dir.remove()
    })
    port = broker.port
    brokerUrl = broker.url
  }
  const wire = await startWiretap(port)
  cleanups.push(wire.close)
  const said: (State | string)[] = []
  const watcher = await connectAsync(brokerUrl)
  cleanups.push(() => watcher.endAsync(true))
  watcher.on('message', (_topic, payload) => {
    const text = payload.toString('utf8')
    said.push(text.startsWith('{') ? (JSON.parse(text) as State) : text)
  })
  await watcher.subscribeAsync(topic, { qos: 1 })
  const board = sparkplugBoard(wire.url, 'board', more)
  cleanups.push(async () => {
    await board.ingest.stop()
    board.close()
  })
  board.ingest.start()
  return { board, wire, said, brokerUrl }
}

/** Packets of the Sparkplug connection, in order: its CONNECT and everything that names a Sparkplug topic. */
function ofHost(wire: Wiretap): Packet[] {
  return wire.packets.filter((packet) => {
    if (packet.cmd === 'connect') return packet.clientId === 'board-sparkplug'
    if (packet.cmd === 'subscribe') return packet.subscriptions.some(({ topic }) => /spBv1|STATE/.test(topic))
    return packet.cmd === 'publish' && /^(spBv1\.0|STATE)\//.test(packet.topic)
  })
}

const stateOf = (packet: IPublishPacket | NonNullable<IConnectPacket['will']>): State =>
  JSON.parse(String(packet.payload)) as State
const states = (wire: Wiretap): IPublishPacket[] =>
  ofHost(wire).filter((packet): packet is IPublishPacket => packet.cmd === 'publish')
const connects = (wire: Wiretap): IConnectPacket[] =>
  ofHost(wire).filter((packet): packet is IConnectPacket => packet.cmd === 'connect')

describe('session and STATE', () => {
  it('tck-id-message-flow-phid-sparkplug-clean-session-50, -state-publish, tck-id-host-topic-phid-*: on MQTT 5', async (context) => {
    const { wire, said } = await rig(context)
    await until('online', () => said.some((state) => typeof state === 'object' && state.online))
    const [connect, subscribe, birth] = ofHost(wire) as [IConnectPacket, Packet, IPublishPacket]
    expect(connect).toMatchObject({
      cmd: 'connect',
      protocolVersion: 5,
      clean: true,
      properties: { sessionExpiryInterval: 0 },
      will: { topic: stateTopic, qos: 1, retain: true },
    })
    expect(Object.keys(stateOf(connect.will!)).sort()).toEqual(['online', 'timestamp'])
    expect(subscribe).toMatchObject({
      cmd: 'subscribe',
      subscriptions: [{ topic: stateTopic }, { topic: 'spBv1.0/#' }],
    })
    expect(birth).toMatchObject({ cmd: 'publish', topic: stateTopic, qos: 1, retain: true })
    expect(stateOf(connect.will!).online).toBe(false)
    expect(stateOf(birth)).toEqual({ online: true, timestamp: stateOf(connect.will!).timestamp })
    expect(Math.abs(stateOf(birth).timestamp - Date.now())).toBeLessThan(60_000)
  })

  it('tck-id-message-flow-phid-sparkplug-clean-session-311: on MQTT 3.1.1', async () => {
    const { wire, said } = await rig(null)
    await until('online', () => said.some((state) => typeof state === 'object' && state.online))
    const connect = connects(wire).at(-1)
    expect(connect).toMatchObject({
      protocolVersion: 4,
      clean: true,
      will: { topic: stateTopic, qos: 1, retain: true },
    })
  })

  it('tck-id-host-topic-phid-death-payload-connect: a new time for each CONNECT, and the will when the wire is cut', async (context) => {
    const { wire, said } = await rig(context)
    await until('online', () => said.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 5))
    wire.cut()
    await until('offline, then online again', () => {
      const last = said.at(-1) as State
      return said.some((state) => !(state as State).online) && last.online && connects(wire).length >= 2
    })
    const [first, second] = connects(wire).map((connect) => stateOf(connect.will!).timestamp)
    expect(second).toBeGreaterThan(first!)
    expect(said).toContainEqual({ online: false, timestamp: first })
    expect(said.at(-1)).toEqual({ online: true, timestamp: second })
  })

  it('tck-id-operational-behavior-host-application-termination: says offline, then disconnects', async (context) => {
    const { board, wire, said } = await rig(context)
    await until('online', () => said.length > 0)
    const before = Date.now()
    await board.ingest.stop()
    await until('offline', () => !(said.at(-1) as State).online)
    const death = states(wire).at(-1)!
    expect(death).toMatchObject({ topic: stateTopic, qos: 1, retain: true })
    expect(stateOf(death).online).toBe(false)
    expect(stateOf(death).timestamp).toBeGreaterThanOrEqual(before)
    const at = wire.packets.indexOf(death)
    expect(wire.packets.slice(at).some((packet) => packet.cmd === 'disconnect')).toBe(true)
  })

  it('tck-id-message-flow-hid-sparkplug-state-message-delivered: says online again when an offline of itself is delivered', async (context) => {
    const { wire, said, brokerUrl } = await rig(context)
    await until('online', () => said.length > 0)
    const born = said.at(-1) as State
    const other = await connectAsync(brokerUrl)
    cleanups.push(() => other.endAsync(true))
    const old = JSON.stringify({ online: false, timestamp: born.timestamp - 60_000 })
    await other.publishAsync(stateTopic, old, { qos: 1, retain: true })
    await until('online again', () => said.length >= 3 && (said.at(-1) as State).online)
    expect(said.at(-1)).toEqual(born)
    // Some brokers deliver it once for each of the two subscriptions that fit.
    expect([2, 3]).toContain(states(wire).length)
  })

  it('speaks the STATE from before version 3 where it is told to, and none where not', async (context) => {
    const { board, wire, said } = await rig(context, { state: 'legacy' }, 'STATE/board-host')
    await until('online', () => said.length > 0)
    await board.ingest.stop()
    await until('offline', () => said.length > 1)
    expect(said).toEqual(['ONLINE', 'OFFLINE'])
    expect(connects(wire)[0]?.will).toMatchObject({ topic: 'STATE/board-host', qos: 1, retain: true })
    const quiet = await rig(context, { state: 'none', groups: ['Plant', 'Other'] })
    await until('subscribed', () => ofHost(quiet.wire).length > 1)
    expect(connects(quiet.wire)[0]?.will).toBeFalsy()
    expect(ofHost(quiet.wire)[1]).toMatchObject({
      subscriptions: [{ topic: stateTopic }, { topic: 'spBv1.0/Plant/#' }, { topic: 'spBv1.0/Other/#' }],
    })
    await quiet.board.ingest.stop()
    expect(quiet.said).toEqual([])
  })

  it('tck-id-topics-ncmd-mqtt, tck-id-payloads-ncmd-*: the request on the wire', async (context) => {
    const { wire, said, brokerUrl } = await rig(context)
    await until('online', () => said.length > 0)
    const node = await startEdgeNode(brokerUrl, { group: 'Plant', node: 'N1' })
    cleanups.push(node.cut)
    const before = Date.now()
    await node.data(null, [{ name: 'Line/State', type: 'Int32', value: 6 }])
    const command = await until('asked', () => states(wire).find(({ topic }) => topic.includes('/NCMD/')))
    expect(command).toMatchObject({ topic: 'spBv1.0/Plant/NCMD/N1', qos: 0, retain: false })
    const payload = readPayload(command.payload as Buffer)
    expect(payload.seq).toBeUndefined()
    expect(payload.timestampMs).toBeGreaterThanOrEqual(before)
    expect(payload.metrics).toMatchObject([{ name: 'Node Control/Rebirth', boolean: true }])
  })

  it('the plain connection beside it keeps its session', async (context) => {
    const { wire, said } = await rig(context)
    await until('online', () => said.length > 0)
    const plain = await until('plain', () =>
      wire.packets.find((packet) => packet.cmd === 'connect' && packet.clientId === 'board'),
    )
    expect(plain).toMatchObject({ clean: false, properties: { sessionExpiryInterval: 604_800 } })
  })
})
