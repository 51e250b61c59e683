import { kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { idealCycleAt } from '../../../shared/domain/rules.ts'
import type { ViewInput } from './moment.ts'

/** A running line below this share of its ideal speed is slow. */
export const slowBelowPerformance = 0.85
/** The speed is judged over this many whole minutes before now. */
export const slowWindowMs = 10 * 60_000
/** With less run time than this in the window nothing is said about speed. */
export const slowMinRunMs = 5 * 60_000
/** ... nor when fewer pieces than this were due at ideal speed: one piece more or less would decide. */
export const slowMinDuePieces = 20

/** True when a running line makes clearly fewer pieces than its ideal cycle time promises. */
export function isSlow(input: ViewInput): boolean {
  const { facts, rules, model, moment } = input
  if (model.lastSeen.count === undefined) return false
  // The minute that has just begun is left out: its pieces may still be on their way.
  const endMs = moment.asOfMs - (moment.asOfMs % 60_000)
  const sums = kpiSums(facts, rules, { startMs: endMs - slowWindowMs, endMs }, endMs)
  if (sums.runMs < slowMinRunMs || sums.idealTotalMs === null) return false
  const meanCycleMs = sums.total > 0 ? sums.idealTotalMs / sums.total : idealCycleMs(input)
  if (meanCycleMs === null || sums.runMs / meanCycleMs < slowMinDuePieces) return false
  const { performance } = kpiRatios(sums)
  return performance !== null && performance < slowBelowPerformance
}

/** Ideal cycle time of what the line makes now; null: unknown. */
function idealCycleMs({ facts, rules, moment }: ViewInput): number | null {
  const run = facts.products[facts.products.length - 1]
  if (run === undefined) return null
  return run.idealCycleMs ?? idealCycleAt(rules.products[run.product], moment.asOfMs)
}
