import type { WebSocket } from 'ws'
import type { Channel } from '../../shared/contract/protocol.ts'

/** Bytes that may wait for a slow page before its connection is ended; the page connects again and gets a snapshot. */
export const waitingBytesLimit = 8 * 1024 * 1024

/** A Channel over one WebSocket: each message is one JSON text. Text that is not JSON ends the connection. */
export function webSocketChannel(socket: WebSocket): Channel {
  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > waitingBytesLimit) socket.terminate()
      else socket.send(JSON.stringify(message))
    },
    onMessage: (listener) => {
      socket.on('message', (data, isBinary) => {
        let message: unknown
        try {
          if (isBinary) throw new Error('text expected')
          message = JSON.parse(data.toString())
        } catch {
          socket.close(1003, 'JSON text expected')
          return
        }
        listener(message)
      })
    },
    onClose: (listener) => {
      socket.on('close', () => listener())
    },
  }
}
