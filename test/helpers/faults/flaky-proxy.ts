import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A way to the broker that can be cut. */
export type FlakyProxy = {
  port: number
  /** Breaks every connection now and takes none until `mend`. */
  cut: () => void
  /** Lets nothing through, without a word to either side, until `mend`. */
  stall: () => void
  mend: () => void
  close: () => Promise<void>
}

export async function startFlakyProxy(brokerPort: number): Promise<FlakyProxy> {
  const pairs = new Set<[Socket, Socket]>()
  let state: 'open' | 'cut' | 'stalled' = 'open'
  const server = createServer((inner) => {
    if (state === 'cut') {
      inner.destroy()
      return
    }
    const outer = connect(brokerPort, '127.0.0.1')
    const pair: [Socket, Socket] = [inner, outer]
    pairs.add(pair)
    for (const [from, to] of [pair, [outer, inner] as [Socket, Socket]]) {
      from.setNoDelay(true)
      from.on('error', () => from.destroy())
      from.on('data', (chunk) => {
        if (!to.write(chunk)) from.pause()
      })
      to.on('drain', () => {
        if (state !== 'stalled') from.resume()
      })
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
      if (state === 'stalled') from.pause()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const each = (work: (socket: Socket) => void): void => {
    for (const pair of [...pairs]) pair.forEach(work)
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut'
      each((socket) => socket.destroy())
    },
    stall: () => {
      state = 'stalled'
      each((socket) => socket.pause())
    },
    mend: () => {
      state = 'open'
      each((socket) => socket.resume())
    },
    close: async () => {
      each((socket) => socket.destroy())
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
