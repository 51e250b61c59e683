import type { BrokerSettings } from '../../../../shared/settings/broker.ts'
import { createBrokerLink } from '../broker-link.ts'
import type { BrokerLink, Publication } from '../broker-link.ts'
import { rebirthRequest } from './rebirth-request.ts'
import type { SparkplugHost } from './sparkplug-host.ts'
import { namespace, nodeCommandTopic } from './sparkplug-topic.ts'

export type SparkplugLinkOptions = {
  broker: BrokerSettings
  password: string | undefined
  /** Of the plain connection: this one adds to it. */
  clientId: string
  host: () => SparkplugHost
  /** Calls `next` at once, or when the store has caught up. */
  pace: (next: () => void) => void
  now: () => number
  onChange: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The host application's own connection: a clean session, STATE messages by the specification's chapters 5 and 6. */
export type SparkplugLink = Pick<BrokerLink, 'start' | 'stop' | 'state'> & {
  /** False: there is no connection. */
  sendRebirth: (node: string) => boolean
}

export function createSparkplugLink(options: SparkplugLinkOptions): SparkplugLink {
  const { broker, now } = options
  const { groups, state } = broker.sparkplug
  const hostId = broker.sparkplug.hostId ?? options.clientId.replace(/[/+#]/g, '-')
  const isLegacy = state === 'legacy'
  const stateTopic = isLegacy ? `STATE/${hostId}` : `${namespace}/STATE/${hostId}`
  /** Time of the newest CONNECT, as in its will: the births of the same connection carry it too. */
  let connectMs = 0
  let isReady = false

  const statePayload = (online: boolean, timestamp: number): string =>
    isLegacy ? (online ? 'ONLINE' : 'OFFLINE') : JSON.stringify({ online, timestamp })
  const stateMessage = (online: boolean, timestamp: number): Publication => ({
    topic: stateTopic,
    payload: statePayload(online, timestamp),
    qos: 1,
    retain: true,
  })

  function sayOnline(): void {
    if (state !== 'none') link.publish(stateMessage(true, connectMs))
  }

  /** A former connection's will that arrives late must not leave us offline. */
  function ownState(payload: Uint8Array): void {
    if (isReady && saysOffline(payload)) sayOnline()
  }

  const link: BrokerLink = createBrokerLink({
    broker,
    password: options.password,
    clientId: `${options.clientId}-sparkplug`,
    session: 'clean',
    filters: [stateTopic, ...(groups?.map((group) => `${namespace}/${group}/#`) ?? [`${namespace}/#`])],
    reads: `${namespace}/...`,
    oldFilters: [],
    will: () => {
      connectMs = now()
      return state === 'none' ? null : { topic: stateTopic, payload: statePayload(false, connectMs) }
    },
    farewell: () => (state === 'none' ? null : stateMessage(false, now())),
    now,
    onMessage: ({ topic, payload }, _from, next) => {
      if (topic === stateTopic) ownState(payload)
      else options.host().receive(topic, payload, now())
      options.pace(next)
    },
    onNewSession: () => {},
    onSubscribed: () => {},
    onReady: () => {
      isReady = true
      sayOnline()
      options.host().connected()
    },
    onLost: () => {
      isReady = false
      options.host().disconnected()
    },
    onChange: options.onChange,
    log: (level, message) => options.log(level, `Sparkplug: ${message}`),
  })

  return {
    start: link.start,
    stop: link.stop,
    state: link.state,
    sendRebirth: (node) =>
      link.publish({ topic: nodeCommandTopic(node), payload: rebirthRequest(now()), qos: 0, retain: false }),
  }
}

function saysOffline(payload: Uint8Array): boolean {
  const text = Buffer.from(payload).toString('utf8')
  if (text === 'OFFLINE') return true
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && (value as { online?: unknown }).online === false
  } catch {
    return false
  }
}
