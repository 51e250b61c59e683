import type { EpochMs, Interval, LineFacts } from './facts.ts'
import type { ChangeoverEntry } from './kpi.ts'
import type { LineRules } from './rules.ts'

export function changeoversIn(
  _facts: LineFacts,
  _rules: LineRules,
  _window: Interval,
  _asOfMs: EpochMs,
): ChangeoverEntry[] {
  throw new Error('not built yet')
}
