import type { EpochMs } from './facts.ts'

/** product.md rule 6. `none`: nothing was ever received. */
export type Freshness = 'fresh' | 'ageing' | 'stale' | 'withdrawn' | 'none'

export type FreshnessLimits = { freshMs: number; staleMs: number; withdrawnMs: number }

/**
 * Limits for a periodic signal: fresh < 2 x the expected interval, ageing < 5 x, stale beyond, withdrawn beyond 20 x;
 * fresh and stale limits at least 30 s, withdrawn at least 10 min.
 */
export function freshnessLimits(expectedIntervalMs: number): FreshnessLimits {
  return {
    freshMs: Math.max(2 * expectedIntervalMs, 30_000),
    staleMs: Math.max(5 * expectedIntervalMs, 30_000),
    withdrawnMs: Math.max(20 * expectedIntervalMs, 600_000),
  }
}

export function freshnessAt(lastMs: EpochMs | null, nowMs: EpochMs, limits: FreshnessLimits): Freshness {
  if (lastMs === null) return 'none'
  const ageMs = nowMs - lastMs
  if (ageMs < limits.freshMs) return 'fresh'
  if (ageMs < limits.staleMs) return 'ageing'
  return ageMs < limits.withdrawnMs ? 'stale' : 'withdrawn'
}
