/** What main, preload, page and the engine's process say to each other in the kiosk. Data of the line never goes this way. */
import type { EpochMs } from '../domain/facts.ts'
import type { Language } from '../settings/languages.ts'

/** Origin of the page in the kiosk: Lineside's own scheme, served from the package. */
export const kioskOrigin = 'app://board'

/** Window message, page -> preload: "hand me a port to the engine". Repeated until one comes. */
export type NeedPort = { type: 'lineside-need-port' }
/** Window message, preload -> page, with one MessagePort in `ports`. It replaces any port that came before. */
export type PortHandover = { type: 'lineside-port' }
/** Window message, preload -> page: the engine behind the present port has gone; a new port follows by itself. */
export type PortLost = { type: 'lineside-port-lost' }

/** Window message, page -> preload: the panel may switch off (nobody works), or must be on. */
export type PanelPower = { type: 'lineside-panel-power'; power: 'on' | 'off' }

/** Window message, page -> preload: put the page's paper into a file of this name. */
export type PrintPage = { type: 'lineside-print'; name: string }
/** Window message, preload -> page: where the file is; null: it could not be made. */
export type PagePrinted = { type: 'lineside-printed'; file: string | null }

/** What `window.lineside` is in the kiosk; undefined in a browser. */
export type KioskMark = { kiosk: true }

/** Answer to the heartbeat `ping`, sent by preload from inside an animation frame. */
export type Pong = {
  beat: number
  /** Children of the page's `#root`; 0 or missing root: the board shows nothing. */
  rootChildren: number
}

/** Windows of one kiosk: the board, and where a second screen is named for it, the touch pages. */
export const kioskWindows = ['board', 'touch'] as const
export type KioskWindow = (typeof kioskWindows)[number]

/** Main -> engine process. `attach` brings one MessagePort of a window's page; it replaces that window's one before. */
export type EngineOrder =
  | { type: 'attach'; window: KioskWindow }
  | { type: 'stop' }
  | { type: 'beat' }
  | { type: 'kiosk'; health: KioskHealth }

/** What main has to know of plant.yaml; it keeps it for the next start, when the engine may not come. */
export type DeviceSettings = {
  language: Language
  /** Which screen shows the board, and which one the touch pages; null: the primary one, and none. See `parseOutput`. */
  output: string | null
  touchOutput: string | null
}

/** Engine process -> main: the answer to `beat`; everything is started; an admin wants the kiosk to end. */
export type EngineReport =
  { type: 'beat' } | { type: 'ready'; device: DeviceSettings } | { type: 'leave'; by: string }

/** A part of the kiosk that is started anew when it fails. */
export const kioskParts = ['page', 'engine', 'graphics'] as const
export type KioskPart = (typeof kioskParts)[number]

export type PartHealth = {
  /** Since the kiosk started. */
  restarts: number
  lastMs: EpochMs | null
  /** Why the last time, in a few words. */
  lastReason: string | null
}

/** How the kiosk itself is, for the board's status topic and the health page. */
export type KioskHealth = {
  startedMs: EpochMs
  parts: Record<KioskPart, PartHealth>
  /** Resident memory of its processes by name, megabytes. */
  memoryMb: Record<string, number>
  /** One sentence while the board cannot be shown; null: it is. */
  trouble: string | null
}
