import type { KeyResult } from '../../shared/domain/key-results.ts'
import { liveKpiSpec } from '../../shared/domain/kpis/catalogue.ts'
import { kpiValue, type KpiSpec } from '../../shared/domain/kpis/kpi-spec.ts'
import { totalOf } from '../../shared/domain/kpis/window-sums.ts'
import { hasData, type ShiftResult } from './shift-result.ts'

/** A key result's value over a window of finished shifts. `value` is in the key result's unit. */
export type WindowValue = { value: number | null; sampleSize: number; valueAtMs: number | null }

/** The last `count` shifts of `shifts` with planned time and data. `shifts`: oldest first. */
export function rollingWindow(shifts: readonly ShiftResult[], count: number): ShiftResult[] {
  const window: ShiftResult[] = []
  for (let index = shifts.length - 1; index >= 0 && window.length < count; index--) {
    const shift = shifts[index]
    if (shift && shift.sums.plannedMs > 0 && hasData(shift)) window.push(shift)
  }
  return window.reverse()
}

/**
 * What a live key result says over the last finished shifts, by summed sums; throughput as mean good pieces per shift, and
 * what has no denominator (stop minutes, cost of scrap) as mean per shift likewise. Null without data.
 */
export function liveValue(keyResult: KeyResult, shifts: readonly ShiftResult[]): WindowValue {
  if (keyResult.source.kind !== 'kpi') return { value: null, sampleSize: 0, valueAtMs: null }
  const { kpi, shifts: count } = keyResult.source
  const window = rollingWindow(shifts, count)
  const spec = liveKpiSpec(kpi)
  const value = spec === null || window.length === 0 ? null : meanValue(spec, window)
  const scale = spec?.unit === '%' && keyResult.unit === '%' ? 100 : 1
  return {
    value: value === null ? null : value * scale,
    sampleSize: window.length,
    valueAtMs: window[window.length - 1]?.endMs ?? null,
  }
}

function meanValue(spec: KpiSpec, window: readonly ShiftResult[]): number | null {
  const { value } = kpiValue(spec, totalOf(window.map((shift) => shift.sums)))
  const addsUp = spec.denominator === null && spec.combine !== 'least'
  return value !== null && addsUp ? value / window.length : value
}
