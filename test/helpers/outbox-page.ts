import { WebSocket } from 'ws'
import { webSocketChannel } from '../../electron/host/web-socket-channel.ts'
import type { ChannelSource } from '../../renderer/link/channel.ts'
import { startLink, type Link } from '../../renderer/link/link.ts'
import { createOutbox, type Outbox } from '../../renderer/link/outbox.ts'
import { createLiveStore, type LiveStore } from '../../renderer/link/store.ts'

/** A page's own link, store and outbox, put together as `main.tsx` does, over real WebSockets. */
export type OutboxPage = { link: Link; store: LiveStore; outbox: Outbox }

export type OutboxPageOptions = {
  /** Where the board is served. */
  port: number
  /** Another way there, if not straight. */
  through?: number
  nowMs: () => number
  /** What outlives a reload of the page. */
  memory?: Map<string, string>
}

export function openOutboxPage({ port, through = port, nowMs, memory }: OutboxPageOptions): OutboxPage {
  const store = createLiveStore()
  const host = `127.0.0.1:${port}`
  const source: ChannelSource = {
    open: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${through}/channel`, {
          origin: `http://${host}`,
          headers: { host },
        })
        socket.on('error', reject)
        socket.on('open', () => resolve({ ...webSocketChannel(socket), close: () => socket.terminate() }))
      }),
  }
  const page: { outbox: Outbox | null } = { outbox: null }
  const link = startLink({
    source,
    store,
    lineId: null,
    random: () => 0,
    onVersion: () => page.outbox?.flush(),
  })
  const { call, connected } = link
  const storage = memory && {
    getItem: (name: string) => memory.get(name) ?? null,
    setItem: (name: string, value: string) => void memory.set(name, value),
  }
  page.outbox = createOutbox({ call, connected, nowMs, storage: storage ?? null })
  return { link, store, outbox: page.outbox }
}
