import type { Channel } from '../../shared/contract/protocol.ts'

/** The part of Electron's MessagePortMain that a channel uses. Its events wrap the value in `data`. */
export type ElectronPort = {
  postMessage: (message: unknown) => void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start: () => void
  close: () => void
}

/** The part of a node:worker_threads MessagePort that a channel uses. */
export type NodePort = {
  postMessage: (message: unknown) => void
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): unknown
  addEventListener(event: 'close', listener: () => void): unknown
  start: () => void
  close: () => void
}

export type PortChannel = Channel & {
  /** Closes the port. Listeners of `onClose` hear of it once, on this side too. */
  close: () => void
}

/**
 * Makes a Channel of one end of a MessagePort pair. Messages wait in the port until the first `onMessage`.
 * `send` after the close is a no-op. A listener added after the close hears of it at once.
 */
export function messagePortChannel(port: ElectronPort | NodePort): PortChannel {
  const messageListeners: ((message: unknown) => void)[] = []
  const closeListeners: (() => void)[] = []
  let started = false
  let closed = false

  const onMessage = (event: { data: unknown }) => {
    for (const listener of messageListeners) listener(event.data)
  }
  const onClose = () => {
    if (closed) return
    closed = true
    for (const listener of closeListeners.splice(0)) listener()
  }
  if ('addEventListener' in port) {
    port.addEventListener('message', onMessage)
    port.addEventListener('close', onClose)
  } else {
    port.on('message', onMessage)
    port.on('close', onClose)
  }

  return {
    send: (message) => {
      if (!closed) port.postMessage(message)
    },
    onMessage: (listener) => {
      messageListeners.push(listener)
      if (started || closed) return
      started = true
      port.start()
    },
    onClose: (listener) => {
      if (closed) listener()
      else closeListeners.push(listener)
    },
    close: () => {
      port.close()
      onClose()
    },
  }
}
