import type { KioskHealth } from '../../../shared/contract/kiosk.ts'
import type { Publication } from './broker-link.ts'
import type { Will } from './connect-options.ts'

/** Between two publications of the status while nothing changes. Milliseconds. */
export const statusIntervalMs = 60_000

/** Health of the board for others in the plant, as they read it; times in epoch milliseconds, durations in seconds. */
export type BoardStatus = {
  version: string
  uptime_s: number
  lines: readonly string[]
  mqtt: string | null
  /** Since the store was made. */
  stored: number
  duplicates: number
  rejected: number
  /** Messages that have come and are not stored yet. */
  queued: number
  store_problem: string | null
  /** "number:hash" of the newest entry of the audit trail; see `lineside check-audit --anchor`. */
  audit_head: string
  /** null: no kiosk, or it has said nothing yet. */
  kiosk: KioskStatus | null
  /** Lines that a Sparkplug node or device should feed that is gone. */
  lost_lines: readonly string[]
}

/** The Electron shell around the board. Restarts since it started; memory in megabytes. */
export type KioskStatus = {
  page_restarts: number
  engine_restarts: number
  graphics_restarts: number
  /** Why the newest of them. */
  last_restart: string | null
  memory_mb: number
  /** One sentence while the board cannot be shown. */
  trouble: string | null
}

export function kioskStatus(health: KioskHealth | null): KioskStatus | null {
  if (health === null) return null
  const { page, engine, graphics } = health.parts
  const [newest] = [page, engine, graphics].sort((a, b) => (b.lastMs ?? 0) - (a.lastMs ?? 0))
  return {
    page_restarts: page.restarts,
    engine_restarts: engine.restarts,
    graphics_restarts: graphics.restarts,
    last_restart: newest?.lastReason ?? null,
    memory_mb: Object.values(health.memoryMb).reduce((sum, megabytes) => sum + megabytes, 0),
    trouble: health.trouble,
  }
}

/** `<prefix>/board/<clientId>/status`, retained: {"online": true, "timestamp": ..., ...}, or {"online": false, ...}. */
export type BoardStatusTopic = {
  /** Published by the broker when the connection breaks. */
  will: () => Will
  online: (status: BoardStatus) => Publication
  offline: () => Publication
}

export function boardStatusTopic(prefix: string, clientId: string, now: () => number): BoardStatusTopic {
  const topic = `${prefix}/board/${clientId.replace(/[/+#]/g, '-')}/status`
  const publication = (payload: object): Publication => ({
    topic,
    payload: JSON.stringify({ ...payload, timestamp: now() }),
    qos: 1,
    retain: true,
  })
  return {
    will: () => ({ topic, payload: JSON.stringify({ online: false, timestamp: now() }) }),
    online: (status) => publication({ online: true, ...status }),
    offline: () => publication({ online: false }),
  }
}
