import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ChangeoverEntry, KpiSums } from '../../shared/domain/kpi.ts'

/** What is kept of a finished shift: enough for every rolling window, never a ratio. */
export type ShiftResult = {
  name: string
  /** Local date on which the shift started. */
  date: string
  startMs: EpochMs
  endMs: EpochMs
  sums: KpiSums
  /** Changeovers clipped to the shift, oldest first. */
  changeovers: readonly ChangeoverEntry[]
}

/** False for a shift of which the engine knows nothing: it counts in no mean and no chart. */
export function hasData({ sums }: ShiftResult): boolean {
  return sums.total > 0 || sums.plannedMs > sums.unknownMs
}

/**
 * Joins the pieces of a changeover that ran on into the next shift: its planned time is the sum of both. `entries` in
 * order of time.
 */
export function joinChangeovers(entries: readonly ChangeoverEntry[]): ChangeoverEntry[] {
  const joined: ChangeoverEntry[] = []
  for (const entry of entries) {
    const before = joined[joined.length - 1]
    const goesOn = before !== undefined && before.endMs === entry.startMs && before.closedMs !== before.endMs
    if (!goesOn) joined.push(entry)
    else {
      joined[joined.length - 1] = {
        ...entry,
        startMs: before.startMs,
        from: before.from ?? entry.from,
        durationMs: before.durationMs + entry.durationMs,
      }
    }
  }
  return joined
}
