import { ipcMain } from 'electron'
import type { IpcMainEvent, WebContents } from 'electron'
import type { Pong } from '../../shared/contract/kiosk.ts'
import { createBackOff } from './back-off.ts'
import { isBoardUrl } from './lock-down.ts'
import { log } from './log.ts'

/** Heartbeat: one ping a second. Milliseconds. */
const beatMs = 1_000
/** Beats without an answer from a page that has answered before: it hangs. */
const hungAfterBeats = 5
/** Beats that a page may take to load and paint for the first time. */
const loadBeats = 20
/** Beats with nothing inside `#root`: the page has lost its content. */
const emptyAfterBeats = 5
/** Wait before the first reload, doubled after each failure up to the limit. Milliseconds. */
const reloadFirstMs = 200
const reloadLimitMs = 10_000
/** A page that painted for this many beats is well: the back-off starts over. */
const healthyAfterBeats = 60
/** So many failures in a row are not the page's alone: the whole board starts again. */
const hopelessAfter = 10

export type PageSupervisor = { load: () => void; stop: () => void }

/**
 * Keeps the page alive. A page is loaded again when its process is gone for whatever reason, when it stops painting
 * (Electron's `unresponsive` event needs input, which a screen on a wall never gets), when it shows nothing, and when it
 * could not be loaded.
 */
export function supervisePage(options: {
  contents: WebContents
  url: string
  onHopeless: () => void
}): PageSupervisor {
  const { contents, url } = options
  const backOff = createBackOff(reloadFirstMs, reloadLimitMs)
  let reload: NodeJS.Timeout | null = null
  let stopped = false
  let unanswered = 0
  let answered = 0
  let empty = 0

  function load(): void {
    if (stopped || contents.isDestroyed()) return
    unanswered = answered = empty = 0
    // Failures arrive as did-fail-load, with their code.
    contents.loadURL(url).catch(() => {})
  }

  function loadAfter(waitMs: number, reason: string): void {
    log('warn', `The page is loaded again in ${waitMs} ms: ${reason}.`)
    reload = setTimeout(() => {
      reload = null
      load()
    }, waitMs)
  }

  function recover(reason: string): void {
    if (stopped || reload) return
    if (backOff.failures() >= hopelessAfter) {
      log('error', `The page failed ${hopelessAfter} times in a row (${reason}). The board starts again.`)
      stop()
      return options.onHopeless()
    }
    loadAfter(backOff.next(), reason)
  }

  const beats = setInterval(() => {
    if (reload || contents.isDestroyed()) return
    unanswered++
    if (unanswered > (answered > 0 ? hungAfterBeats : loadBeats)) {
      recover('it does not answer (page-hang)')
      contents.forcefullyCrashRenderer()
    } else if (empty >= emptyAfterBeats) {
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
    if (answered >= healthyAfterBeats) backOff.reset()
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
    ipcMain.off('lineside:pong', onPong)
  }
  return { load, stop }
}
