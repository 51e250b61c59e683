import type { EpochMs, Interval, LineFacts, LineState } from './facts.ts'
import type { LineRules } from './rules.ts'

/** A piece of a line's time with one state. `unknown`: no data, its own bucket, never running, never a stop. */
export type Segment = Interval & {
  state: LineState | 'unknown'
  reason: string | null
  cell: string | null
  product: string | null
  /** 'derived' when no state signal said so and the pieces did. */
  source: 'signal' | 'derived'
}

/** What a segment counts as inside planned production time. */
export type TimeClass = 'run' | 'stop' | 'changeover' | 'unknown'

/** A partition of [window.start, min(window.end, asOf)). */
export function buildTimeline(
  _facts: LineFacts,
  _rules: LineRules,
  _window: Interval,
  _asOfMs: EpochMs,
): Segment[] {
  throw new Error('not built yet')
}
