import type { ShiftOccurrence } from './calendar.ts'
import type { EpochMs, LineFacts } from './facts.ts'
import type { LineRules } from './rules.ts'

/** Where the shift stands against its plan. Pieces. */
export type Pace = {
  /** order: from the product message; calendar: the shift's target; ideal: planned time / ideal cycle x plan factor. */
  planSource: 'order' | 'calendar' | 'ideal'
  target: number
  targetSoFar: number
  made: number
  /** made - targetSoFar; negative is behind. */
  gap: number
  /** null in the first 30 min of planned time. */
  headingFor: number | null
  /** Which rule gave headingFor. */
  headingRule: 'plan rate' | 'last 60 min' | null
  status: 'ahead' | 'on plan' | 'behind'
}

/** Null: no plan. */
export function shiftPace(
  _facts: LineFacts,
  _rules: LineRules,
  _shift: ShiftOccurrence,
  _asOfMs: EpochMs,
): Pace | null {
  throw new Error('not built yet')
}
