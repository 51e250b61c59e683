import type { BrokerAdvice } from '../../../shared/contract/broker.ts'
import type { BrokerSettings } from '../../../shared/settings/broker.ts'
import type { BrokerGrants } from './broker-grants.ts'

/** Lines for mosquitto.conf with which it forgets nothing while a board is away. */
export const mosquittoLines = [
  'persistence true',
  'max_queued_messages 0',
  'autosave_on_changes true',
  'autosave_interval 100',
] as const

/** What in the broker's grants costs messages or numbers. */
export function brokerAdvice(grants: BrokerGrants, broker: BrokerSettings): BrokerAdvice[] {
  const { sessionExpiryS: grantedS, maximumQoS } = grants
  const askedS = broker.sessionExpiryS
  const advice: BrokerAdvice[] = []
  if (grants.mqtt !== '5') advice.push({ kind: 'version' })
  if (grantedS !== null && grantedS < askedS) advice.push({ kind: 'expiry', grantedS, askedS })
  if (maximumQoS === 0) advice.push({ kind: 'qos' })
  if (!grants.retain) advice.push({ kind: 'retain' })
  if (!grants.wildcards) advice.push({ kind: 'wildcards' })
  return advice
}

/** One sentence that says what to do, for the command line; the page has its own words. */
export function brokerAdviceText(advice: BrokerAdvice): string {
  switch (advice.kind) {
    case 'version':
      return 'It speaks only MQTT 3.1.1: it decides alone how many messages are on their way and how long it keeps them'
    case 'expiry':
      return `It keeps messages for an absent board only ${advice.grantedS} s, not the ${advice.askedS} s asked for: raise its limit of session expiry`
    case 'qos':
      return 'It takes QoS 0 only: messages are lost whenever the connection is'
    case 'retain':
      return 'It keeps no retained messages: a started board waits for the next state message'
    case 'wildcards':
      return 'It refuses wildcards in subscriptions, which this board needs: allow them for its user'
  }
}
