import type { Input, Session, WebContents } from 'electron'
import { kioskOrigin } from '../../shared/contract/kiosk.ts'
import { log } from './log.ts'

/** True for the board's own page. */
export function isBoardUrl(url: string | undefined): boolean {
  return url !== undefined && url.startsWith(`${kioskOrigin}/`)
}

/** Keys that would leave, reload, zoom or inspect the board: all function keys and all chords. */
export function isBlockedKey(input: Pick<Input, 'key' | 'control' | 'alt' | 'meta'>): boolean {
  return (
    input.control ||
    input.alt ||
    input.meta ||
    /^(F\d{1,2}|Browser\w+|GoBack|GoForward|ContextMenu|Launch\w+)$/.test(input.key)
  )
}

/** The page may ask for nothing and reach nothing but the package. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  const remote = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']
  session.webRequest.onBeforeRequest({ urls: remote }, (details, answer) => {
    log('warn', `A request of the page to ${new URL(details.url).origin} was refused.`)
    answer({ cancel: true })
  })
}

/** No second window, no other address, no way to stay, no browser keys. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event, url) => {
    if (!isBoardUrl(url)) event.preventDefault()
  })
  contents.on('will-redirect', (event, url) => {
    if (!isBoardUrl(url)) event.preventDefault()
  })
  // A page that wants to stay would keep main from loading it anew.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('before-input-event', (event, input) => {
    if (isBlockedKey(input)) event.preventDefault()
  })
}
