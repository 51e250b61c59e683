import { explicitChangeovers, productChanges } from './changeover-spans.ts'
import type { EpochMs, Interval, LineFacts } from './facts.ts'
import { overlapMs } from './intervals.ts'
import type { ChangeoverEntry } from './kpi.ts'
import type { LineRules } from './rules.ts'
import { contiguous, wholeRun } from './stops.ts'
import { openTimeline, type Segment } from './timeline.ts'

const isChangeover = (segment: Segment) => segment.state === 'changeover'

function productAt(facts: LineFacts, atMs: EpochMs): string | null {
  let product: string | null = null
  for (const run of facts.products) {
    if (run.atMs > atMs) break
    product = run.product
  }
  return product
}

/** What was announced; else the product change that belongs to this time; else what was made before and after. */
function productsOf(
  facts: LineFacts,
  whole: Interval,
  open: boolean,
): { from: string | null; to: string | null } {
  const announced = explicitChangeovers(facts.changeovers).filter(
    (span) => span.startMs < whole.endMs && span.endMs > whole.startMs,
  )
  const changed = productChanges(facts.products).filter(
    (span) =>
      (span.startMs <= whole.endMs && span.endMs >= whole.startMs) ||
      (span.atMs >= whole.startMs && span.atMs <= whole.endMs),
  )
  const from =
    announced.find((span) => span.from !== null)?.from ??
    changed[0]?.from ??
    productAt(facts, whole.startMs - 1) ??
    productAt(facts, whole.startMs)
  const to = announced.filter((span) => span.to !== null).pop()?.to ?? changed[changed.length - 1]?.to
  if (to != null) return { from, to }
  const after = productAt(facts, whole.endMs)
  return { from, to: open && after === from ? null : after }
}

/**
 * Changeovers of the window up to `asOfMs`, by time: contiguous time in class changeover, announced, by state or derived.
 * Start and end are clipped to the window; `durationMs` is the planned time inside, and entries without any are left out, so
 * that the durations add up to `KpiSums.changeoverMs`. `closedMs` is the true end, null while open.
 */
export function changeoversIn(
  facts: LineFacts,
  rules: LineRules,
  window: Interval,
  asOfMs: EpochMs,
): ChangeoverEntry[] {
  const timeline = openTimeline(facts, rules, asOfMs)
  const planned = timeline.planned(window)
  const segments = timeline.segments(window)
  const entries: ChangeoverEntry[] = []
  for (const run of contiguous(segments, isChangeover)) {
    const startMs = run[0]!.startMs
    const endMs = run[run.length - 1]!.endMs
    const durationMs = overlapMs(planned, startMs, endMs)
    if (durationMs === 0) continue
    const whole = wholeRun(timeline, segments, run, isChangeover)
    const open = whole.endMs >= asOfMs
    entries.push({
      startMs,
      endMs,
      closedMs: open ? null : whole.endMs,
      ...productsOf(facts, whole, open),
      durationMs,
    })
  }
  return entries
}
