import type { EpochMs } from '../../../shared/domain/facts.ts'

export type RunningTotal = { total: number; atMs: EpochMs }

/** What a running total means against the newest one known. `next` null: it changes nothing. */
export type TotalStep = {
  delta: number
  next: RunningTotal | null
  what: 'baseline' | 'more' | 'reset' | 'late'
}

/**
 * First value: the baseline. Higher: the difference. Lower: the counter was restarted, all of it is new. Older than the
 * newest: it came late and is passed over.
 */
export function stepTotal(known: RunningTotal | undefined, total: number, atMs: EpochMs): TotalStep {
  const next = { total, atMs }
  if (!known) return { delta: 0, next, what: 'baseline' }
  const isLater = atMs > known.atMs || (atMs === known.atMs && total >= known.total)
  if (!isLater) return { delta: 0, next: null, what: 'late' }
  if (total >= known.total) return { delta: total - known.total, next, what: 'more' }
  return { delta: total, next, what: 'reset' }
}
