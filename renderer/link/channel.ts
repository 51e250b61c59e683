import type { KioskMark, NeedPort, PortHandover, PortLost } from '../../shared/contract/kiosk.ts'
import type { Channel } from '../../shared/contract/protocol.ts'
import { askForFrame } from './after-frame.ts'

/** A channel that the page can also end. `onClose` listeners run once, however the channel ends. */
export type OpenChannel = Channel & { close: () => void }

/** Where channels come from. `open` rejects when no channel can be had now; the caller tries again. */
export type ChannelSource = { open: () => Promise<OpenChannel> }

declare global {
  interface Window {
    /** Set by the Electron preload: the page gets a MessagePort instead of opening a WebSocket. */
    lineside?: KioskMark
  }
}

/** How often the page asks the preload for a port. Milliseconds. */
const portAskMs = 250
/** A socket that has not opened by then is given up. Milliseconds. */
const socketOpenMs = 5_000

/** MessagePort inside Electron, else a WebSocket to the host that served the page. */
export function channelFromWindow(): ChannelSource {
  return window.lineside === undefined ? socketSource(socketUrl(window.location)) : portSource(window)
}

/** Address of the channel on the host that served the page. */
export function socketUrl(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/channel`
}

function closing(end: () => void) {
  const listeners = new Set<() => void>()
  let closed = false
  const closeOnce = () => {
    if (closed) return
    closed = true
    end()
    for (const listener of listeners) listener()
  }
  return { closeOnce, onClose: (listener: () => void) => void listeners.add(listener) }
}

function portChannel(port: MessagePort): OpenChannel {
  const { closeOnce, onClose } = closing(() => port.close())
  port.addEventListener('close', closeOnce)
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => {
        askForFrame()
        listener(event.data)
      })
      port.start()
    },
    onClose,
    close: closeOnce,
  }
}

/**
 * Ports come as window messages from the preload; the page asks until one comes. A port that comes unasked (the engine
 * was restarted) replaces the present one.
 */
export function portSource(target: Window): ChannelSource {
  let current: OpenChannel | null = null
  let waiting: MessagePort | null = null
  let deliver: ((port: MessagePort) => void) | null = null
  target.addEventListener('message', (event: MessageEvent) => {
    if (event.source !== target) return
    const message = event.data as Partial<PortHandover | PortLost | NeedPort> | null
    if (message?.type === 'lineside-port-lost') return current?.close()
    const port = event.ports[0]
    if (message?.type !== 'lineside-port' || !port) return
    if (deliver) return deliver(port)
    waiting?.close()
    waiting = port
    current?.close()
  })
  return {
    open: () =>
      new Promise((resolve) => {
        const need: NeedPort = { type: 'lineside-need-port' }
        const ask = () => target.postMessage(need, target.location.origin)
        const timer = setInterval(ask, portAskMs)
        deliver = (port) => {
          clearInterval(timer)
          deliver = null
          waiting = null
          current = portChannel(port)
          resolve(current)
        }
        if (waiting) deliver(waiting)
        else ask()
      }),
  }
}

/** Channels over a WebSocket; every message is one JSON text frame. */
export function socketSource(url: string): ChannelSource {
  return {
    open: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url)
        const { closeOnce, onClose } = closing(() => socket.close())
        const timer = setTimeout(closeOnce, socketOpenMs)
        onClose(() => {
          clearTimeout(timer)
          reject(new Error(`no connection to ${url}`))
        })
        socket.addEventListener('close', closeOnce)
        socket.addEventListener('error', closeOnce)
        socket.addEventListener('open', () => {
          clearTimeout(timer)
          resolve({
            send: (message) => {
              if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
            },
            onMessage: (listener) =>
              socket.addEventListener('message', (event) => {
                if (typeof event.data !== 'string') return
                askForFrame()
                listener(JSON.parse(event.data))
              }),
            onClose,
            close: closeOnce,
          })
        })
      }),
  }
}
