import { BrowserWindow, screen } from 'electron'
import type { Display } from 'electron'

/** Ground of the dark theme: what is seen before the first paint and between two loads. */
const groundColour = '#0e1316'
/** Display events come in bursts while a screen is plugged or switches its resolution. Milliseconds. */
const refitDelayMs = 500

/** Where a window belongs among the screens that are there now; asked again after each change of them. */
export type WindowPlace = () => Display

/** Calls `later` once the screens have come to rest after a change. Returns what ends it. */
export function onScreensChanged(later: () => void): () => void {
  let timer: NodeJS.Timeout | null = null
  const wait = () => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(later, refitDelayMs)
  }
  screen.on('display-added', wait)
  screen.on('display-removed', wait)
  screen.on('display-metrics-changed', wait)
  return () => {
    if (timer) clearTimeout(timer)
    screen.off('display-added', wait)
    screen.off('display-removed', wait)
    screen.off('display-metrics-changed', wait)
  }
}

/** A full-screen window. It cannot be closed until `mayClose` says so. */
export function openWindow(options: {
  preload: string
  place: WindowPlace
  mayClose: () => boolean
}): BrowserWindow {
  const window = new BrowserWindow({
    ...options.place().bounds,
    kiosk: true,
    fullscreen: true,
    frame: false,
    roundedCorners: false,
    autoHideMenuBar: true,
    backgroundColor: groundColour,
    title: 'Lineside',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
      // An alert would stop the board until somebody comes.
      disableDialogs: true,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  })
  window.on('close', (event) => {
    if (!options.mayClose()) event.preventDefault()
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  keepFitted(window, options.place)
  return window
}

/** A window manager may put a new window on another screen than it was opened for: looked at this long after. Milliseconds. */
const openedChecksMs = [1_000, 4_000]

function keepFitted(window: BrowserWindow, place: WindowPlace): void {
  const refit = () => {
    if (window.isDestroyed()) return
    const { bounds } = place()
    const now = window.getBounds()
    const fits =
      now.x === bounds.x && now.y === bounds.y && now.width === bounds.width && now.height === bounds.height
    if (fits && window.isKiosk()) return
    window.setKiosk(false)
    window.setBounds(bounds)
    window.setKiosk(true)
  }
  let timer: NodeJS.Timeout | null = null
  window.on('leave-full-screen', () => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(refit, refitDelayMs)
  })
  const release = onScreensChanged(refit)
  const checks = openedChecksMs.map((ms) => setTimeout(refit, ms))
  window.on('closed', () => {
    if (timer) clearTimeout(timer)
    for (const check of checks) clearTimeout(check)
    release()
  })
}
