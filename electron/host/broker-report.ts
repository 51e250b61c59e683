import { brokerAdvice, brokerAdviceText, mosquittoLines } from '../engine/ingest/broker-advice.ts'
import { probeMessages } from '../engine/ingest/check-broker.ts'
import type { BrokerReport } from '../engine/ingest/check-broker.ts'
import type { BrokerSettings } from '../../shared/settings/broker.ts'

/** `lineside check --broker` in words: what the broker gives, then what in it loses messages and how to mend it. */
export function brokerReportLines(
  report: BrokerReport,
  broker: BrokerSettings,
): { lines: readonly string[]; findings: number } {
  const { grants, kept, window, unmeasured } = report
  const facts = [
    `Broker ${report.address}: ${report.version ?? 'it does not tell its version ($SYS is not readable)'}`,
    `  MQTT ${grants.mqtt}, QoS up to ${grants.maximumQoS}`,
    `  keeps messages for an absent board: ${grants.sessionExpiryS === null ? 'it does not say how long' : `${grants.sessionExpiryS} s`}`,
    unmeasured === null
      ? `  of ${probeMessages} messages for an absent board it kept ${kept}, and sent ${window} before the first was acknowledged`
      : `  how many messages it keeps could not be measured: ${unmeasured}`,
  ]
  const advice = brokerAdvice(grants, broker).map(brokerAdviceText)
  if (kept !== null && kept < probeMessages) {
    advice.push(
      `It kept only ${kept} of ${probeMessages} messages for an absent board: the others are lost in any longer outage`,
    )
  }
  const isMosquitto = report.version?.startsWith('mosquitto') ?? false
  const findings = advice.length
  if (isMosquitto) {
    advice.push(
      kept === probeMessages
        ? "Whether it keeps them over its own restart can't be seen from here: without persistence mosquitto forgets all of them"
        : 'Without persistence mosquitto also forgets all of them when it restarts',
      `Lines for mosquitto.conf:\n${mosquittoLines.map((line) => `  ${line}`).join('\n')}`,
    )
  }
  return { lines: [...facts, ...advice], findings }
}
