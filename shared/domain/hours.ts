import { hoursOf, type ShiftCalendar, type ShiftOccurrence } from './calendar.ts'
import type { EpochMs, Interval, LineFacts } from './facts.ts'
import { overlapMs } from './intervals.ts'
import { countsIn, untilAsOf } from './kpi.ts'
import { localTimeAt } from './local-time.ts'
import { shiftPlan } from './plan.ts'
import type { LineRules } from './rules.ts'
import { isStop, openTimeline, type Segment } from './timeline.ts'

/** One row of the hour-by-hour board. Pieces; whole numbers, so that the columns add up as they are shown. */
export type HourRow = Interval & {
  /** Local "06"; a row that starts off the hour "06:30", and with several of them every row so. */
  label: string
  /** Whole hour's plan; null: no plan. */
  plan: number | null
  /** Plan up to asOf for the running hour, else equal to plan. */
  planSoFar: number | null
  /** Good pieces; null: in the future. */
  made: number | null
  gap: number | null
  /** Sum of the gaps down to this row; in the running hour it equals `Pace.gap`. */
  runningGap: number | null
  phase: 'past' | 'now' | 'future'
  /** Reason with the most stop time in this hour. */
  topStop: { reason: string | null; ms: number } | null
  /** Planned production time without data, milliseconds. */
  unknownMs: number
}

const labelsByShift = new WeakMap<ShiftOccurrence, { timeZone: string; labels: readonly string[] }>()

function hourLabels(
  calendar: ShiftCalendar,
  shift: ShiftOccurrence,
  hours: readonly Interval[],
): readonly string[] {
  const known = labelsByShift.get(shift)
  if (known?.timeZone === calendar.timeZone) return known.labels
  const times = hours.map((hour) => localTimeAt(calendar.timeZone, hour.startMs))
  const off = times.filter((time) => !time.endsWith(':00')).length
  // A shift that starts at half past has one row off the hour; a pitch of 45 minutes has most of them there.
  const labels = off > 1 ? times : times.map((time) => time.replace(/:00$/, ''))
  labelsByShift.set(shift, { timeZone: calendar.timeZone, labels })
  return labels
}

function lostTime(segments: readonly Segment[], planned: readonly Interval[], hour: Interval) {
  const byReason = new Map<string | null, number>()
  let unknownMs = 0
  for (const segment of segments) {
    if (segment.startMs >= hour.endMs) break
    if (segment.endMs <= hour.startMs) continue
    const ms = overlapMs(
      planned,
      Math.max(segment.startMs, hour.startMs),
      Math.min(segment.endMs, hour.endMs),
    )
    if (segment.state === 'unknown') unknownMs += ms
    if (isStop(segment) && ms > 0) byReason.set(segment.reason, (byReason.get(segment.reason) ?? 0) + ms)
  }
  let topStop: HourRow['topStop'] = null
  for (const [reason, ms] of byReason) if (!topStop || ms > topStop.ms) topStop = { reason, ms }
  return { topStop, unknownMs }
}

/**
 * The hours of a shift at `asOfMs`. An hour's plan is its share of the plan by planned production time; it is the difference
 * of the rounded plan so far at its end and at its start, so that the plans add up to the target and every running gap is
 * the gap that the pace shows at that instant.
 */
export function hourRows(
  facts: LineFacts,
  rules: LineRules,
  shift: ShiftOccurrence,
  asOfMs: EpochMs,
): HourRow[] {
  const plan = shiftPlan(facts, rules, shift, asOfMs)
  const planBy = (atMs: EpochMs) => (plan ? Math.round(plan.soFar(atMs)) : null)
  const timeline = openTimeline(facts, rules, asOfMs)
  const planned = timeline.planned(shift)
  const segments = timeline.segments(shift)
  const hours = hoursOf(rules.calendar, shift)
  const labels = hourLabels(rules.calendar, shift, hours)
  let runningGap = 0
  return hours.map((hour, i) => {
    const phase = hour.endMs <= asOfMs ? 'past' : hour.startMs <= asOfMs ? 'now' : 'future'
    const known = untilAsOf(hour, asOfMs)
    const before = planBy(hour.startMs)
    const share = (endMs: EpochMs) => (before === null ? null : planBy(endMs)! - before)
    const planSoFar = share(phase === 'now' ? known.endMs : hour.endMs)
    const made =
      phase === 'future' ? null : countsIn(facts, known).reduce((sum, bucket) => sum + bucket.good, 0)
    const gap = made === null || planSoFar === null ? null : made - planSoFar
    if (gap !== null) runningGap += gap
    return {
      ...hour,
      label: labels[i]!,
      plan: share(hour.endMs),
      planSoFar,
      made,
      gap,
      runningGap: gap === null ? null : runningGap,
      phase,
      ...lostTime(segments, planned, hour),
    }
  })
}
