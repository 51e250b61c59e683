import { screen } from 'electron'
import type { Display } from 'electron'
import { kioskWindows } from '../../shared/contract/kiosk.ts'
import type { KioskWindow } from '../../shared/contract/kiosk.ts'
import { openKioskWindow } from './kiosk-window.ts'
import type { KioskWindowHandle, KioskWindowOptions } from './kiosk-window.ts'
import { log } from './log.ts'
import { findOutput } from './outputs.ts'
import { onScreensChanged } from './window.ts'

/** Names of screens, see `outputPattern`. */
export type Wishes = { output: string | null; touchOutput: string | null }

export type KioskWindows = {
  board: KioskWindowHandle
  all: () => readonly KioskWindowHandle[]
  /** The wishes may be others now. */
  arrange: () => void
  stop: () => void
}

/**
 * The board's window, and one for the touch pages while a screen is there that is named for them and is not the board's. Both
 * follow their screens; the touch window goes and comes with its own.
 */
export function openKioskWindows(
  wishes: () => Wishes,
  options: Omit<KioskWindowOptions, 'kind' | 'place'>,
  onOpen: (window: KioskWindowHandle) => void,
): KioskWindows {
  const open = new Map<KioskWindow, KioskWindowHandle>()
  const said = new Set<string>()

  function find(wish: string | null): Display | null {
    if (wish === null) return null
    const found = findOutput(screen.getAllDisplays(), screen.getPrimaryDisplay(), wish)
    if (found === null && !said.has(wish)) log('warn', `There is no screen ${wish} at the moment.`)
    if (found === null) said.add(wish)
    else said.delete(wish)
    return found
  }
  const boardPlace = () => find(wishes().output) ?? screen.getPrimaryDisplay()
  const touchPlace = () => {
    const found = find(wishes().touchOutput)
    return found === null || found.id === boardPlace().id ? null : found
  }

  function openOne(kind: KioskWindow, place: () => Display): KioskWindowHandle {
    const window = openKioskWindow({ ...options, kind, place })
    open.set(kind, window)
    onOpen(window)
    window.page.load()
    return window
  }

  function arrange(): void {
    const touch = open.get('touch')
    const place = touchPlace()
    if (place !== null && !touch) openOne('touch', () => touchPlace() ?? place)
    if (place === null && touch) {
      log('info', 'The touch screen is gone: its window is closed.')
      open.delete('touch')
      touch.close()
    }
  }

  const board = openOne('board', boardPlace)
  arrange()
  const release = onScreensChanged(arrange)
  return {
    board,
    all: () => kioskWindows.flatMap((kind) => open.get(kind) ?? []),
    arrange,
    stop: () => {
      release()
      for (const window of open.values()) window.stop()
    },
  }
}
