import type { EpochMs, Interval, ProductRun } from './facts.ts'
import { firstAtOrAfter } from './intervals.ts'
import type { LineLevelState } from './line-states.ts'
import type { Segment } from './timeline.ts'

/** The layers of which a timeline is made. All lists are sorted; spans of one list do not overlap. */

function unknownSegment(interval: Interval, source: Segment['source']): Segment {
  const { startMs, endMs } = interval
  return { startMs, endMs, state: 'unknown', reason: null, cell: null, product: null, source }
}

/** Each state holds until the next one; unknown before the first. */
export function stateLayer(states: readonly LineLevelState[], window: Interval): Segment[] {
  const segments: Segment[] = []
  const first = firstAtOrAfter(states, (state) => state.atMs, window.startMs + 1)
  const known = states[first - 1]
  let fromMs = window.startMs
  if (!known) {
    fromMs = Math.min(states[first]?.atMs ?? window.endMs, window.endMs)
    if (fromMs > window.startMs)
      segments.push(unknownSegment({ startMs: window.startMs, endMs: fromMs }, 'signal'))
  }
  for (let i = known ? first - 1 : first; i < states.length && fromMs < window.endMs; i++) {
    const { state, reason, cell } = states[i]!
    const endMs = Math.min(states[i + 1]?.atMs ?? window.endMs, window.endMs)
    if (endMs <= fromMs) continue
    segments.push({
      startMs: fromMs,
      endMs,
      state,
      reason: reason ?? (state === 'break' ? 'break' : null),
      cell: cell ?? null,
      product: null,
      source: 'signal',
    })
    fromMs = endMs
  }
  return segments
}

/**
 * Without any state: running while pieces came, stopped since the last piece otherwise, unknown before the first. After the
 * newest piece the line counts as running until `runningGapMs` have passed, and then as stopped since that piece.
 */
export function activityLayer(
  activity: readonly Interval[],
  window: Interval,
  asOfMs: EpochMs,
  runningGapMs: number,
): Segment[] {
  const segments: Segment[] = []
  let fromMs = window.startMs
  const add = (untilMs: EpochMs, state: 'running' | 'stopped' | 'unknown') => {
    const endMs = Math.min(untilMs, window.endMs)
    if (endMs <= fromMs) return
    segments.push({ ...unknownSegment({ startMs: fromMs, endMs }, 'derived'), state })
    fromMs = endMs
  }
  const first = Math.max(0, firstAtOrAfter(activity, (one) => one.endMs, window.startMs) - 1)
  add(activity[first]?.startMs ?? window.endMs, 'unknown')
  for (let i = first; i < activity.length && fromMs < window.endMs; i++) {
    const { endMs } = activity[i]!
    const next = activity[i + 1]
    const stillRunning = next === undefined && asOfMs - endMs <= runningGapMs
    add(stillRunning ? window.endMs : endMs, 'running')
    add(next?.startMs ?? window.endMs, 'stopped')
  }
  return segments
}

/** What is made when, as spans without gaps from the first product message on. */
export function productSpans(runs: readonly ProductRun[]): (Interval & { product: string })[] {
  return runs
    .map((run, i) => ({ startMs: run.atMs, endMs: runs[i + 1]?.atMs ?? Infinity, product: run.product }))
    .filter((span) => span.endMs > span.startMs)
}

/** Reasons as spans that do not overlap: where several cover the same time, the one with the highest seq holds. */
export function reasonSpans(
  reasons: readonly (Interval & { seq: number; reason: string })[],
): (Interval & { reason: string })[] {
  const edges = [...new Set(reasons.flatMap((one) => [one.startMs, one.endMs]))].sort((a, b) => a - b)
  const spans: (Interval & { reason: string })[] = []
  for (let i = 0; i + 1 < edges.length; i++) {
    const startMs = edges[i]!
    const endMs = edges[i + 1]!
    let newest: (typeof reasons)[number] | null = null
    for (const one of reasons) {
      if (one.startMs <= startMs && one.endMs >= endMs && (newest === null || one.seq > newest.seq))
        newest = one
    }
    if (newest) spans.push({ startMs, endMs, reason: newest.reason })
  }
  return spans
}

/** Cuts the segments at the spans' borders and changes what the spans cover. */
export function overlay<T extends Interval>(
  segments: readonly Segment[],
  spans: readonly T[],
  change: (segment: Segment, span: T) => Segment,
): readonly Segment[] {
  if (spans.length === 0) return segments
  const cut: Segment[] = []
  let first = 0
  for (const segment of segments) {
    while (first < spans.length && spans[first]!.endMs <= segment.startMs) first++
    let fromMs = segment.startMs
    for (let i = first; i < spans.length && spans[i]!.startMs < segment.endMs; i++) {
      const span = spans[i]!
      if (span.startMs > fromMs) cut.push({ ...segment, startMs: fromMs, endMs: span.startMs })
      const startMs = Math.max(fromMs, span.startMs)
      fromMs = Math.min(segment.endMs, span.endMs)
      cut.push({ ...change(segment, span), startMs, endMs: fromMs })
    }
    if (fromMs < segment.endMs) cut.push({ ...segment, startMs: fromMs })
  }
  return cut
}

/** Joins neighbours that differ in nothing but their time. */
export function joined(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = []
  for (const segment of segments) {
    const last = result[result.length - 1]
    if (
      last &&
      last.state === segment.state &&
      last.reason === segment.reason &&
      last.cell === segment.cell &&
      last.product === segment.product &&
      last.source === segment.source
    ) {
      last.endMs = segment.endMs
    } else {
      result.push({ ...segment })
    }
  }
  return result
}
