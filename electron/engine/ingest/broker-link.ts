import { isDeepStrictEqual } from 'node:util'
import { connect } from 'mqtt'
import type { IConnackPacket, MqttClient } from 'mqtt'
import type { HealthPart } from '../../../shared/contract/board.ts'
import type { BrokerProblem } from '../../../shared/contract/broker.ts'
import type { BrokerSettings } from '../../../shared/settings/broker.ts'
import { backOffMs } from './back-off.ts'
import { brokerProblem, brokerProblemText, refusesVersion } from './broker-problem.ts'
import { brokerAddress, connectOptions } from './connect-options.ts'
import type { Attempt, MqttVersion } from './connect-options.ts'
import { brokerAdvice } from './broker-advice.ts'
import { brokerGrants } from './broker-grants.ts'
import type { BrokerGrants } from './broker-grants.ts'
import type { AckStream } from './ack-after-sync.ts'
import { createPublishReader } from './publish-reader.ts'
import type { Published } from './publish-reader.ts'

/** A connection that holds this long counts as good: the next outage starts with a quick try again. Milliseconds. */
const steadyMs = 10_000
/** How long a graceful goodbye may take. Milliseconds. */
const goodbyeMs = 2_000

/** Given to mqtt.js instead of "done": it then sends no PUBACK and goes on. See test/engine/ingest-contract.test.ts. */
const deferAck = new Error('acknowledged after the commit')

export type Publication = { topic: string; payload: string | Buffer; qos: 0 | 1; retain: boolean }

export type BrokerLinkOptions = {
  broker: BrokerSettings
  password: string | undefined
  clientId: string
  /** `kept`: messages are acknowledged by whoever gets `from`, after the commit. `clean`: they are acknowledged at once. */
  session: Attempt['session']
  filters: readonly string[]
  /** What these filters read, for the sentence when the broker refuses them. */
  reads: string
  /** The last will of one attempt to connect. */
  will: () => Attempt['will']
  /** What is published before an intended end. */
  farewell: () => Publication | null
  /** Filters that an earlier run of this client id may have left at the broker. */
  oldFilters: readonly string[]
  now: () => number
  /** A message; `from` is null for QoS 0. Call `next` for the following one: at once, or later to hold the broker back. */
  onMessage: (published: Published, from: AckStream | null, next: () => void) => void
  /** The broker kept no session: nothing unacknowledged will come again. */
  onNewSession: () => void
  onSubscribed: () => void
  /** Connected and subscribed; called on each connection. */
  onReady: () => void
  /** A connection that was ready has ended by itself. */
  onLost: () => void
  onChange: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

export type BrokerLink = {
  start: () => void
  stop: () => Promise<void>
  state: () => HealthPart['broker']
  stream: () => AckStream | null
  version: () => MqttVersion
  /** What the broker granted on the newest connection; null: none was accepted yet. */
  grants: () => BrokerGrants | null
  /** False: there is no connection, or the last one of its kind is not through yet: nothing was published. */
  publish: (publication: Publication) => boolean
}

/** Publications that wait for the broker, at most. */
const publishingLimit = 200

/** One lasting relation to the broker over any number of connections: MQTT 5 first, 3.1.1 where 5 is refused. */
export function createBrokerLink(options: BrokerLinkOptions): BrokerLink {
  const address = brokerAddress(options.broker.url)
  let state: HealthPart['broker'] = { state: 'connecting', sinceMs: options.now(), address, problem: null }
  let client: MqttClient | null = null
  let clientAcks: AckStream | null = null
  let timer: NodeJS.Timeout | null = null
  let failures = 0
  let version: MqttVersion = 5
  let speaksOnly4 = false
  let subscribed = false
  let ready = false
  let stopped = true
  let grants: BrokerGrants | null = null
  let publishing = 0

  function setState(next: 'connected' | 'connecting' | 'offline', problem: BrokerProblem | null): void {
    if (state.state === next && isDeepStrictEqual(state.problem ?? null, problem)) return
    const sinceMs = state.state === next ? state.sinceMs : options.now()
    state = { state: next, sinceMs, address, problem }
    if (grants) Object.assign(state, { mqtt: grants.mqtt, advice: brokerAdvice(grants, options.broker) })
    if (problem !== null) options.log('warn', brokerProblemText(problem, address))
    else if (next === 'connected')
      options.log('info', `Connected to the broker ${address} (MQTT ${version === 5 ? '5' : '3.1.1'})`)
    options.onChange()
  }

  function attempt(): void {
    timer = null
    if (stopped) return
    let tried: MqttClient
    try {
      const { clientId, password, session } = options
      const greeting = { clientId, password, version, session, will: options.will() }
      tried = connect(options.broker.url, {
        ...connectOptions(options.broker, greeting),
        manualConnect: true,
      })
    } catch (error) {
      failures++
      setState('offline', brokerProblem(error))
      return retryLater()
    }
    client = tried
    publishing = 0
    let failure: unknown = null
    let greetedMs: number | null = null
    const acks = acknowledgements(tried)
    clientAcks = acks
    /** `deferred`: acknowledged later, by whoever gets the stream. Else there is nothing to do, or mqtt.js does it. */
    const receive = (published: Published, deferred: boolean, next: () => void): void => {
      if (client === tried) options.onMessage(published, deferred ? acks : null, next)
      else next()
    }
    tried.handleMessage = (packet, done) => {
      const { topic, payload, dup, retain, qos, messageId = null } = packet
      const deferred = qos > 0 && options.session === 'kept'
      const arrivedMs = options.now()
      const published = {
        topic,
        payload: payload as Buffer,
        arrivedMs,
        dup,
        retain,
        qos,
        packetId: messageId,
      }
      receive(published, deferred, () => (deferred ? done(deferAck) : done()))
    }
    if (options.session === 'kept') readPublishes(tried, version, options.now, receive)
    tried.on('connect', (packet) => {
      greetedMs = options.now()
      grants = brokerGrants(packet, version, options.broker.sessionExpiryS)
      greeted(tried, packet)
    })
    tried.on('disconnect', (packet) => {
      if (packet.reasonCode) failure = { code: packet.reasonCode }
    })
    tried.on('error', (error) => {
      failure = error
    })
    tried.once('close', () => {
      tried.end(true)
      if (client !== tried) return
      client = null
      if (ready) {
        ready = false
        options.onLost()
      }
      if (!stopped) lost(failure, greetedMs)
    })
    tried.connect()
  }

  function greeted(current: MqttClient, packet: IConnackPacket): void {
    if (!packet.sessionPresent) options.onNewSession()
    if (packet.sessionPresent && subscribed) return becomeReady()
    const gone = options.oldFilters.filter((filter) => !options.filters.includes(filter))
    if (packet.sessionPresent && gone.length > 0) current.unsubscribe(gone)
    const flags = version === 5 ? { qos: 1 as const, rh: 1 } : { qos: 1 as const }
    current.subscribe([...options.filters], flags, (error, granted) => {
      if (client !== current || stopped) return
      if (error || granted?.some(({ qos }) => qos >= 128)) {
        setState('offline', { kind: 'unreadable', detail: options.reads })
        current.end(true)
        return
      }
      subscribed = true
      options.onSubscribed()
      becomeReady()
    })
  }

  function becomeReady(): void {
    ready = true
    setState('connected', null)
    options.onReady()
  }

  function publish({ topic, payload, qos, retain }: Publication): boolean {
    const current = client
    if (!current?.connected || publishing >= publishingLimit) return false
    publishing++
    current.publish(topic, payload, { qos, retain }, (error) => {
      if (client === current) publishing--
      if (error && !stopped)
        options.log('warn', `The broker ${address} did not take ${topic}: ${error.message}`)
    })
    return true
  }

  /** `greetedMs`: when the broker had accepted this connection; null: never. */
  function lost(failure: unknown, greetedMs: number | null): void {
    const wasConnected = state.state === 'connected'
    const wasSteady = greetedMs !== null && options.now() - greetedMs >= steadyMs
    failures = wasSteady ? 1 : failures + 1
    if (greetedMs === null && refusesVersion(failure) && version === 5) {
      version = 4
      speaksOnly4 = true
      failures = 0
      return attempt()
    }
    if (!speaksOnly4) version = greetedMs === null && failure === null && version === 5 ? 4 : 5
    // A connection that only ended says less than what was wrong before.
    const before = state.state === 'offline' && failure === null ? state.problem : null
    setState(wasConnected ? 'connecting' : 'offline', before ?? brokerProblem(failure))
    retryLater()
  }

  function retryLater(): void {
    if (!stopped) timer = setTimeout(attempt, backOffMs(failures, Math.random()))
  }

  return {
    start: () => {
      if (!stopped) return
      stopped = false
      attempt()
    },
    stop: async () => {
      stopped = true
      if (timer) clearTimeout(timer)
      const current = client
      client = null
      ready = false
      if (!current) return
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => {
          current.end(true)
          resolve()
        }, goodbyeMs)
        const end = (): void =>
          void current.end(!current.connected, {}, () => {
            clearTimeout(force)
            resolve()
          })
        const last = current.connected ? options.farewell() : null
        if (last === null) end()
        else current.publish(last.topic, last.payload, { qos: last.qos, retain: last.retain }, end)
      })
    },
    state: () => state,
    stream: () => (client === null ? null : clientAcks),
    version: () => version,
    grants: () => grants,
    publish,
  }
}

/**
 * Writes acknowledgements to one connection. Each is also a sign of life, so that no ping is due: its answer would wait behind
 * a whole backlog at the broker, and mqtt.js would give up the connection.
 */
function acknowledgements(client: MqttClient): AckStream {
  return {
    write: (chunk) => {
      client.reschedulePing(true)
      return client.stream.write(chunk)
    },
    get destroyed() {
      return client.stream.destroyed
    },
  }
}

type Stream = MqttClient['stream']

/**
 * Lets our reader take the PUBLISH packets out of the client's stream, which mqtt.js reads by `pipe`. Before `connect`.
 * See test/engine/ingest-contract.test.ts.
 */
function readPublishes(
  client: MqttClient,
  version: MqttVersion,
  now: () => number,
  receive: (published: Published, deferred: boolean, next: () => void) => void,
): void {
  const inside = client as unknown as { streamBuilder: (client: MqttClient) => Stream }
  const build = inside.streamBuilder
  inside.streamBuilder = (of) => {
    const stream = build(of)
    const reader = createPublishReader({
      version,
      now,
      onPublish: (published, next) => receive(published, published.qos > 0, next),
    })
    const pipe = stream.pipe.bind(stream)
    stream.pipe = (to) => pipe(reader).pipe(to)
    return stream
  }
}
