import type { EpochMs, Interval, LineFacts } from './facts.ts'
import type { StopEntry } from './kpi.ts'
import type { LineRules } from './rules.ts'

export function stopsIn(
  _facts: LineFacts,
  _rules: LineRules,
  _window: Interval,
  _asOfMs: EpochMs,
): StopEntry[] {
  throw new Error('not built yet')
}
