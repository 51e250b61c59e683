import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ChangeoverEntry } from '../../shared/domain/kpi.ts'
import type { WindowSums } from '../../shared/domain/kpis/window-sums.ts'

/** What is kept of a finished shift: enough for every rolling window, never a ratio. */
export type ShiftResult = {
  name: string
  /** Local date on which the shift started. */
  date: string
  startMs: EpochMs
  endMs: EpochMs
  sums: WindowSums
  /** Changeovers clipped to the shift, oldest first. */
  changeovers: readonly ChangeoverEntry[]
}

/** False for a shift of which the engine knows nothing: it counts in no mean and no chart. */
export function hasData({ sums }: Pick<ShiftResult, 'sums'>): boolean {
  return sums.total > 0 || sums.plannedMs > sums.unknownMs
}

/**
 * Changeovers of shifts that follow each other, oldest first. One that ran on into the next shift is one again: its planned
 * time is the sum of both. One that was open when its shift ended, and did not run on, counts as closed then.
 */
export function joinChangeovers(
  shifts: readonly { startMs: EpochMs; changeovers: readonly ChangeoverEntry[] }[],
): ChangeoverEntry[] {
  const joined: ChangeoverEntry[] = []
  for (const shift of shifts) {
    const last = joined[joined.length - 1]
    const [first, ...others] = shift.changeovers
    const ranOn = last !== undefined && (last.closedMs === null || last.closedMs > last.endMs)
    if (!ranOn) joined.push(...shift.changeovers)
    else if (first !== undefined && first.startMs === shift.startMs) {
      const durationMs = last.durationMs + first.durationMs
      const from = last.from ?? first.from
      joined[joined.length - 1] = { ...first, startMs: last.startMs, from, durationMs }
      joined.push(...others)
    } else {
      joined[joined.length - 1] = { ...last, closedMs: last.closedMs ?? last.endMs }
      joined.push(...shift.changeovers)
    }
  }
  return joined
}
