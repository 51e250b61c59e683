import type { Cycle, CycleKind } from '../key-results.ts'
import { dateOfDay, dayNumber } from '../local-time.ts'

const monthsOf: Record<CycleKind, number> = { month: 1, quarter: 3, year: 12 }
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * The cycle of a kind that holds a local date. `yearStartMonth`: month (1..12) in which the plant's fiscal year begins; a year
 * that does not begin in January is named after the one in which it ends, as in accounts. Throws a RangeError for no date.
 */
export function cycleAt(kind: CycleKind, date: string, yearStartMonth = 1): Cycle {
  dayNumber(date)
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
  const intoYear = (((month - (yearStartMonth - 1)) % 12) + 12) % 12
  const yearStart = month - intoYear
  const length = monthsOf[kind]
  const start = yearStart + Math.floor(intoYear / length) * length
  return {
    kind,
    name: cycleName(kind, start, yearStart),
    startDate: firstOf(start),
    endDate: dateOfDay(dayNumber(firstOf(start + length)) - 1),
  }
}

/** The cycle that begins on the day after one ends. */
export function nextCycle(cycle: Cycle, yearStartMonth = 1): Cycle {
  return cycleAt(cycle.kind, dateOfDay(dayNumber(cycle.endDate) + 1), yearStartMonth)
}

/** Weeks of a cycle, with fractions: both of its dates belong to it. */
export function cycleWeeks({ startDate, endDate }: Pick<Cycle, 'startDate' | 'endDate'>): number {
  return (dayNumber(endDate) + 1 - dayNumber(startDate)) / 7
}

function cycleName(kind: CycleKind, start: number, yearStart: number): string {
  const year = Math.floor((yearStart + 11) / 12)
  if (kind === 'year') return String(year)
  if (kind === 'quarter') return `Q${(start - yearStart) / 3 + 1} ${year}`
  return `${monthNames[start % 12]} ${Math.floor(start / 12)}`
}

/** `month`: months since the year 0. */
function firstOf(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
