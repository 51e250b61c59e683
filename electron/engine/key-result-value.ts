import type { KeyResult, KeyResultWindow, LiveKpi } from '../../shared/domain/key-results.ts'
import { dateOfDay, dayNumber, weekdayOf } from '../../shared/domain/local-time.ts'
import { liveKpiSpec } from '../../shared/domain/kpis/catalogue.ts'
import { kpiValue, type KpiSpec } from '../../shared/domain/kpis/kpi-spec.ts'
import { totalOf } from '../../shared/domain/kpis/window-sums.ts'
import { hasData, type ShiftResult } from './shift-result.ts'

/** A key result's value over a window of finished shifts. `value` is in the key result's unit. */
export type WindowValue = { value: number | null; sampleSize: number; valueAtMs: number | null }

/** True for a shift with planned time and data. */
export function countsInWindows(shift: ShiftResult): boolean {
  return shift.sums.plannedMs > 0 && hasData(shift)
}

/** The last `count` shifts of `shifts` with planned time and data. `shifts`: oldest first. */
export function rollingWindow(shifts: readonly ShiftResult[], count: number): ShiftResult[] {
  const window: ShiftResult[] = []
  for (let index = shifts.length - 1; index >= 0 && window.length < count; index--) {
    const shift = shifts[index]
    if (shift && countsInWindows(shift)) window.push(shift)
  }
  return window.reverse()
}

/**
 * What a live key result says over its window of finished shifts, by summed sums; throughput as mean good pieces per shift, and
 * what has no denominator (stop minutes, cost of scrap) as mean per shift likewise. Null without data. `shifts`: oldest first;
 * `startDate`: local date on which its cycle began.
 */
export function liveValue(
  keyResult: KeyResult,
  shifts: readonly ShiftResult[],
  startDate: string,
): WindowValue {
  if (keyResult.source.kind !== 'kpi') return { value: null, sampleSize: 0, valueAtMs: null }
  const inside = windowShifts(keyResult.source.window, shifts, startDate)
  return {
    value: valueOf(keyResult, keyResult.source.kpi, inside),
    sampleSize: inside.length,
    valueAtMs: inside[inside.length - 1]?.endMs ?? null,
  }
}

/** The KPI of a live key result in one shift alone, in the key result's unit. */
export function singleValue(keyResult: KeyResult, shift: ShiftResult): number | null {
  return keyResult.source.kind === 'kpi' ? valueOf(keyResult, keyResult.source.kpi, [shift]) : null
}

function windowShifts(
  window: KeyResultWindow,
  shifts: readonly ShiftResult[],
  startDate: string,
): readonly ShiftResult[] {
  if (window.kind === 'shifts') return rollingWindow(shifts, window.count)
  const [last] = rollingWindow(shifts, 1)
  if (last === undefined) return []
  const day = dayNumber(last.date)
  const from = window.kind === 'start' ? startDate : dateOfDay(day - weekdayOf(day) + 1)
  return shifts.filter((shift) => shift.date >= from && countsInWindows(shift))
}

function valueOf(
  keyResult: Pick<KeyResult, 'unit'>,
  kpi: LiveKpi,
  window: readonly ShiftResult[],
): number | null {
  const spec = liveKpiSpec(kpi)
  const value = spec === null || window.length === 0 ? null : meanValue(spec, window)
  const scale = spec?.unit === '%' && keyResult.unit === '%' ? 100 : 1
  return value === null ? null : value * scale
}

function meanValue(spec: KpiSpec, window: readonly ShiftResult[]): number | null {
  const { value } = kpiValue(spec, totalOf(window.map((shift) => shift.sums)))
  const addsUp = spec.denominator === null && spec.combine !== 'least'
  return value !== null && addsUp ? value / window.length : value
}
