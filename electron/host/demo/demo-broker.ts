import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Aedes } from 'aedes'

/** Connections at a time: the engine, the simulated line, and some to look with. */
const connectionLimit = 8

export type DemoBroker = {
  port: number
  /** Somebody listens: what was published before would reach nobody. */
  hasListener(): boolean
  close(): Promise<void>
}

/** An MQTT broker on 127.0.0.1 and a free port that lets in only who has the password. */
export async function startDemoBroker(username: string, password: string): Promise<DemoBroker> {
  const broker = await Aedes.createBroker()
  const expected = Buffer.from(password)
  broker.authenticate = (_client, name, given, done) => {
    const known = name === username && given?.length === expected.length && timingSafeEqual(given, expected)
    done(known ? null : Object.assign(new Error('not allowed'), { returnCode: 4 as const }), known)
  }
  let listened = false
  broker.on('subscribe', () => (listened = true))
  const server = createServer((socket) => {
    broker.handle(socket)
  })
  server.maxConnections = connectionLimit
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    hasListener: () => listened,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      await closed
    },
  }
}
