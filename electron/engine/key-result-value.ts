import type { KeyResult, LiveKpi } from '../../shared/domain/key-results.ts'
import { addSums, emptySums, kpiRatios, type KpiRatios } from '../../shared/domain/kpi.ts'
import { hasData, joinChangeovers, type ShiftResult } from './shift-result.ts'

/** A key result's value over a window of finished shifts. `value` is in the key result's unit. */
export type WindowValue = { value: number | null; sampleSize: number; valueAtMs: number | null }

const ratioOf: Partial<Record<LiveKpi, keyof KpiRatios>> = {
  oee: 'oee',
  availability: 'availability',
  performance: 'performance',
  quality_ratio: 'qualityRatio',
  first_pass_yield: 'firstPassYield',
  scrap_ratio: 'scrapRatio',
}

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
 * What a live key result says over the last finished shifts: ratios by summed sums, throughput as mean good pieces per
 * shift, changeover time as mean minutes of the changeovers. Null without data.
 */
export function liveValue(keyResult: KeyResult, shifts: readonly ShiftResult[]): WindowValue {
  if (keyResult.source.kind !== 'kpi') return { value: null, sampleSize: 0, valueAtMs: null }
  const { kpi, shifts: count } = keyResult.source
  const window = rollingWindow(shifts, count)
  const value = kpiValue(kpi, window)
  const scale = kpi in ratioOf && keyResult.unit === '%' ? 100 : 1
  return {
    value: value === null ? null : value * scale,
    sampleSize: window.length,
    valueAtMs: window[window.length - 1]?.endMs ?? null,
  }
}

function kpiValue(kpi: LiveKpi, window: readonly ShiftResult[]): number | null {
  if (window.length === 0) return null
  const sums = window.reduce((all, shift) => addSums(all, shift.sums), emptySums)
  if (kpi === 'throughput') return sums.good / window.length
  if (kpi === 'changeover_min') {
    const done = joinChangeovers(window).filter((c) => c.closedMs !== null)
    if (done.length === 0) return null
    return done.reduce((ms, changeover) => ms + changeover.durationMs, 0) / done.length / 60_000
  }
  const ratio = ratioOf[kpi]
  return ratio === undefined ? null : kpiRatios(sums)[ratio]
}
