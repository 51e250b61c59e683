import type { IConnackPacket } from 'mqtt'
import type { MqttVersion } from './connect-options.ts'

/** What a broker grants a connection, by its answer to our greeting. */
export type BrokerGrants = {
  mqtt: '5' | '3.1.1'
  /** Seconds that it keeps our messages while we are away; null: it does not say (3.1.1). */
  sessionExpiryS: number | null
  /** Unacknowledged messages that it takes from us at a time; null: it does not say. */
  receiveMaximum: number | null
  maximumQoS: 0 | 1 | 2
  /** Largest packet it takes, in bytes; null: it does not say. */
  maximumPacketBytes: number | null
  retain: boolean
  wildcards: boolean
}

/** `askedExpiryS`: what our greeting asked for; it holds where the broker does not answer with another one. */
export function brokerGrants(
  packet: IConnackPacket,
  version: MqttVersion,
  askedExpiryS: number,
): BrokerGrants {
  const said = version === 5 ? (packet.properties ?? {}) : {}
  return {
    mqtt: version === 5 ? '5' : '3.1.1',
    sessionExpiryS: version === 5 ? (said.sessionExpiryInterval ?? askedExpiryS) : null,
    receiveMaximum: said.receiveMaximum ?? null,
    maximumQoS: ((said.maximumQoS as number | undefined) ?? 2) as 0 | 1 | 2,
    maximumPacketBytes: said.maximumPacketSize ?? null,
    retain: said.retainAvailable ?? true,
    wildcards: said.wildcardSubscriptionAvailable ?? true,
  }
}
