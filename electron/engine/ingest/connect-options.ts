import { readFileSync } from 'node:fs'
import type { IClientOptions } from 'mqtt'
import type { BrokerSettings } from '../../../shared/settings/broker.ts'
import { batchLimit } from './group-commit.ts'

/** Larger packets are not even sent by an MQTT 5 broker; from 64 KiB on they are rejected visibly. Bytes. */
const maximumPacketBytes = 1_048_576
/** Unacknowledged messages that the broker may have sent us (MQTT 5). */
export const receiveMaximum = 2 * batchLimit
const connectTimeoutMs = 10_000

export type MqttVersion = 4 | 5

const defaultPorts: Readonly<Record<string, number>> = {
  'mqtt:': 1883,
  'mqtts:': 8883,
  'ws:': 80,
  'wss:': 443,
}

/** host:port of the broker, never credentials. */
export function brokerAddress(url: string): string {
  try {
    const { hostname, port, protocol } = new URL(url)
    return `${hostname}:${port || (defaultPorts[protocol] ?? 1883)}`
  } catch {
    return 'the broker'
  }
}

/** What the broker publishes for us when the connection breaks. */
export type Will = { topic: string; payload: string }

export type Attempt = {
  clientId: string
  password: string | undefined
  version: MqttVersion
  /** `kept`: the broker holds what comes while we are away. `clean`: it forgets us with the connection. */
  session: 'kept' | 'clean'
  will: Will | null
}

/** Options of one attempt to connect. Reads the certificate files; throws when one cannot be read. */
export function connectOptions(broker: BrokerSettings, attempt: Attempt): IClientOptions {
  const { version, password, will } = attempt
  const kept = attempt.session === 'kept'
  const { serverName, alpn } = broker
  return {
    protocolVersion: version,
    clientId: attempt.clientId,
    clean: !kept,
    keepalive: broker.keepaliveS,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    log: () => {},
    ...(broker.username === undefined ? {} : { username: broker.username }),
    ...(password === undefined ? {} : { password }),
    ...(broker.caFile ? { ca: [readFileSync(broker.caFile)] } : {}),
    ...(broker.certFile ? { cert: readFileSync(broker.certFile) } : {}),
    ...(broker.keyFile ? { key: readFileSync(broker.keyFile) } : {}),
    ...(serverName === undefined
      ? {}
      : { servername: serverName, wsOptions: { servername: serverName } as IClientOptions['wsOptions'] }),
    ...(alpn === undefined ? {} : { ALPNProtocols: alpn }),
    ...(will === null ? {} : { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
    ...(version === 5
      ? {
          properties: {
            sessionExpiryInterval: kept ? broker.sessionExpiryS : 0,
            receiveMaximum,
            maximumPacketSize: maximumPacketBytes,
          },
        }
      : {}),
  }
}
