import type { BrokerSettings } from '../../../shared/settings/broker.ts'
import type { BrokerGrants } from './broker-grants.ts'

/** Lines for mosquitto.conf with which it forgets nothing while a board is away. */
export const mosquittoLines = [
  'persistence true',
  'max_queued_messages 0',
  'autosave_on_changes true',
  'autosave_interval 100',
] as const

/** What in the broker's grants costs messages or numbers, one sentence each that says what to do. */
export function brokerAdvice(grants: BrokerGrants, broker: BrokerSettings): string[] {
  const { sessionExpiryS, maximumQoS } = grants
  return [
    ...(grants.mqtt === '5'
      ? []
      : [
          'It speaks only MQTT 3.1.1: it decides alone how many messages are on their way and how long it keeps them',
        ]),
    ...(sessionExpiryS !== null && sessionExpiryS < broker.sessionExpiryS
      ? [
          `It keeps messages for an absent board only ${sessionExpiryS} s, not the ${broker.sessionExpiryS} s asked for: raise its limit of session expiry`,
        ]
      : []),
    ...(maximumQoS === 0 ? ['It takes QoS 0 only: messages are lost whenever the connection is'] : []),
    ...(grants.retain
      ? []
      : ['It keeps no retained messages: a started board waits for the next state message']),
    ...(grants.wildcards
      ? []
      : ['It refuses wildcards in subscriptions, which this board needs: allow them for its user']),
  ]
}
