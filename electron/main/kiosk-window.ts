import { join } from 'node:path'
import type { MessagePortMain, WebContents } from 'electron'
import type { KioskWindow } from '../../shared/contract/kiosk.ts'
import { boardUrl, wordsUrl } from './app-protocol.ts'
import { lockContents } from './lock-down.ts'
import { drivePanelPower } from './panel-power.ts'
import { supervisePage } from './page-supervisor.ts'
import type { PageSupervisor } from './page-supervisor.ts'
import { probePixels } from './pixel-probe.ts'
import { brokerPorts } from './port-broker.ts'
import type { PortBroker } from './port-broker.ts'
import { printPages } from './print-page.ts'
import { openWindow } from './window.ts'
import type { WindowPlace } from './window.ts'

export type KioskWindowOptions = {
  kind: KioskWindow
  place: WindowPlace
  attach: (window: KioskWindow, port: MessagePortMain) => boolean
  /** Folder of what the page puts on paper. */
  reports: string
  /** The page was lost and is loaded again. */
  onFailure: (reason: string) => void
  onTrouble: () => void
  onBlank: () => void
  onHopeless: () => void
  isQuitting: () => boolean
}

/** One window with everything that keeps its page alive. */
export type KioskWindowHandle = {
  contents: WebContents
  page: PageSupervisor
  ports: PortBroker
  focus: () => void
  stop: () => void
  /** Also closes the window: its screen is gone. */
  close: () => void
}

export function openKioskWindow(options: KioskWindowOptions): KioskWindowHandle {
  const { kind } = options
  let closing = false
  const window = openWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    place: options.place,
    mayClose: () => closing || options.isQuitting(),
  })
  const contents = window.webContents
  lockContents(contents)
  const ports = brokerPorts(contents, (port) => options.attach(kind, port))
  printPages(contents, options.reports)
  // Only the board's panel rests; a touch screen is switched off by whoever stands before it.
  const panel = drivePanelPower(contents, kind === 'board' ? process.env.LINESIDE_PANEL_COMMAND : undefined)
  const page = supervisePage({
    contents,
    boardUrl: kind === 'board' ? boardUrl : `${boardUrl}?touch`,
    wordsUrl,
    onFailure: options.onFailure,
    onTrouble: options.onTrouble,
    onHopeless: options.onHopeless,
  })
  const pixels = probePixels({
    contents,
    isDark: () => panel.isOff() || !page.hasContent(),
    onBlank: () => {
      page.fail('it is blank')
      options.onBlank()
    },
  })
  const stop = () => {
    page.stop()
    pixels.stop()
  }
  return {
    contents,
    page,
    ports,
    focus: () => window.focus(),
    stop,
    close: () => {
      closing = true
      stop()
      window.close()
    },
  }
}
