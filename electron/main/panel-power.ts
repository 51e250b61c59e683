import { execFile } from 'node:child_process'
import { ipcMain } from 'electron'
import type { IpcMainEvent, WebContents } from 'electron'
import { isBoardUrl } from './lock-down.ts'
import { log } from './log.ts'

/** A command that takes longer is ended. Milliseconds. */
const commandLimitMs = 10_000

export type PanelPowerState = {
  /** The page rests and shows nothing. */
  isOff: () => boolean
}

/**
 * The hook for HDMI-CEC or DPMS. `LINESIDE_PANEL_COMMAND` names one executable of this device by its whole path; it is called
 * with the single argument `off` when nobody works any more, and `on` when somebody does. Only who sets the environment of the
 * kiosk can name it (never plant.yaml, never the page), there is no shell, and one call runs at a time.
 */
export function drivePanelPower(contents: WebContents, command: string | undefined): PanelPowerState {
  const usable = command !== undefined && (command.startsWith('/') || /^[A-Za-z]:\\/.test(command))
  if (command && !usable)
    log('warn', 'LINESIDE_PANEL_COMMAND is not used: give the whole path of an executable.')
  let said: 'on' | 'off' = 'on'
  let wanted: 'on' | 'off' = 'on'
  let running = false

  function run(): void {
    if (!usable || running || said === wanted) return
    running = true
    said = wanted
    execFile(command, [said], { timeout: commandLimitMs, windowsHide: true }, (error) => {
      running = false
      if (error) log('warn', `The panel command failed at "${said}": ${error.message}`)
      run()
    })
  }

  ipcMain.on('lineside:panel-power', (event: IpcMainEvent, power: unknown) => {
    if (event.sender !== contents || !isBoardUrl(event.senderFrame?.url)) return
    if (power !== 'on' && power !== 'off') return
    wanted = power
    run()
  })
  // Whatever becomes of the page: a board that is loaded anew shows itself first.
  contents.on('did-start-navigation', (_event, _url, isInPlace, isMainFrame) => {
    if (!isMainFrame || isInPlace) return
    wanted = 'on'
    run()
  })
  return { isOff: () => wanted === 'off' }
}
