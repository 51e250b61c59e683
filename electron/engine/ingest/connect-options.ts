import { readFileSync } from 'node:fs'
import type { IClientOptions } from 'mqtt'
import type { Plant } from '../../../shared/settings/plant.ts'
import { batchLimit } from './group-commit.ts'

/** The broker keeps what we have not acknowledged for a week of absence. Seconds. */
const sessionExpiryS = 604_800
/** Larger packets are not even sent by an MQTT 5 broker; from 64 KiB on they are rejected visibly. Bytes. */
const maximumPacketBytes = 1_048_576
/** Unacknowledged messages that the broker may have sent us (MQTT 5). */
export const receiveMaximum = 4 * batchLimit
const keepaliveS = 20
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

/** Options of one attempt to connect. Reads the certificate files; throws when one cannot be read. */
export function connectOptions(
  broker: Plant['broker'],
  clientId: string,
  password: string | undefined,
  version: MqttVersion,
): IClientOptions {
  return {
    protocolVersion: version,
    clientId,
    clean: false,
    keepalive: keepaliveS,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    log: () => {},
    ...(broker.username === undefined ? {} : { username: broker.username }),
    ...(password === undefined ? {} : { password }),
    ...(broker.caFile ? { ca: [readFileSync(broker.caFile)] } : {}),
    ...(broker.certFile ? { cert: readFileSync(broker.certFile) } : {}),
    ...(broker.keyFile ? { key: readFileSync(broker.keyFile) } : {}),
    ...(version === 5
      ? {
          properties: {
            sessionExpiryInterval: sessionExpiryS,
            receiveMaximum,
            maximumPacketSize: maximumPacketBytes,
          },
        }
      : {}),
  }
}
