import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import sirv from 'sirv'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Engine } from '../engine/engine.ts'
import { HostError } from './host-error.ts'
import { boardFolder } from './project-folder.ts'
import { webSocketChannel } from './web-socket-channel.ts'

/** Largest message a page may send. Bytes. */
export const pageMessageLimit = 64 * 1024
/** Pages at a time; one more is refused with 503. */
export const pageLimit = 16
/** A page that answers no ping for this long is ended. Milliseconds. */
const pingIntervalMs = 15_000
/** Connections at a time, pages and requests together; further ones are closed at once. */
const connectionLimit = 128
/** A request has to come whole within this time, so that slow ones hold no connection. Milliseconds. */
const usualRequestLimitMs = 10_000

const fileCaching = 'max-age=31536000, immutable'

export type ServeOptions = {
  engine: Pick<Engine, 'attach'>
  /** 0: a free one. */
  port: number
  host: '127.0.0.1'
  /** Folder of the built page. */
  folder?: string
  /** A request has to come whole within this time. Milliseconds; 10 s if left out. */
  requestLimitMs?: number
}

export type BoardServer = {
  port: number
  url: string
  /** Pages that are connected, and how many were refused for the limit, a wrong Host or a wrong Origin. */
  counters(): { pages: number; refused: number }
  close(): Promise<void>
}

/**
 * Serves the page and, under /channel, the engine's WebSocket, on loopback. Requests for another Host (a name that was
 * made to point here) and WebSockets from another Origin are refused. Throws HostError when the port is taken.
 */
export async function serveBoard(options: ServeOptions): Promise<BoardServer> {
  const requestLimitMs = options.requestLimitMs ?? usualRequestLimitMs
  const server = createServer({
    headersTimeout: requestLimitMs,
    requestTimeout: requestLimitMs,
    connectionsCheckingInterval: requestLimitMs / 5,
  })
  server.maxConnections = connectionLimit
  await listen(server, options.port, options.host)
  const { port } = server.address() as AddressInfo
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
  const files = sirv(options.folder ?? boardFolder(), {
    dev: false,
    etag: true,
    single: false,
    // The page names its files by their content; the page itself is asked for anew, or an update would not arrive.
    setHeaders: (response, path) =>
      response.setHeader('cache-control', path.startsWith('/assets/') ? fileCaching : 'no-cache'),
  })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: pageMessageLimit,
    perMessageDeflate: false,
  })
  const alive = new WeakSet<WebSocket>()
  let refused = 0

  server.on('request', (request, response) => {
    const host = request.headers.host ?? ''
    if (!hosts.has(host)) {
      refused++
      response
        .writeHead(421, { 'content-type': 'text/plain' })
        .end('This board answers only on its own address.')
      return
    }
    for (const [name, value] of Object.entries(pageHeaders(host))) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')
    })
  })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const host = request.headers.host ?? ''
    const known = hosts.has(host) && request.headers.origin === `http://${host}` && request.url === '/channel'
    if (!known || sockets.clients.size >= pageLimit) {
      refused++
      socket.on('error', () => {})
      socket.end(
        `HTTP/1.1 ${known ? '503 Service Unavailable' : '403 Forbidden'}\r\nconnection: close\r\n\r\n`,
      )
      return
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      page.on('error', () => page.terminate())
      page.on('pong', () => alive.add(page))
      alive.add(page)
      options.engine.attach(webSocketChannel(page))
    })
  })

  const pings = setInterval(() => {
    for (const page of sockets.clients) {
      if (alive.delete(page)) page.ping()
      else page.terminate()
    }
  }, pingIntervalMs)
  pings.unref()

  let closing: Promise<void> | null = null
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    counters: () => ({ pages: sockets.clients.size, refused }),
    close: () => (closing ??= close(server, sockets, pings)),
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(new HostError(`Port ${port} is in use: name another one with --port (0 takes a free one).`))
      } else if (error.code === 'EACCES') {
        reject(new HostError(`Port ${port} may not be opened by this user: name one above 1023 with --port.`))
      } else {
        reject(error)
      }
    })
    server.listen(port, host, resolve)
  })
}

/** The page may load its own files and talk to its own WebSocket, nothing else. */
function pageHeaders(host: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data:",
      "media-src 'self'",
      `connect-src 'self' ws://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
}

async function close(server: Server, sockets: WebSocketServer, pings: NodeJS.Timeout): Promise<void> {
  clearInterval(pings)
  for (const page of sockets.clients) page.close(1001, 'The board is closing')
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
    for (const page of sockets.clients) page.terminate()
  })
  sockets.close()
}
