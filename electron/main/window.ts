import { BrowserWindow, screen } from 'electron'
import type { Display } from 'electron'

/** Ground of the dark theme: what is seen before the first paint and between two loads. */
const groundColour = '#0e1316'
/** Display events come in bursts while a screen is plugged or switches its resolution. Milliseconds. */
const refitDelayMs = 500

/** Display ids change when a screen is unplugged, so the place counted from the left decides. */
export function chooseDisplay(wanted: number | null): Display {
  if (wanted === null) return screen.getPrimaryDisplay()
  const fromTheLeft = screen
    .getAllDisplays()
    .sort((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y)
  return fromTheLeft[wanted - 1] ?? screen.getPrimaryDisplay()
}

/** The one full-screen window. It cannot be closed until `isQuitting` says so. */
export function openBoardWindow(options: {
  preload: string
  display: number | null
  isQuitting: () => boolean
}): BrowserWindow {
  const window = new BrowserWindow({
    ...chooseDisplay(options.display).bounds,
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
    if (!options.isQuitting()) event.preventDefault()
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  keepFitted(window, options.display)
  return window
}

function keepFitted(window: BrowserWindow, wanted: number | null): void {
  let timer: NodeJS.Timeout | null = null
  const refit = () => {
    timer = null
    if (window.isDestroyed()) return
    const { bounds } = chooseDisplay(wanted)
    const now = window.getBounds()
    const fits =
      now.x === bounds.x && now.y === bounds.y && now.width === bounds.width && now.height === bounds.height
    if (fits && window.isKiosk()) return
    window.setKiosk(false)
    window.setBounds(bounds)
    window.setKiosk(true)
  }
  const later = () => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(refit, refitDelayMs)
  }
  screen.on('display-added', later)
  screen.on('display-removed', later)
  screen.on('display-metrics-changed', later)
  window.on('leave-full-screen', later)
  window.on('closed', () => {
    if (timer) clearTimeout(timer)
    screen.off('display-added', later)
    screen.off('display-removed', later)
    screen.off('display-metrics-changed', later)
  })
}
