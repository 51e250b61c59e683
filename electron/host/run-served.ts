import { join } from 'node:path'
import { privateUmask } from './data-dir.ts'
import { HostError } from './host-error.ts'
import { serveBoard } from './serve-board.ts'
import type { BoardServer } from './serve-board.ts'
import { startHost } from './start-host.ts'
import type { Host } from './start-host.ts'
import { untilTold } from './until-told.ts'
import { findBrowser, openBrowser } from './window/browser-window.ts'

/** A clean end, also out of the middle of a start, that takes longer is cut off. Milliseconds. */
const stopLimitMs = 8_000

export type ServedBoard = {
  demo: boolean
  plant?: string
  dataDir: string
  port: number
  /** When the port is taken, a free one will do. */
  anyPort: boolean
  /** Open a browser window too. */
  browser: boolean
}

/** Runs engine and board server in this process until Ctrl-C or a signal. */
export async function runServed(board: ServedBoard): Promise<void> {
  process.umask(privateUmask)
  const told = untilTold()
  const ending = new AbortController()
  void told.signal.then(() => {
    ending.abort()
    setTimeout(() => {
      console.error(`The board did not end within ${stopLimitMs / 1000} s and was cut off.`)
      process.exit(1)
    }, stopLimitMs).unref()
  })
  const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
  const host = await startHost({
    plant: board.plant,
    dataDir: board.dataDir,
    demo: board.demo,
    nativeBinding,
    signal: ending.signal,
  }).catch((error: unknown) => {
    if (ending.signal.aborted) return null
    throw error
  })
  if (host === null) return
  let server: BoardServer
  try {
    server = await listen(host, board)
  } catch (error) {
    await host.stop()
    told.release()
    throw error
  }
  console.log(`The ${board.demo ? 'demo ' : ''}board is at ${server.url} (Ctrl-C ends it).`)
  const browser = board.browser ? openWindow(server.url, board.dataDir) : null
  await told.signal
  await browser?.close()
  await server.close()
  await host.stop()
  told.release()
}

async function listen(host: Host, board: ServedBoard): Promise<BoardServer> {
  const options = { engine: host.engine, host: '127.0.0.1' as const }
  try {
    return await serveBoard({ ...options, port: board.port })
  } catch (error) {
    if (!board.anyPort || !(error instanceof HostError)) throw error
    return serveBoard({ ...options, port: 0 })
  }
}

function openWindow(url: string, dataDir: string) {
  const found = findBrowser(process.env, process.platform)
  if (!found) {
    console.log('No Chromium, Chrome or Edge was found to show it in: open the address in any browser.')
    return null
  }
  return openBrowser(found, url, join(dataDir, 'browser'), () => {
    console.log(`The browser window was closed; the board is still at ${url}`)
  })
}
