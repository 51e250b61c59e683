import { connect } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { randomBytes } from 'node:crypto'
import type { Plant } from '../../../shared/settings/plant.ts'
import { brokerProblem, brokerProblemText } from './broker-problem.ts'
import { brokerAddress, connectOptions } from './connect-options.ts'

/** After a lost connection the next try comes so much later. Milliseconds. */
const retryMs = 2_000

export type Heard = { topic: string; payload: Buffer; qos: number; retain: boolean; timestampMs: number }

export type Listener = {
  /** Resolves when the topics are subscribed; rejects with one sentence when the broker refuses or does not answer. */
  ready: Promise<void>
  close: () => Promise<void>
}

/**
 * Listens to topics beside the board, with a client id and a session of its own that leaves nothing behind. `onMessage` calls
 * `next` when it has room for the following one. A connection that is lost later comes back by itself.
 */
export function listen(options: {
  broker: Plant['broker']
  password: string | undefined
  filters: readonly string[]
  onMessage: (message: Heard, next: () => void) => void
  log: (level: 'warn' | 'info', message: string) => void
}): Listener {
  const { broker, log } = options
  const address = brokerAddress(broker.url)
  let client: MqttClient | null = null
  const ready = new Promise<void>((resolve, reject) => {
    const clientId = `lineside-record-${randomBytes(6).toString('hex')}`
    const attempt = {
      clientId,
      password: options.password,
      version: 4,
      session: 'clean',
      will: null,
    } as const
    const opened = (client = connect(broker.url, { ...connectOptions(broker, attempt), resubscribe: true }))
    let isReady = false
    opened.handleMessage = (packet, done) => {
      const { topic, qos, retain } = packet
      options.onMessage(
        { topic, payload: packet.payload as Buffer, qos, retain, timestampMs: Date.now() },
        () => done(),
      )
    }
    opened.on('connect', () => {
      if (isReady) log('info', `Connected to ${address} again.`)
      opened.subscribe([...options.filters], { qos: 1 }, (error, granted) => {
        const refused = granted?.filter(({ qos }) => qos >= 128).map(({ topic }) => topic) ?? []
        if (error) reject(new Error(brokerProblemText(brokerProblem(error), address)))
        else if (refused.length > 0) {
          reject(
            new Error(
              `The broker ${address} does not let this user read ${refused.join(', ')}: check its access list`,
            ),
          )
        } else {
          isReady = true
          opened.options.reconnectPeriod = retryMs
          resolve()
        }
      })
    })
    let failure: unknown = null
    opened.on('error', (error) => (failure = error))
    opened.on('close', () => {
      const problem = brokerProblemText(brokerProblem(failure), address)
      if (!isReady) {
        opened.end(true)
        reject(new Error(problem))
      } else if (!opened.disconnecting) log('warn', problem)
      failure = null
    })
  })
  return {
    ready,
    close: async () => {
      await client?.endAsync(!client.connected)
    },
  }
}
