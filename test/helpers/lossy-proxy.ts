import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A way to the server on which an answer can be lost. */
export type LossyProxy = {
  port: number
  /** What comes from the page goes through; the next thing the server says is swallowed, and every connection breaks. */
  loseNextAnswer: () => void
  /** Breaks every connection, and takes none until `mend`. */
  cut: () => void
  mend: () => void
  /** Connections taken so far. */
  connections: () => number
  close: () => Promise<void>
}

export async function startLossyProxy(serverPort: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>()
  let state: 'open' | 'losing' | 'cut' = 'open'
  let connections = 0
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((inner) => {
    if (state === 'cut') return void inner.destroy()
    connections += 1
    const outer = connect(serverPort, '127.0.0.1')
    for (const socket of [inner, outer]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        inner.destroy()
        outer.destroy()
      })
    }
    inner.on('data', (chunk) => outer.write(chunk))
    outer.on('data', (chunk) => {
      if (state === 'open') return void inner.write(chunk)
      state = 'cut'
      breakAll()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    loseNextAnswer: () => (state = 'losing'),
    cut: () => {
      state = 'cut'
      breakAll()
    },
    mend: () => (state = 'open'),
    connections: () => connections,
    close: async () => {
      breakAll()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
