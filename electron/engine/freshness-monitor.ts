import { freshnessAt, freshnessLimits } from '../../shared/domain/freshness.ts'
import type { LineModel } from '../../shared/domain/line-model.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import { isStale, lastReading } from './views/moment.ts'

/**
 * Looks whether a line's source has fallen silent, and tells the recorder once: unknown time starts at the last reading.
 * `check` is called about once a second.
 */
export function createFreshnessMonitor(options: {
  lines: readonly LineSettings[]
  model: (lineId: string) => LineModel
  noteSilence: (lineId: string, startMs: number) => void
  /** Since when a source of the line is known to be gone; null: none is. */
  lostSince: (lineId: string) => number | null
  noteLoss: (lineId: string, sinceMs: number) => void
}): { check: (nowMs: number) => void } {
  const noted = new Map<string, number>()
  return {
    check(nowMs) {
      for (const { id, expectedIntervalS } of options.lines) {
        const lostMs = options.lostSince(id)
        if (lostMs !== null) options.noteLoss(id, lostMs)
        const lastMs = lastReading(options.model(id))
        const freshness = freshnessAt(lastMs, nowMs, freshnessLimits(expectedIntervalS * 1000))
        if (lastMs === null || !isStale(freshness) || noted.get(id) === lastMs) continue
        options.noteSilence(id, lastMs)
        noted.set(id, lastMs)
      }
    },
  }
}
