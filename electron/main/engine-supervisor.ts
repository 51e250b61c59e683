import { utilityProcess } from 'electron'
import type { MessagePortMain, UtilityProcess } from 'electron'
import type { EngineOrder, EngineReport, KioskWindow } from '../../shared/contract/kiosk.ts'
import { createBackOff } from './back-off.ts'
import { engineHeapSwitches } from './engine-heap.ts'
import { killNow } from './kill-now.ts'
import { createLoopBreaker } from './loop-breaker.ts'
import { log, logOutput } from './log.ts'

/** Wait before the first restart, doubled after each failure up to the limit. Milliseconds. */
const restartFirstMs = 250
const restartLimitMs = 10_000
/** An engine that was ready for this long is well: back-off and breaker start over. Milliseconds. */
const wellAfterMs = 20_000
/** After so many ends within the window somebody has to read why. */
const breakAfter = 5
const breakWindowMs = 120_000
/** An engine that came back after the breaker has to last this long before the board is shown again. Milliseconds. */
const provenMs = 3_000
/** How long an engine may take to store what it has and close the database. Milliseconds. */
const stopLimitMs = 3_000
/** Heartbeat: one a second. Milliseconds. */
const beatMs = 1_000
/** Beats without an answer from an engine that is ready: it hangs. One transaction is never that long. */
const hungAfterBeats = 20
/** Beats that an engine may take to start: a migration of years of data is one long step. */
const startBeats = 900
/** Of the engine's last error, for the screen. Characters. */
const errorLimit = 300

export type EngineSupervisor = {
  start: () => void
  /** Hands a page's port to the engine. False: there is none at the moment, `onSpawn` follows. */
  attach: (window: KioskWindow, port: MessagePortMain) => boolean
  /** Tells the engine something, if there is one. */
  tell: (order: EngineOrder) => void
  /** Ends the engine at once; a new one follows. */
  restart: (reason: string) => void
  pid: () => number | null
  /** Asks the engine to stop, waits for its exit, at most 3 s. Not restarted afterwards. */
  stop: () => Promise<void>
}

/**
 * Keeps one engine process alive. Every exit that was not asked for is followed by a restart: exit codes do not tell a
 * crash from a clean end (a killed utility process reports 0). One that does not answer is ended; a hung process would not
 * even hear SIGTERM.
 */
export function superviseEngine(options: {
  entry: string
  args: readonly string[]
  /** A new engine is there: the page needs a new port. */
  onSpawn: () => void
  onGone: (reason: string) => void
  onReport: (report: EngineReport) => void
  /** One sentence when the engine keeps failing; null: it is well again. */
  onTrouble: (sentence: string | null) => void
}): EngineSupervisor {
  const backOff = createBackOff(restartFirstMs, restartLimitMs)
  const breaker = createLoopBreaker(breakAfter, breakWindowMs)
  let child: UtilityProcess | null = null
  let running = false
  let ready = false
  let unanswered = 0
  let lastError = ''
  let endReason: string | null = null
  let isBroken = false
  let restartTimer: NodeJS.Timeout | null = null
  let readyTimers: NodeJS.Timeout[] = []
  let stopping = false
  let onStopped = () => {}

  const tell = (order: EngineOrder) => child?.postMessage(order)

  function restartLater(): void {
    if (stopping || restartTimer) return
    const waitMs = backOff.next()
    log('warn', `The engine is started again in ${waitMs} ms.`)
    restartTimer = setTimeout(() => {
      restartTimer = null
      start()
    }, waitMs)
  }

  function end(reason: string): void {
    const pid = child?.pid
    if (pid === undefined || stopping) return
    log('error', `The engine is ended: ${reason}.`)
    endReason = reason
    killNow(pid)
  }

  function heard(report: EngineReport): void {
    unanswered = 0
    options.onReport(report)
    if (report.type !== 'ready') return
    ready = true
    readyTimers = [
      setTimeout(() => {
        if (isBroken) options.onTrouble(null)
        isBroken = false
      }, provenMs),
      setTimeout(() => {
        backOff.reset()
        breaker.reset()
      }, wellAfterMs),
    ]
  }

  function gone(code: number): void {
    child = null
    running = ready = false
    for (const timer of readyTimers) clearTimeout(timer)
    if (stopping) return onStopped()
    const reason = endReason ?? (lastError || `its process ended with code ${code}`)
    endReason = null
    log('error', `The engine ended unexpectedly (code ${code}).`)
    options.onGone(reason)
    if (breaker.failed(performance.now())) {
      if (!isBroken) log('error', `The engine keeps failing (${reason}): words take the board's place.`)
      isBroken = true
      options.onTrouble(reason)
    }
    restartLater()
  }

  function keepError(text: string): void {
    const errors = text.split('\n').filter((line) => line.startsWith('error: '))
    lastError = errors.at(-1)?.slice('error: '.length, errorLimit) ?? lastError
  }

  const beats = setInterval(() => {
    if (!child || !running) return
    unanswered++
    if (unanswered > (ready ? hungAfterBeats : startBeats)) end('it does not answer (engine-hang)')
    else tell({ type: 'beat' })
  }, beatMs)

  function start(): void {
    if (stopping || child) return
    unanswered = 0
    lastError = ''
    const engine = utilityProcess.fork(options.entry, [...options.args], {
      serviceName: 'lineside-engine',
      execArgv: [`--js-flags=${engineHeapSwitches.join(' ')}`],
      stdio: 'pipe',
    })
    child = engine
    engine.stdout?.on('data', (chunk: Buffer) => logOutput(process.stdout, chunk.toString()))
    engine.stderr?.on('data', (chunk: Buffer) => {
      keepError(chunk.toString())
      logOutput(process.stderr, chunk.toString())
    })
    engine.on('spawn', () => {
      running = true
      log('info', `The engine runs (pid ${engine.pid}).`)
      options.onSpawn()
    })
    engine.on('message', (report: EngineReport) => {
      if (child === engine) heard(report)
    })
    // Electron 45 reports fatal V8 errors so; the exit that follows is what counts. Older versions have no such event.
    engine.on('error', (type, location) =>
      log('error', `The engine met a fatal error: ${type} at ${location}`),
    )
    engine.on('exit', gone)
  }

  return {
    start,
    attach: (window, port) => {
      if (!child || !running) return false
      const order: EngineOrder = { type: 'attach', window }
      child.postMessage(order, [port])
      return true
    },
    tell,
    restart: end,
    pid: () => child?.pid ?? null,
    stop: () => {
      stopping = true
      clearInterval(beats)
      if (restartTimer) clearTimeout(restartTimer)
      const engine = child
      if (!engine) return Promise.resolve()
      return new Promise((resolve) => {
        const limit = setTimeout(() => {
          log('error', 'The engine did not stop in time and is ended.')
          if (engine.pid !== undefined) killNow(engine.pid)
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
