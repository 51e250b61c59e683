import type { ChangeoverPart } from '../../../shared/contract/board-line.ts'
import type { ChangeoverEntry } from '../../../shared/domain/kpi.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'

/** What a changeover took stays on the screen for this long after its end. Milliseconds; screens.md 6.5. */
export const summaryMs = 60_000

/** The changeover that has just ended; null: none, or another one runs. */
export function justEnded({ current, recent }: ChangeoverPart, nowMs: EpochMs): ChangeoverEntry | null {
  const newest = recent[0]
  if (current !== null || newest === undefined || newest.closedMs === null) return null
  const sinceMs = nowMs - newest.closedMs
  return sinceMs >= 0 && sinceMs < summaryMs ? newest : null
}
