import { utilityProcess } from 'electron'
import type { MessagePortMain, UtilityProcess } from 'electron'
import type { EngineOrder } from '../../shared/contract/kiosk.ts'
import { createBackOff } from './back-off.ts'
import { log } from './log.ts'

/** Wait before the first restart, doubled after each failure up to the limit. Milliseconds. */
const restartFirstMs = 250
const restartLimitMs = 10_000
/** An engine that lived this long was healthy: the back-off starts over. Milliseconds. */
const healthyAfterMs = 20_000
/** How long an engine may take to store what it has and close the database. Milliseconds. */
const stopLimitMs = 3_000

export type EngineSupervisor = {
  start: () => void
  /** Hands a page's port to the engine. False: there is none at the moment, `onSpawn` follows. */
  attach: (port: MessagePortMain) => boolean
  /** Asks the engine to stop, waits for its exit, at most 3 s. Not restarted afterwards. */
  stop: () => Promise<void>
}

/**
 * Keeps one engine process alive. Every exit that was not asked for is followed by a restart: exit codes do not tell a
 * crash from a clean end (a killed utility process reports 0).
 */
export function superviseEngine(options: {
  entry: string
  args: readonly string[]
  /** A new engine is there: the page needs a new port. */
  onSpawn: () => void
  onGone: () => void
}): EngineSupervisor {
  const backOff = createBackOff(restartFirstMs, restartLimitMs)
  let child: UtilityProcess | null = null
  let running = false
  let restart: NodeJS.Timeout | null = null
  let stopping = false
  let onStopped = () => {}

  function restartLater(): void {
    if (stopping || restart) return
    const waitMs = backOff.next()
    log('warn', `The engine is started again in ${waitMs} ms.`)
    restart = setTimeout(() => {
      restart = null
      start()
    }, waitMs)
  }

  function start(): void {
    if (stopping || child) return
    const startedMs = performance.now()
    const engine = utilityProcess.fork(options.entry, [...options.args], {
      serviceName: 'lineside-engine',
      stdio: 'pipe',
    })
    child = engine
    engine.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk))
    engine.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk))
    engine.on('spawn', () => {
      running = true
      log('info', `The engine runs (pid ${engine.pid}).`)
      options.onSpawn()
    })
    // Electron 45 reports fatal V8 errors so; the exit that follows is what counts. Older versions have no such event.
    engine.on('error', (type, location) =>
      log('error', `The engine met a fatal error: ${type} at ${location}`),
    )
    engine.on('exit', (code) => {
      child = null
      running = false
      if (stopping) return onStopped()
      log('error', `The engine ended unexpectedly (code ${code}).`)
      options.onGone()
      if (performance.now() - startedMs > healthyAfterMs) backOff.reset()
      restartLater()
    })
  }

  return {
    start,
    attach: (port) => {
      if (!child || !running) return false
      const order: EngineOrder = { type: 'attach' }
      child.postMessage(order, [port])
      return true
    },
    stop: () => {
      stopping = true
      if (restart) clearTimeout(restart)
      const engine = child
      if (!engine) return Promise.resolve()
      return new Promise((resolve) => {
        const limit = setTimeout(() => {
          log('error', 'The engine did not stop in time and is ended.')
          engine.kill()
          resolve()
        }, stopLimitMs)
        onStopped = () => {
          clearTimeout(limit)
          resolve()
        }
        const order: EngineOrder = { type: 'stop' }
        engine.postMessage(order)
      })
    },
  }
}
