import type { ShiftOccurrence } from './calendar.ts'
import type { EpochMs, Interval, LineFacts } from './facts.ts'
import type { LineRules } from './rules.ts'

/** One row of the hour-by-hour board. Pieces. */
export type HourRow = Interval & {
  /** Local "06"; pitches that start off the hour "06:30". */
  label: string
  /** Whole hour's plan; null: no plan. */
  plan: number | null
  /** Plan up to asOf for the running hour, else equal to plan. */
  planSoFar: number | null
  /** null: in the future. */
  made: number | null
  gap: number | null
  runningGap: number | null
  phase: 'past' | 'now' | 'future'
  /** Reason with the most stop time in this hour. */
  topStop: { reason: string | null; ms: number } | null
  unknownMs: number
}

export function hourRows(
  _facts: LineFacts,
  _rules: LineRules,
  _shift: ShiftOccurrence,
  _asOfMs: EpochMs,
): HourRow[] {
  throw new Error('not built yet')
}
