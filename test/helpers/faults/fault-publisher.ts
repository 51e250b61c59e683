import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { until } from '../until.ts'
import type { LoadMessage } from './fault-load.ts'

/**
 * Published again after the broker was killed: more than it can have lost with `autosave_interval 100`, also on a loaded machine,
 * where one saving takes seconds (5,000 were not enough with 17 waiting for two cores). Only messages that have a time or an id: of
 * the others nobody can tell a repeat.
 */
const repeatedAfterKill = 20_000

/** A publisher that keeps what the broker may have lost, as a store-and-forward gateway does. */
export type FaultPublisher = {
  send: (message: LoadMessage) => void
  /** Everything sent so far, once each. */
  sent: () => readonly LoadMessage[]
  /** Repeats keyed messages of late, as they were. */
  repeat: (message: LoadMessage) => void
  /** How many times a message went out beyond the first. */
  repeats: () => number
  connect: () => Promise<void>
  /** After the broker came back from a kill: connects, and publishes again what it may have lost. */
  resume: () => Promise<void>
  /** The broker is gone: what is sent from now on waits. */
  lose: () => void
  settled: () => Promise<void>
  close: () => Promise<void>
}

export function faultPublisher(url: string): FaultPublisher {
  const sent: LoadMessage[] = []
  const waiting = new Set<LoadMessage>()
  let client: MqttClient | null = null
  let repeats = 0

  function publish(message: LoadMessage): void {
    const current = client
    waiting.add(message)
    current?.publish(message.topic, message.body, { qos: 1 }, (error) => {
      if (!error && client === current) waiting.delete(message)
    })
  }
  const publisher: FaultPublisher = {
    send: (message) => {
      sent.push(message)
      publish(message)
    },
    sent: () => sent,
    repeat: (message) => {
      repeats++
      publish(message)
    },
    repeats: () => repeats,
    connect: async () => {
      client = await connectAsync(url, { reconnectPeriod: 0 })
      client.on('error', () => {})
    },
    resume: async () => {
      await publisher.connect()
      const again = new Set(sent.slice(-repeatedAfterKill).filter((message) => message.keyed))
      repeats += again.size
      for (const message of waiting) again.add(message)
      for (const message of again) publish(message)
    },
    lose: () => {
      client?.end(true)
      client = null
    },
    settled: () => until('everything published', () => waiting.size === 0, 60_000).then(() => undefined),
    close: async () => {
      await client?.endAsync(true)
      client = null
    },
  }
  return publisher
}
