import type { ScrapPart } from '../../../shared/contract/board-line.ts'
import type { ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { scrapByReason } from '../../../shared/domain/scrap-reasons.ts'
import { xmrSegments, xmrSignal } from '../../../shared/domain/spc.ts'
import type { ShiftResult } from '../shift-result.ts'
import { maturityOf } from './maturity.ts'
import type { Moment, ViewInput } from './moment.ts'

/** Finished shifts in the scrap chart. */
export const scrapHistoryShifts = 22

/**
 * Scrap of this shift by reason, and of the last shifts with their natural limits. `history`: oldest first. `confirmed`: from
 * when the team has confirmed that the process is another one, in order of time.
 */
export function scrapView(
  { settings, facts, rules, moment, shiftSums }: ViewInput,
  history: readonly ShiftResult[],
  confirmed: readonly EpochMs[] = [],
): ScrapPart {
  const points = scrapPoints(history, moment.finishedByMs)
  const values = points.map((point) => point.ratio)
  const firsts = confirmed.map((fromMs) => points.findIndex(({ atMs }) => atMs >= fromMs))
  const segments = xmrSegments(values, firsts)
  const newest = segments[segments.length - 1]!
  const base = {
    target: settings.scrapTarget ?? null,
    history: points,
    segments: segments.map(({ from, to, limits }) => ({
      from,
      to,
      limits: limits && { mean: limits.mean, ucl: limits.ucl, lcl: Math.max(0, limits.lcl) },
    })),
    signal: xmrSignal(values.slice(newest.from), 'lower', newest.limits),
    rule: newest.signals.find(({ index }) => index === values.length - 1)?.rule ?? null,
    maturity: maturityOf(history, ({ scrapRatio }) => scrapRatio, moment),
  }
  const shift = shiftOfScrap(moment)
  if (shift === null) {
    return { ...base, ratio: null, scrap: 0, total: 0, reasons: [], customer: 0, cost: null }
  }
  const isNow = shiftSums !== null && moment.asOfMs === moment.nowMs
  const sums = isNow ? shiftSums : kpiSums(facts, rules, shift, moment.nowMs)
  const inShift = facts.scraps.filter(({ startMs }) => shift.startMs <= startMs && startMs < shift.endMs)
  return {
    ...base,
    ratio: shiftSums && kpiRatios(shiftSums).scrapRatio,
    scrap: sums.scrap,
    total: sums.total,
    cost: shiftSums === null ? null : shiftSums.scrapCost,
    reasons: scrapByReason(inShift, sums.scrap),
    customer: inShift.reduce((sum, bucket) => sum + (bucket.detected === 'customer' ? bucket.qty : 0), 0),
  }
}

/**
 * People are a source of their own: scrap that they typed in shows at once, also while nothing comes from the line. Only the
 * ratio is as old as the line's last count.
 */
function shiftOfScrap(moment: Moment): ShiftOccurrence | null {
  return moment.freshness === 'none' ? moment.shiftNow : moment.shift
}

function scrapPoints(history: readonly ShiftResult[], finishedByMs: number): ScrapPart['history'] {
  const points = []
  for (let i = history.length - 1; i >= 0 && points.length < scrapHistoryShifts; i--) {
    const { startMs, endMs, date, name, sums } = history[i]!
    const ratio = kpiRatios(sums).scrapRatio
    if (endMs > finishedByMs || ratio === null) continue
    points.push({ atMs: startMs, label: `${date} ${name}`, ratio, total: sums.total })
  }
  return points.reverse()
}
