import { contextBridge, ipcRenderer } from 'electron'
import type {
  KioskMark,
  NeedPort,
  PagePrinted,
  PanelPower,
  Pong,
  PortHandover,
  PortLost,
  PrintPage,
} from '../../shared/contract/kiosk.ts'

// The page gets a mark and, when it asks, a MessagePort to the engine: no Electron object, no IPC.
const mark: KioskMark = { kiosk: true }
contextBridge.exposeInMainWorld('lineside', mark)

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin) return
  const message = event.data as Partial<NeedPort> | Partial<PanelPower> | Partial<PrintPage> | null
  if (message?.type === 'lineside-need-port') ipcRenderer.send('lineside:need-port')
  if (message?.type === 'lineside-print') ipcRenderer.send('lineside:print', message.name)
  if (message?.type === 'lineside-panel-power') ipcRenderer.send('lineside:panel-power', message.power)
})

ipcRenderer.on('lineside:port', (event) => {
  const handover: PortHandover = { type: 'lineside-port' }
  window.postMessage(handover, window.location.origin, event.ports)
})

ipcRenderer.on('lineside:port-lost', () => {
  const lost: PortLost = { type: 'lineside-port-lost' }
  window.postMessage(lost, window.location.origin)
})

ipcRenderer.on('lineside:printed', (_event, printed: PagePrinted) => {
  window.postMessage(printed, window.location.origin)
})

// An animation frame proves that the page still paints, which an idle timer would not.
ipcRenderer.on('lineside:ping', (_event, beat: number) => {
  requestAnimationFrame(() => {
    const pong: Pong = { beat, rootChildren: document.getElementById('root')?.childElementCount ?? 0 }
    ipcRenderer.send('lineside:pong', pong)
  })
})
