import type { EpochMs } from '../facts.ts'
import { dayMs, localDateAt } from '../local-time.ts'
import { liveKpiSpec } from './catalogue.ts'
import type { HandFedSpec, ReportedValue } from './hand-fed.ts'
import type { KpiDefinition } from './kpi-definition.ts'
import { kpiValue } from './kpi-spec.ts'
import type { WindowSums } from './window-sums.ts'

/**
 * One point of a KPI's chart, in the definition's unit: a finished shift, or a report. Of a ratio `part` / `whole` x `factor` is
 * the value, so that points add up; `whole` null: the points of a level are averaged.
 */
export type KpiPoint = {
  /** End of the shift, or the time of the report. */
  atMs: EpochMs
  value: number
  part: number
  whole: number | null
  factor: number
  /** Pieces, stops or calls that the value rests on. */
  sampleSize: number
}

/** Points of a KPI that follows the line, oldest first. `shifts`: finished ones with data. Shifts without a value give none. */
export function livePoints(
  { source, unit }: Pick<KpiDefinition, 'source' | 'unit'>,
  shifts: readonly { endMs: EpochMs; sums: WindowSums }[],
): KpiPoint[] {
  const spec = source.from === 'line' ? liveKpiSpec(source.formula) : null
  if (spec === null) return []
  const scale = spec.unit === '%' && unit === '%' ? 100 : 1
  const factor = (spec.factor ?? 1) * scale
  return shifts.flatMap(({ endMs, sums }): KpiPoint[] => {
    const { value, numerator, denominator, sampleSize } = kpiValue(spec, sums)
    if (value === null || numerator === null) return []
    return [{ atMs: endMs, value: value * scale, part: numerator, whole: denominator, factor, sampleSize }]
  })
}

/** Points of a KPI that people or other systems report: one for each report, or where reports add up one for each local date. */
export function reportedPoints(
  combine: HandFedSpec['combine'],
  values: readonly ReportedValue[],
  timeZone: string,
): KpiPoint[] {
  const points: KpiPoint[] = []
  let date = ''
  for (const { atMs, value } of values) {
    const ofDate = localDateAt(timeZone, atMs)
    const last = points[points.length - 1]
    if (combine === 'sum' && last !== undefined && date === ofDate && atMs - last.atMs < dayMs) {
      const sum = last.value + value
      points[points.length - 1] = { ...last, atMs, value: sum, part: sum, sampleSize: last.sampleSize + 1 }
    } else points.push({ atMs, value, part: value, whole: null, factor: 1, sampleSize: 1 })
    date = ofDate
  }
  return points
}

/** Level of some points: ratios from summed parts, others as mean. Null without points, or with nothing to divide by. */
export function levelOf(points: readonly KpiPoint[]): number | null {
  const [first] = points
  if (first === undefined) return null
  if (points.some(({ whole }) => whole === null)) return mean(points.map(({ value }) => value))
  const whole = points.reduce((sum, point) => sum + point.whole!, 0)
  return whole === 0 ? null : (points.reduce((sum, { part }) => sum + part, 0) / whole) * first.factor
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
