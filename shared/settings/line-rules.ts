import type { EpochMs } from '../domain/facts.ts'
import { dayNumber, instantOf, minutesOfDay } from '../domain/local-time.ts'
import type { CellRules } from '../domain/line-states.ts'
import type { LineRules, ProductRule } from '../domain/rules.ts'
import type { LineSettings } from './line.ts'
import { shiftCalendar } from './shift-calendar.ts'

/** Without a state signal a line is never called stopped before pieces are this far apart. Milliseconds. */
const shortestRunningGapMs = 60_000

/** How the KPI core judges a line: the line's settings in the core's own units (milliseconds). */
export function lineRules(line: LineSettings, timeZone: string): LineRules {
  const products = Object.create(null) as Record<string, ProductRule>
  for (const product of line.products) {
    products[product.id] = {
      id: product.id,
      name: product.name,
      idealCycleMs: product.idealCycleS === undefined ? null : cycleMs(product.idealCycleS),
      changes: product.changes
        .map(({ from, idealCycleS }) => ({
          fromMs: momentOf(from, timeZone),
          idealCycleMs: cycleMs(idealCycleS),
        }))
        .sort((a, b) => a.fromMs - b.fromMs),
      ...(product.price !== undefined && { price: product.price }),
    }
  }
  const cycles = line.products.flatMap(({ idealCycleS = 0, changes }) => [
    idealCycleS,
    ...changes.map((change) => change.idealCycleS),
  ])
  const slowestMs = Math.max(0, ...cycles.map(cycleMs))
  return {
    calendar: shiftCalendar(line, timeZone),
    cells: line.cells === undefined ? null : cellRules(line.cells),
    products,
    microStopMs: Math.round(line.microStopS * 1000),
    runningGapMs: Math.max(3 * slowestMs, shortestRunningGapMs),
    planFactor: line.planFactor,
  }
}

function cellRules({ rule, names, bottleneck, minimum }: NonNullable<LineSettings['cells']>): CellRules {
  if (rule === 'bottleneck') return { rule: { kind: rule, cell: bottleneck ?? '' }, names }
  if (rule === 'minimumRunning') return { rule: { kind: rule, cells: minimum ?? 1 }, names }
  return { rule: { kind: rule }, names }
}

/** Kept to the microsecond, as in the store. */
function cycleMs(cycleS: number): number {
  return Math.round(cycleS * 1_000_000) / 1000
}

/** The instant of "YYYY-MM-DD" (midnight) or "YYYY-MM-DDTHH:MM" in the plant's zone. */
function momentOf(local: string, timeZone: string): EpochMs {
  return instantOf(timeZone, dayNumber(local.slice(0, 10)), minutesOfDay(local.slice(11) || '00:00'))
}
