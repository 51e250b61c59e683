/** What main, preload, page and the engine's process say to each other in the kiosk. Data of the line never goes this way. */
import type { EpochMs } from '../domain/facts.ts'

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

/** What `window.lineside` is in the kiosk; undefined in a browser. */
export type KioskMark = { kiosk: true }

/** Answer to the heartbeat `ping`, sent by preload from inside an animation frame. */
export type Pong = {
  beat: number
  /** Children of the page's `#root`; 0 or missing root: the board shows nothing. */
  rootChildren: number
}

/** Main -> engine process. `attach` brings one MessagePort of a page; it replaces the one before. */
export type EngineOrder =
  { type: 'attach' } | { type: 'stop' } | { type: 'beat' } | { type: 'kiosk'; health: KioskHealth }

/** Engine process -> main: the answer to `beat`; everything is started. */
export type EngineReport = { type: 'beat' } | { type: 'ready' }

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
