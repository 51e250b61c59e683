import { app } from 'electron'
import { kioskParts } from '../../shared/contract/kiosk.ts'
import type { KioskHealth, KioskPart, PartHealth } from '../../shared/contract/kiosk.ts'

/** Between two reports while nothing happens. Milliseconds. */
const reportEveryMs = 60_000
/** A reason is cut to this many characters. */
const reasonLimit = 200

export type HealthBook = {
  /** One part had to be started anew. */
  restarted: (part: KioskPart, reason: string) => void
  trouble: (sentence: string | null) => void
  now: () => KioskHealth
  stop: () => void
}

/** Counts what happens to the kiosk and reports it: at each event, and once a minute for the memory. */
export function keepHealth(report: (health: KioskHealth) => void): HealthBook {
  const startedMs = Date.now()
  const parts = Object.fromEntries(
    kioskParts.map((part) => [part, { restarts: 0, lastMs: null, lastReason: null }]),
  ) as Record<KioskPart, PartHealth>
  let trouble: string | null = null

  function now(): KioskHealth {
    const memoryMb: Record<string, number> = {}
    for (const { type, name, memory } of app.getAppMetrics()) {
      const key = name ?? type
      memoryMb[key] = (memoryMb[key] ?? 0) + Math.round(memory.workingSetSize / 1024)
    }
    return { startedMs, parts: structuredClone(parts), memoryMb, trouble }
  }
  const timer = setInterval(() => report(now()), reportEveryMs)

  return {
    restarted: (part, reason) => {
      const { restarts } = parts[part]
      parts[part] = { restarts: restarts + 1, lastMs: Date.now(), lastReason: reason.slice(0, reasonLimit) }
      report(now())
    },
    trouble: (sentence) => {
      if (sentence === trouble) return
      trouble = sentence
      report(now())
    },
    now,
    stop: () => clearInterval(timer),
  }
}
