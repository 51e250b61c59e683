import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import sparkplug from 'sparkplug-payload'
import { encodePayload } from './sparkplug-encoder.ts'
import type { TestMetric } from './sparkplug-encoder.ts'

/** A Sparkplug B edge node on a real broker, whose payloads Eclipse Tahu's encoder makes. */
export type TestEdgeNode = {
  /** Commands it got, by the names of their metrics. */
  commands: string[][]
  nodeBirth: (metrics: readonly TestMetric[]) => Promise<void>
  deviceBirth: (device: string, metrics: readonly TestMetric[]) => Promise<void>
  /** `device` null: NDATA. `lose`: takes a sequence number but sends nothing. */
  data: (device: string | null, metrics: readonly TestMetric[], how?: { lose?: boolean }) => Promise<void>
  deviceDeath: (device: string) => Promise<void>
  /** Cuts the wire: the broker publishes the NDEATH. */
  cut: () => Promise<void>
  publishRaw: (verb: string, device: string | null, payload: Uint8Array) => Promise<void>
  /** Called for each rebirth request. */
  onRebirth: (births: () => Promise<void>) => void
}

export async function startEdgeNode(
  url: string,
  name: { group: string; node: string },
  session = 0,
): Promise<TestEdgeNode> {
  const topic = (verb: string, device: string | null): string =>
    ['spBv1.0', name.group, verb, name.node, ...(device === null ? [] : [device])].join('/')
  const bdSeq: TestMetric = { name: 'bdSeq', type: 'UInt64', value: session }
  const client: MqttClient = await connectAsync(url, {
    reconnectPeriod: 0,
    will: {
      topic: topic('NDEATH', null),
      payload: Buffer.from(encodePayload([bdSeq])),
      qos: 1,
      retain: false,
    },
  })
  client.on('error', () => {})
  const commands: string[][] = []
  let births: () => Promise<void> = () => Promise.resolve()
  let seq = 0
  client.on('message', (_topic, payload) => {
    const { metrics = [] } = sparkplug.get('spBv1.0')!.decodePayload(payload)
    const names = (metrics ?? []).map((metric) => metric.name ?? '')
    commands.push(names)
    if (names.includes('Node Control/Rebirth')) void births()
  })
  await client.subscribeAsync(topic('NCMD', null), { qos: 0 })

  const send = async (verb: string, device: string | null, metrics: readonly TestMetric[]): Promise<void> => {
    const payload = encodePayload(metrics, { seq, bare: verb.endsWith('DATA') })
    seq = (seq + 1) % 256
    await client.publishAsync(topic(verb, device), Buffer.from(payload), { qos: 0 })
  }
  return {
    commands,
    nodeBirth: (metrics) => {
      seq = 0
      return send('NBIRTH', null, [
        bdSeq,
        { name: 'Node Control/Rebirth', type: 'Boolean', value: false },
        ...metrics,
      ])
    },
    deviceBirth: (device, metrics) => send('DBIRTH', device, metrics),
    data: async (device, metrics, { lose = false } = {}) => {
      if (lose) seq = (seq + 1) % 256
      else await send(device === null ? 'NDATA' : 'DDATA', device, metrics)
    },
    deviceDeath: (device) => send('DDEATH', device, []),
    cut: () => client.endAsync(true),
    publishRaw: async (verb, device, payload) => {
      await client.publishAsync(topic(verb, device), Buffer.from(payload), { qos: 0 })
    },
    onRebirth: (answer) => {
      births = answer
    },
  }
}
