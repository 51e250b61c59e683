import type { EpochMs } from '../../shared/domain/facts.ts'
import type { KeyResult, KeyResultWindow, LiveKpi } from '../../shared/domain/key-results.ts'
import { liveKpiSpec } from '../../shared/domain/kpis/catalogue.ts'
import type { ReportedValue } from '../../shared/domain/kpis/hand-fed.ts'
import { levelOf, reportedPoints } from '../../shared/domain/kpis/kpi-points.ts'
import { kpiValue, type KpiSpec } from '../../shared/domain/kpis/kpi-spec.ts'
import { totalOf } from '../../shared/domain/kpis/window-sums.ts'
import { dateOfDay, dayNumber, instantOf, localDateAt, weekdayOf } from '../../shared/domain/local-time.ts'
import { hasData, type ShiftResult } from './shift-result.ts'

/** A key result's value over a window. `value` is in the key result's unit; `sampleSize`: shifts, reports or check-ins. */
export type WindowValue = { value: number | null; sampleSize: number; valueAtMs: EpochMs | null }

/** Reported values of a line by their key, each list in order of time. */
export type ReportedValues = ReadonlyMap<string, readonly ReportedValue[]>

/** What moves the key results of a line by themselves. */
export type FeedInput = {
  /** Finished shifts, oldest first. */
  history: readonly ShiftResult[]
  values: ReportedValues
  timeZone: string
}

/** The steps on which a key result moves by itself, oldest first: finished shifts with data, or reports. */
export type Feed = {
  steps: number
  /** Steps before a local date. */
  countBefore: (date: string) => number
  /** What the key result says after its first `count` steps, over its window. */
  valueAfter: (count: number) => WindowValue
  /** What each step from the one on says alone; those without a value are left out. */
  singles: (from: number) => { atMs: EpochMs; value: number }[]
}

/**
 * Null: people say its value. A live KPI is summed over its window: ratios from summed sums, throughput as mean good pieces per
 * shift, and what has no denominator (stop minutes, cost of scrap) as mean per shift likewise; reports are averaged. Steps after
 * `untilMs` do not count. `startDate`: local date on which the cycle began.
 */
export function feedOf(
  { source, unit }: Pick<KeyResult, 'source' | 'unit'>,
  { history, values, timeZone }: FeedInput,
  { untilMs, startDate }: { untilMs: EpochMs; startDate: string },
): Feed | null {
  switch (source.kind) {
    case 'manual':
    case 'milestones':
      return null
    case 'kpi':
      return feed({
        items: history.filter((shift) => shift.endMs <= untilMs && countsInWindows(shift)),
        atMs: ({ endMs }) => endMs,
        dateOf: ({ date }) => date,
        before: (date) => (shift) => shift.date < date,
        value: (shifts) => kpiOver(source.kpi, unit, shifts),
        ...{ window: source.window, startDate },
      })
    case 'values': {
      const points = reportedPoints(source.combine, values.get(source.key) ?? [], timeZone)
      return feed({
        items: points.filter(({ atMs }) => atMs <= untilMs),
        atMs: ({ atMs }) => atMs,
        dateOf: ({ atMs }) => localDateAt(timeZone, atMs),
        before(date) {
          const startMs = instantOf(timeZone, dayNumber(date), 0)
          return ({ atMs }) => atMs < startMs
        },
        value: levelOf,
        ...{ window: source.window, startDate },
      })
    }
  }
}

/** True for a shift with planned time and data. */
export function countsInWindows(shift: ShiftResult): boolean {
  return shift.sums.plannedMs > 0 && hasData(shift)
}

function feed<T>(of: {
  items: readonly T[]
  atMs: (item: T) => EpochMs
  dateOf: (item: T) => string
  before: (date: string) => (item: T) => boolean
  value: (items: readonly T[]) => number | null
  window: KeyResultWindow
  startDate: string
}): Feed {
  const { items, atMs, dateOf, value, window, startDate } = of
  const countBefore = (date: string) => {
    const isBefore = of.before(date)
    let count = items.length
    while (count > 0 && !isBefore(items[count - 1]!)) count--
    return count
  }
  /** The first step of the window that ends with `last`. */
  const firstOf = (count: number, last: T) => {
    if (window.kind === 'shifts') return Math.max(0, count - window.count)
    const day = dayNumber(dateOf(last))
    return countBefore(window.kind === 'start' ? startDate : dateOfDay(day - weekdayOf(day) + 1))
  }
  return {
    steps: items.length,
    countBefore,
    valueAfter(count) {
      const last = items[count - 1]
      const inside = last === undefined ? [] : items.slice(firstOf(count, last), count)
      if (last === undefined || inside.length === 0) return { value: null, sampleSize: 0, valueAtMs: null }
      return { value: value(inside), sampleSize: inside.length, valueAtMs: atMs(last) }
    },
    singles: (from) =>
      items.slice(from).flatMap((item) => {
        const single = value([item])
        return single === null ? [] : [{ atMs: atMs(item), value: single }]
      }),
  }
}

function kpiOver(kpi: LiveKpi, unit: string, shifts: readonly ShiftResult[]): number | null {
  const spec = liveKpiSpec(kpi)
  const value = spec === null ? null : meanValue(spec, shifts)
  const scale = spec?.unit === '%' && unit === '%' ? 100 : 1
  return value === null ? null : value * scale
}

function meanValue(spec: KpiSpec, shifts: readonly ShiftResult[]): number | null {
  const { value } = kpiValue(spec, totalOf(shifts.map(({ sums }) => sums)))
  const addsUp = spec.denominator === null && spec.combine !== 'least'
  return value !== null && addsUp ? value / shifts.length : value
}
