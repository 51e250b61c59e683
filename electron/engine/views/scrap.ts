import type { ScrapPart } from '../../../shared/contract/board.ts'
import { kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { xmrLimits, xmrSignal } from '../../../shared/domain/spc.ts'
import type { ShiftResult } from '../shift-result.ts'
import type { ViewInput } from './moment.ts'

/** Finished shifts in the scrap chart. */
export const scrapHistoryShifts = 22

/** Scrap of this shift by reason, and of the last shifts with their natural limits. `history`: oldest first. */
export function scrapView(
  { settings, facts, rules, moment }: ViewInput,
  history: readonly ShiftResult[],
): ScrapPart {
  const points = scrapPoints(history, moment.finishedByMs)
  const values = points.map((point) => point.ratio)
  const limits = xmrLimits(values)
  const base = {
    target: settings.scrapTarget ?? null,
    history: points,
    limits: limits && { mean: limits.mean, ucl: limits.ucl, lcl: Math.max(0, limits.lcl) },
    signal: xmrSignal(values, 'lower', limits),
  }
  if (moment.shift === null) return { ...base, ratio: null, scrap: 0, total: 0, reasons: [], customer: 0 }
  const { startMs, endMs } = moment.shift
  const sums = kpiSums(facts, rules, moment.shift, moment.asOfMs)
  const inShift = facts.scraps.filter((bucket) => startMs <= bucket.startMs && bucket.startMs < endMs)
  return {
    ...base,
    ratio: kpiRatios(sums).scrapRatio,
    scrap: sums.scrap,
    total: sums.total,
    reasons: byReason(inShift.filter((bucket) => bucket.detected === 'internal')),
    customer: inShift.reduce((sum, bucket) => sum + (bucket.detected === 'customer' ? bucket.qty : 0), 0),
  }
}

function scrapPoints(history: readonly ShiftResult[], finishedByMs: number): ScrapPart['history'] {
  const points = []
  for (const shift of history) {
    const ratio = kpiRatios(shift.sums).scrapRatio
    if (shift.endMs > finishedByMs || ratio === null) continue
    points.push({ atMs: shift.startMs, label: `${shift.date} ${shift.name}`, ratio, total: shift.sums.total })
  }
  return points.slice(-scrapHistoryShifts)
}

function byReason(buckets: readonly { reason: string; qty: number }[]): { reason: string; qty: number }[] {
  const sums = new Map<string, number>()
  for (const { reason, qty } of buckets) sums.set(reason, (sums.get(reason) ?? 0) + qty)
  return [...sums]
    .map(([reason, qty]) => ({ reason, qty }))
    .filter(({ qty }) => qty !== 0)
    .sort((a, b) => b.qty - a.qty || (a.reason < b.reason ? -1 : 1))
}
