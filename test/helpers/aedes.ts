import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { Aedes } from 'aedes'

export type TestAedes = {
  url: string
  port: number
  aedes: Aedes
  /** Cuts every connection and stops listening; the port can be given to `startAedes` again. */
  stop: () => Promise<void>
}

export type TestAedesOptions = {
  /** 0 (default): any free port. */
  port?: number
  authenticate?: (username: string | undefined, password: string | undefined) => boolean
}

/** An MQTT 3.1.1 broker in this process on loopback. */
export async function startAedes(options: TestAedesOptions = {}): Promise<TestAedes> {
  const aedes = await Aedes.createBroker()
  const { authenticate } = options
  if (authenticate) {
    aedes.authenticate = (_client, username, password, done) => {
      const allowed = authenticate(username, password?.toString())
      if (allowed) done(null, true)
      else done(Object.assign(new Error('not authorised'), { returnCode: 4 as const }), null)
    }
  }
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    aedes.handle(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    aedes,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
    },
  }
}
