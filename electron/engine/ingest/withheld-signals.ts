import type { EpochMs } from '../../../shared/domain/facts.ts'

/** Metrics that are null at the same time and are followed, at most. */
export const withheldLimit = 10_000

/** Metrics of which a source says that there is no value now (`is_null`), by the lines that they feed. */
export type WithheldSignals = {
  /** The metric is null since then. True: that is news. */
  withhold: (source: string, metric: string, lineIds: readonly string[], sinceMs: EpochMs) => boolean
  /** The metric has a value. True: it was null before. */
  give: (source: string, metric: string) => boolean
  /** A birth of the source begins: what it does not name again is no metric of it any more. */
  bornAnew: (source: string) => void
  clear: () => void
  /** Since when one of the line's metrics is null; null: none is. */
  sinceMs: (lineId: string) => EpochMs | null
}

export function createWithheldSignals(): WithheldSignals {
  const withheld = new Map<string, { source: string; lineIds: readonly string[]; sinceMs: EpochMs }>()
  const keyOf = (source: string, metric: string): string => `${source}:${metric}`
  return {
    withhold: (source, metric, lineIds, sinceMs) => {
      const key = keyOf(source, metric)
      if (lineIds.length === 0 || withheld.has(key) || withheld.size >= withheldLimit) return false
      withheld.set(key, { source, lineIds, sinceMs })
      return true
    },
    give: (source, metric) => withheld.size > 0 && withheld.delete(keyOf(source, metric)),
    bornAnew: (source) => {
      for (const [key, one] of withheld) if (one.source === source) withheld.delete(key)
    },
    clear: () => withheld.clear(),
    sinceMs: (lineId) => {
      let sinceMs: EpochMs | null = null
      for (const one of withheld.values()) {
        if (one.lineIds.includes(lineId)) sinceMs = Math.min(sinceMs ?? Infinity, one.sinceMs)
      }
      return sinceMs
    },
  }
}
