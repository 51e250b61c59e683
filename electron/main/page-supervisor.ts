import { ipcMain } from 'electron'
import type { IpcMainEvent, WebContents } from 'electron'
import type { Pong } from '../../shared/contract/kiosk.ts'
import { createBackOff } from './back-off.ts'
import { killNow } from './kill-now.ts'
import { isBoardUrl } from './lock-down.ts'
import { createLoopBreaker } from './loop-breaker.ts'
import { log } from './log.ts'

/** Heartbeat: one ping a second. Milliseconds. */
const beatMs = 1_000
/** Beats without an answer from a page that has answered before: it hangs. */
const hungAfterBeats = 5
/** Beats that a page may take to load and paint for the first time. */
const loadBeats = 20
/** Beats with nothing inside `#root` of a page that had something there: it has lost its content. */
const emptyAfterBeats = 5
/** Wait before the first reload, doubled after each failure up to the limit. Milliseconds. */
const reloadFirstMs = 200
const reloadLimitMs = 10_000
/** A page that painted for this many beats is well: the back-off starts over. */
const healthyAfterBeats = 10
/** So many failures of the board within the window are a loop: words take its place. */
const breakAfter = 5
const breakWindowMs = 60_000
/** Then the board is tried again after the first wait, doubled after each failure up to the limit. Milliseconds. */
const trialFirstMs = 15_000
const trialLimitMs = 300_000
/** A tried board that painted for this many beats stays. */
const provenAfterBeats = 10
/** When not even the words hold so many times in a row, it is not the page's fault: everything starts again. */
const hopelessAfter = 10

export type PageSupervisor = {
  load: () => void
  /** Loads the page anew, though it has not failed. */
  renew: (reason: string) => void
  /** A fault that was seen from outside. */
  fail: (reason: string) => void
  /** Words in the board's place for as long as `sentence` holds; null: the board. */
  explain: (sentence: string | null) => void
  /** One sentence while words stand in the board's place. */
  trouble: () => string | null
  /** Something has stood on it since it was loaded. */
  hasContent: () => boolean
  /** False: it has not answered for too long. */
  answers: () => boolean
  stop: () => void
}

/**
 * Keeps the page alive. A page is loaded again when its process is gone for whatever reason, when it stops painting
 * (Electron's `unresponsive` event needs input, which a screen on a wall never gets), when it shows nothing, and when it
 * could not be loaded. A board that does nothing but fail gives way to words, and is tried again at growing distances.
 */
export function supervisePage(options: {
  contents: WebContents
  boardUrl: string
  wordsUrl: string
  /** The page was lost and is loaded again. */
  onFailure: (reason: string) => void
  /** `trouble` has changed. */
  onTrouble: () => void
  onHopeless: () => void
}): PageSupervisor {
  const { contents } = options
  const backOff = createBackOff(reloadFirstMs, reloadLimitMs)
  const trials = createBackOff(trialFirstMs, trialLimitMs)
  const breaker = createLoopBreaker(breakAfter, breakWindowMs)
  let reload: NodeJS.Timeout | null = null
  let trial: NodeJS.Timeout | null = null
  let stopped = false
  let unanswered = 0
  let answered = 0
  let empty = 0
  let filled = false
  let wordsFailures = 0
  /** Why words stand here: for a reason of others, and for one of the page's own. */
  let foreign: string | null = null
  let own: string | null = null
  let trying = false

  const showsWords = () => foreign !== null || (own !== null && !trying)

  function load(): void {
    if (stopped || contents.isDestroyed()) return
    if (reload) clearTimeout(reload)
    reload = null
    unanswered = answered = empty = 0
    filled = false
    // Failures arrive as did-fail-load, with their code.
    contents.loadURL(showsWords() ? options.wordsUrl : options.boardUrl).catch(() => {})
  }

  function loadAfter(waitMs: number, reason: string): void {
    log('warn', `The page is loaded again in ${waitMs} ms: ${reason}.`)
    reload = setTimeout(load, waitMs)
  }

  function recover(reason: string): void {
    if (stopped || reload) return
    options.onFailure(reason)
    if (showsWords()) {
      wordsFailures++
      if (wordsFailures < hopelessAfter) return loadAfter(backOff.next(), reason)
      log('error', `Not even the words hold (${reason}). Everything starts again.`)
      stop()
      return options.onHopeless()
    }
    if (trying || breaker.failed(performance.now())) return giveWay(reason)
    loadAfter(backOff.next(), reason)
  }

  function giveWay(reason: string): void {
    const waitMs = trials.next()
    log(
      'error',
      `The board keeps failing (${reason}): words take its place, and it is tried again in ${waitMs} ms.`,
    )
    trying = false
    own = reason
    wordsFailures = 0
    trial = setTimeout(() => {
      trying = true
      load()
    }, waitMs)
    loadAfter(reloadFirstMs, reason)
    options.onTrouble()
  }

  function proven(): void {
    log('info', 'The board holds again.')
    trying = false
    own = null
    trials.reset()
    breaker.reset()
    options.onTrouble()
  }

  const beats = setInterval(() => {
    if (reload || contents.isDestroyed()) return
    if (contents.isCrashed()) return recover('its process is gone')
    unanswered++
    if (unanswered > (answered > 0 ? hungAfterBeats : loadBeats)) {
      recover('it does not answer (page-hang)')
      killNow(contents.getOSProcessId())
    } else if (empty >= (filled ? emptyAfterBeats : loadBeats)) {
      recover('it shows nothing')
    } else {
      contents.send('lineside:ping', answered)
    }
  }, beatMs)

  function onPong(event: IpcMainEvent, pong: Pong): void {
    if (event.sender !== contents || !isBoardUrl(event.senderFrame?.url)) return
    unanswered = 0
    answered++
    empty = pong.rootChildren > 0 ? 0 : empty + 1
    filled ||= empty === 0
    if (trying && empty === 0 && answered >= provenAfterBeats) proven()
    if (answered >= healthyAfterBeats) {
      backOff.reset()
      wordsFailures = 0
    }
  }

  ipcMain.on('lineside:pong', onPong)
  contents.on('render-process-gone', (_event, details) =>
    recover(`its process is gone (${details.reason} ${details.exitCode})`),
  )
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    const aborted = code === -3
    if (isMainFrame && !aborted) recover(`it could not be loaded (${description || code})`)
  })
  contents.on('did-navigate', (_event, _url, httpCode) => {
    // The built-in page says so in words; starting again would only make it blink.
    if (httpCode >= 400 && !stopped && !reload)
      loadAfter(reloadLimitMs, `its files are not there (${httpCode})`)
  })
  contents.on('preload-error', (_event, _path, error) =>
    log('error', `The preload script failed: ${error.message}`),
  )

  function stop(): void {
    stopped = true
    clearInterval(beats)
    if (reload) clearTimeout(reload)
    if (trial) clearTimeout(trial)
    ipcMain.off('lineside:pong', onPong)
  }
  return {
    load,
    renew: (reason) => {
      log('info', `The page is loaded anew: ${reason}.`)
      load()
    },
    fail: recover,
    explain: (sentence) => {
      if (sentence === foreign) return
      foreign = sentence
      wordsFailures = 0
      load()
      options.onTrouble()
    },
    trouble: () => foreign ?? (trying ? null : own),
    hasContent: () => filled,
    answers: () => unanswered <= loadBeats,
    stop,
  }
}
