import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import type { Log } from '../log.ts'
import { reasonOf } from '../host-error.ts'
import type { DemoBroker } from './demo-broker.ts'
import type { DemoLine } from './demo-line.ts'

/** How often the simulated line reports. Milliseconds. */
const publishIntervalMs = 500

/** Publishes what the simulated line reports, over MQTT with QoS 1, in the order of time, as soon as somebody listens. */
export async function startDemoPublisher(options: {
  line: DemoLine
  /** "lineside/v1/line3" */
  topic: string
  /** Everything up to here is in the store already. */
  afterMs: number
  broker: Pick<DemoBroker, 'port' | 'hasListener'>
  username: string
  password: string
  now: () => number
  log: Log
}): Promise<{ stop(): Promise<void> }> {
  const client: MqttClient = await connectAsync({
    host: '127.0.0.1',
    port: options.broker.port,
    username: options.username,
    password: options.password,
    clientId: 'lineside-demo-line',
  })
  client.on('error', (error) => options.log('warn', `The demo line cannot publish: ${reasonOf(error)}`))
  let cursorMs = options.afterMs
  let busy: Promise<void> = Promise.resolve()
  let stopped = false

  async function report(): Promise<void> {
    const untilMs = options.now()
    for (const message of options.line.messages(cursorMs, untilMs)) {
      if (stopped) return
      await client.publishAsync(`${options.topic}/${message.kind}`, JSON.stringify(message.body), { qos: 1 })
    }
    cursorMs = Math.max(cursorMs, untilMs)
  }

  let running = false
  const timer = setInterval(() => {
    if (running || !options.broker.hasListener()) return
    running = true
    busy = report()
      .catch((error: unknown) => options.log('warn', `The demo line could not publish: ${reasonOf(error)}`))
      .finally(() => (running = false))
  }, publishIntervalMs)
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await client.endAsync(true)
      await busy
    },
  }
}
