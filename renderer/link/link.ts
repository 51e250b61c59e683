import { callDeadlineMs, protocolVersion } from '../../shared/contract/timing.ts'
import { afterFrame } from './after-frame.ts'
import type { ChannelSource } from './channel.ts'
import type { Call, Client } from './client.ts'
import { CallFailure, closedError, createClient, unanswered } from './client.ts'
import type { LiveStore } from './store.ts'

/** Waiting time between two attempts to connect. Milliseconds. */
const firstRetryMs = 250
const longestRetryMs = 5_000
/** A channel that brings nothing for this long is given up and opened anew. Milliseconds. */
const silentChannelMs = 10_000
const watchMs = 500

export type Link = {
  call: Call
  /** The engine has greeted this page over the present connection. */
  connected: () => boolean
  stop: () => void
}

export type LinkOptions = {
  source: ChannelSource
  store: LiveStore
  /** The line this page shows; null: the plant's own choice. */
  lineId: string | null
  /** Called with the engine's version after every greeting. */
  onVersion: (version: string) => void
  random?: () => number
}

/** Keeps the page connected for ever; `call` fails at once while there is no connection. */
export function startLink({ source, store, lineId, onVersion, random = Math.random }: LinkOptions): Link {
  let client: Client | null = null
  let greeted: Client | null = null
  let stopped = false
  let failures = 0
  let lastPush = performance.now()
  let retry: ReturnType<typeof setTimeout> | undefined

  const connect = async (): Promise<void> => {
    try {
      const channel = await source.open()
      if (stopped) return channel.close()
      const opened = createClient(channel, {
        deadlineMs: callDeadlineMs,
        onPush: (push) => {
          if (client !== opened) return
          lastPush = performance.now()
          failures = 0
          store.apply(push)
          afterFrame(() => opened.ack(push.seq))
        },
      })
      client = opened
      lastPush = performance.now()
      channel.onClose(() => {
        if (client === opened) lost()
      })
      const { version } = await opened.call('hello', { protocol: protocolVersion, lineId })
      greeted = opened
      onVersion(version)
    } catch (error) {
      if (error instanceof CallFailure && error.code === 'version') onVersion('')
      // Without an answer nothing was refused.
      const refused = error instanceof CallFailure && !unanswered.includes(error.code)
      store.refuse(refused ? error.message : null)
      lost()
    }
  }
  const lost = (): void => {
    const open = client
    client = null
    open?.close()
    if (stopped) return
    clearTimeout(retry)
    const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** failures++)
    retry = setTimeout(() => void connect(), wait * (0.5 + random() / 2))
  }
  const watcher = setInterval(() => {
    store.watch()
    if (client && performance.now() - lastPush > silentChannelMs) lost()
  }, watchMs)
  void connect()

  return {
    call: (name, input) => (client ? client.call(name, input) : Promise.reject(new CallFailure(closedError))),
    connected: () => client !== null && client === greeted,
    stop: () => {
      stopped = true
      clearInterval(watcher)
      clearTimeout(retry)
      const open = client
      client = null
      open?.close()
    },
  }
}
