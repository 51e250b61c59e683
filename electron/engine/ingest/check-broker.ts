import { randomBytes } from 'node:crypto'
import { connect } from 'mqtt'
import type { IConnackPacket, IPublishPacket, MqttClient } from 'mqtt'
import type { BrokerSettings } from '../../../shared/settings/broker.ts'
import { brokerGrants } from './broker-grants.ts'
import type { BrokerGrants } from './broker-grants.ts'
import { brokerProblem, brokerProblemText, refusesVersion } from './broker-problem.ts'
import { brokerAddress, connectOptions } from './connect-options.ts'
import type { Attempt, MqttVersion } from './connect-options.ts'

/** Messages by which the broker's queue is measured: more than the 1,000 that mosquitto keeps by default. */
export const probeMessages = 1_200
/** As long as more keep coming within this time, more are waited for. Milliseconds. */
const quietMs = 700
const longestMs = 20_000
const versionTopic = '$SYS/broker/version'

/** What a broker gives a board. Null: it could not be found out. */
export type BrokerReport = {
  address: string
  /** As it names itself in $SYS, such as "mosquitto version 2.0.18". */
  version: string | null
  grants: BrokerGrants
  /** Of `probeMessages` for an absent board so many were kept. */
  kept: number | null
  /** So many of them it sent before the first was acknowledged. */
  window: number | null
  /** Why `kept` and `window` could not be measured. */
  unmeasured: string | null
}

/**
 * Greets the broker as the board would, with a client id of its own, and measures on a topic of its own how many messages
 * it keeps for an absent board. Leaves no session behind. Throws an Error with one sentence when there is no connection.
 */
export async function checkBroker(
  broker: BrokerSettings,
  password: string | undefined,
): Promise<BrokerReport> {
  const address = brokerAddress(broker.url)
  const clientId = `lineside-check-${randomBytes(4).toString('hex')}`
  const open = (version: MqttVersion, session: Attempt['session'], id: string, onPacket?: OnPacket) =>
    greet(broker, { clientId: id, password, version, session, will: null }, onPacket)

  const refused = (error: unknown) => new Error(brokerProblemText(brokerProblem(error), address))
  const first = await open(5, 'clean', `${clientId}-p`).catch((error: unknown) => {
    if (!refusesVersion(error) && error !== hungUp) throw refused(error)
    return open(4, 'clean', `${clientId}-p`).catch((second: unknown) => {
      throw refused(second === hungUp ? null : second)
    })
  })
  const { client, version } = first
  try {
    const name = await readVersion(client)
    // The grants of a kept session are those that count.
    const topic = `${broker.prefix}/board/${clientId}/check`
    const absent = await open(version, 'kept', clientId)
    const grants = brokerGrants(absent.connack, version, broker.sessionExpiryS)
    let measured: Pick<BrokerReport, 'kept' | 'window' | 'unmeasured'>
    try {
      const [granted] = await absent.client.subscribeAsync(topic, { qos: 1 })
      if (!granted || granted.qos > 2) throw new Error(`reading ${topic} is not allowed`)
      await absent.client.endAsync()
      await publishAll(client, topic)
      measured = {
        ...(await countKept((onPacket) => open(version, 'kept', clientId, onPacket))),
        unmeasured: null,
      }
    } catch (error) {
      measured = {
        kept: null,
        window: null,
        unmeasured: error instanceof Error ? error.message : String(error),
      }
    } finally {
      await absent.client.endAsync(true)
      const last = await open(version, 'clean', clientId).catch(() => null)
      await last?.client.endAsync()
    }
    return { address, version: name, grants, ...measured }
  } finally {
    await client.endAsync(true)
  }
}

type OnPacket = (packet: IPublishPacket, client: MqttClient) => void
type Greeted = { client: MqttClient; connack: IConnackPacket; version: MqttVersion }

const hungUp = new Error('The broker hung up')
/** See broker-link.ts: no acknowledgement is sent. */
const noAck = new Error('not acknowledged')

function greet(broker: BrokerSettings, attempt: Attempt, onPacket?: OnPacket): Promise<Greeted> {
  return new Promise((resolve, reject) => {
    const client = connect(broker.url, connectOptions(broker, attempt))
    if (onPacket) {
      client.handleMessage = (packet, done) => {
        onPacket(packet, client)
        done(noAck)
      }
    }
    let failure: unknown = hungUp
    client.on('error', (error) => {
      failure = error
    })
    client.once('connect', (connack) => resolve({ client, connack, version: attempt.version }))
    client.once('close', () => {
      client.end(true)
      reject(failure as Error)
    })
  })
}

async function readVersion(client: MqttClient): Promise<string | null> {
  const said = new Promise<string>((resolve) => {
    client.on('message', (topic, payload) => {
      if (topic === versionTopic) resolve(payload.toString('utf8').slice(0, 100))
    })
  })
  await client.subscribeAsync(versionTopic, { qos: 0 }).catch(() => [])
  return Promise.race([said, wait(quietMs).then(() => null)])
}

async function publishAll(client: MqttClient, topic: string): Promise<void> {
  const published = Array.from({ length: probeMessages }, (_, index) =>
    client.publishAsync(topic, String(index), { qos: 1 }),
  )
  const all = Promise.all(published).then(() => true)
  all.catch(() => {})
  if (!(await Promise.race([all, wait(longestMs).then(() => false)]))) {
    throw new Error('the broker did not take the messages in time')
  }
}

/** First acknowledges nothing, to see the window; then all that came, until no more do. */
async function countKept(
  open: (onPacket: OnPacket) => Promise<Greeted>,
): Promise<{ kept: number; window: number }> {
  let unacked: number[] = []
  let kept = 0
  let window: number | null = null
  const { client } = await open((packet) => {
    if (packet.qos === 0 || packet.messageId === undefined) return
    kept++
    unacked.push(packet.messageId)
  })
  try {
    const endMs = performance.now() + longestMs
    for (let before = -1; before !== kept && performance.now() < endMs;) {
      before = kept
      await wait(quietMs)
      if (before !== kept) continue
      window ??= unacked.length
      before = unacked.length > 0 ? -1 : kept
      for (const id of unacked) client.stream.write(Buffer.from([0x40, 2, id >> 8, id & 255]))
      unacked = []
    }
    return { kept, window: window ?? 0 }
  } finally {
    await client.endAsync(true)
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
