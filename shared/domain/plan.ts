import type { ShiftOccurrence } from './calendar.ts'
import type { EpochMs, Interval, LineFacts, ProductRun } from './facts.ts'
import { lengthOf, overlapMs } from './intervals.ts'
import { countsIn } from './kpi.ts'
import { planTime } from './planned-time.ts'
import { idealCycleAt, type LineRules, type ProductRule } from './rules.ts'
import { openTimeline, reachBack, type Timeline } from './timeline.ts'

/** Planned good pieces of a shift. */
export type ShiftPlan = {
  source: 'order' | 'calendar' | 'ideal'
  /** Whole pieces. */
  target: number
  /** The time over which it is spread, sorted. */
  planned: readonly Interval[]
  /** Planned pieces from shift start to an instant, not rounded; breaks do not count. */
  soFar: (atMs: EpochMs) => number
}

/** Time in which one ideal cycle time holds. */
type Stretch = Interval & { cycleMs: number | null }

/** Without any product message: the product of the newest pieces, else the only product there is. */
function onlyProduct(facts: LineFacts, rules: LineRules, known: Interval): ProductRule | undefined {
  const made = countsIn(facts, known)
  const all = Object.keys(rules.products)
  const product = made[made.length - 1]?.product ?? (all.length === 1 ? all[0]! : '')
  return rules.products[product]
}

/**
 * The ideal cycle times of a shift, stretch by stretch: each product holds from its message on, or from the start of the
 * changeover during which the message came; the first one from shift start, the last one to shift end.
 */
function stretches(facts: LineFacts, rules: LineRules, shift: Interval, timeline: Timeline): Stretch[] {
  const { asOfMs } = timeline
  const { startMs, endMs } = shift
  const runs = facts.products.filter((run) => run.atMs <= asOfMs && run.atMs < endMs)
  if (runs.length === 0) {
    const known = { startMs, endMs: Math.max(startMs, Math.min(endMs, asOfMs)) }
    return byCycle({ startMs, endMs }, onlyProduct(facts, rules, known))
  }
  const found: (Interval & { run: ProductRun })[] = []
  for (const run of runs) {
    const last = found[found.length - 1]
    const fromMs =
      !last || run.atMs <= startMs
        ? startMs
        : reachBack(timeline.segments, run.atMs, last.startMs, (segment) => segment.state === 'changeover')
    if (last) last.endMs = fromMs
    found.push({ startMs: fromMs, endMs, run })
  }
  return found.flatMap(({ run, ...stretch }) => {
    if (run.idealCycleMs !== undefined) return [{ ...stretch, cycleMs: run.idealCycleMs }]
    return byCycle(stretch, rules.products[run.product])
  })
}

/** A stretch of one product, cut where its ideal cycle time changes. */
function byCycle({ startMs, endMs }: Interval, product: ProductRule | undefined): Stretch[] {
  const changes = (product?.changes ?? []).map(({ fromMs }) => fromMs)
  const edges = [startMs, ...changes.filter((atMs) => atMs > startMs && atMs < endMs), endMs]
  return edges
    .slice(1)
    .map((toMs, i) => ({ startMs: edges[i]!, endMs: toMs, cycleMs: idealCycleAt(product, edges[i]!) }))
    .filter((stretch) => stretch.endMs > stretch.startMs)
}

/**
 * The plan of a shift as known at `asOfMs`: the target of the newest order that overlaps the shift; else the calendar's; else
 * planned time / ideal cycle time x plan factor, product by product. Null when there is none, or no planned time.
 */
export function shiftPlan(
  facts: LineFacts,
  rules: LineRules,
  shift: ShiftOccurrence,
  asOfMs: EpochMs,
): ShiftPlan | null {
  const timeline = openTimeline(facts, rules, asOfMs)
  const planned = planTime(shift, timeline.segments)
  const plannedMs = lengthOf(planned)
  if (plannedMs === 0) return null
  const order = facts.products
    .filter((run, i) => {
      const endMs = facts.products[i + 1]?.atMs ?? Infinity
      return run.target !== undefined && run.atMs <= asOfMs && run.atMs < shift.endMs && endMs > shift.startMs
    })
    .pop()
  const target = order?.target ?? shift.target
  if (target !== null) {
    const soFar = (atMs: EpochMs) => (target * overlapMs(planned, shift.startMs, atMs)) / plannedMs
    return { source: order ? 'order' : 'calendar', target, planned, soFar }
  }
  const cycles: (Stretch & { cycleMs: number })[] = []
  for (const { startMs, endMs, cycleMs } of stretches(facts, rules, shift, timeline)) {
    if (overlapMs(planned, startMs, endMs) === 0) continue
    if (cycleMs === null || cycleMs <= 0) return null
    cycles.push({ startMs, endMs, cycleMs })
  }
  const soFar = (atMs: EpochMs) =>
    cycles.reduce(
      (sum, one) =>
        sum + (overlapMs(planned, one.startMs, Math.min(one.endMs, atMs)) / one.cycleMs) * rules.planFactor,
      0,
    )
  return { source: 'ideal', target: Math.round(soFar(shift.endMs)), planned, soFar }
}
