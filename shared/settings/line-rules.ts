import type { LineRules, ProductRule } from '../domain/rules.ts'
import type { LineSettings } from './line.ts'

/** Without a state signal a line is never called stopped before pieces are this far apart. Milliseconds. */
const shortestRunningGapMs = 60_000

/** How the KPI core judges a line: the line's settings in the core's own units (milliseconds). */
export function lineRules(line: LineSettings, timeZone: string): LineRules {
  const products = Object.create(null) as Record<string, ProductRule>
  for (const product of line.products) {
    const { id, name, price } = product
    products[id] = {
      id,
      name,
      idealCycleMs: cycleMs(product.idealCycleS),
      ...(price !== undefined && { price }),
    }
  }
  const slowestMs = Math.max(0, ...line.products.map((product) => cycleMs(product.idealCycleS) ?? 0))
  return {
    calendar: {
      timeZone,
      closedDates: line.closedDates,
      shifts: line.shifts.map((shift) => ({
        name: shift.name,
        start: shift.start,
        end: shift.end,
        days: shift.days,
        breaks: shift.breaks,
        target: shift.target ?? null,
      })),
    },
    products,
    microStopMs: Math.round(line.microStopS * 1000),
    runningGapMs: Math.max(3 * slowestMs, shortestRunningGapMs),
    planFactor: line.planFactor,
  }
}

/** Kept to the microsecond, as in the store. */
function cycleMs(cycleS: number | undefined): number | null {
  return cycleS === undefined ? null : Math.round(cycleS * 1_000_000) / 1000
}
