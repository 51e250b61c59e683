import { ipcMain, MessageChannelMain } from 'electron'
import type { IpcMainEvent, MessagePortMain, WebContents } from 'electron'
import { isBoardUrl } from './lock-down.ts'

export type PortBroker = {
  /** There is a new engine: a page that has asked before gets a port to it. */
  engineCame: () => void
  /** The engine has gone: the page hears of it at once (older Chromium has no `close` event on a port). */
  engineWent: () => void
}

/**
 * Connects page and engine and steps out of the way. The page asks once it listens (a port that comes earlier is lost) and
 * gets a new pair at each asking, each load and each start of the engine; the engine drops the port before.
 */
export function brokerPorts(contents: WebContents, attach: (port: MessagePortMain) => boolean): PortBroker {
  let pageListens = false

  function connect(): void {
    if (!pageListens || contents.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    if (attach(port1)) contents.postMessage('lineside:port', null, [port2])
    else port1.close()
  }

  ipcMain.on('lineside:need-port', (event: IpcMainEvent) => {
    if (event.sender !== contents || !isBoardUrl(event.senderFrame?.url)) return
    pageListens = true
    connect()
  })
  contents.on('did-start-navigation', (_event, _url, isInPlace, isMainFrame) => {
    if (isMainFrame && !isInPlace) pageListens = false
  })
  contents.on('render-process-gone', () => {
    pageListens = false
  })

  return {
    engineCame: connect,
    engineWent: () => {
      if (pageListens && !contents.isDestroyed()) contents.send('lineside:port-lost')
    },
  }
}
