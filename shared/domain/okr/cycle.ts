import type { Cycle, CycleKind } from '../key-results.ts'
import { dateOfDay, dayNumber } from '../local-time.ts'

const monthsOf: Record<CycleKind, number> = { month: 1, quarter: 3, year: 12 }
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The day on which the plant's fiscal year begins. `month`: 1..12, `day`: 1..28, so that every month has it. */
export type FiscalYearStart = { month: number; day: number }
export const calendarYear: FiscalYearStart = { month: 1, day: 1 }

/**
 * The cycle of a kind that holds a local date. Months, quarters and years all begin on the day of the month on which the fiscal
 * year does. A year that does not begin in January is named after the one in which it ends, as in accounts; a month after the
 * one in which it begins. Throws a RangeError for no date.
 */
export function cycleAt(kind: CycleKind, date: string, yearStart: FiscalYearStart = calendarYear): Cycle {
  dayNumber(date)
  const begun = Number(date.slice(8, 10)) >= yearStart.day ? 0 : 1
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - begun
  const intoYear = (((month - (yearStart.month - 1)) % 12) + 12) % 12
  const yearBegin = month - intoYear
  const length = monthsOf[kind]
  const start = yearBegin + Math.floor(intoYear / length) * length
  return {
    kind,
    name: cycleName(kind, start, yearBegin),
    startDate: dateIn(start, yearStart.day),
    endDate: dateOfDay(dayNumber(dateIn(start + length, yearStart.day)) - 1),
  }
}

/** The cycle that begins on the day after one ends. */
export function nextCycle(cycle: Cycle, yearStart: FiscalYearStart = calendarYear): Cycle {
  return cycleAt(cycle.kind, dateOfDay(dayNumber(cycle.endDate) + 1), yearStart)
}

/** Weeks of a cycle, with fractions: both of its dates belong to it. */
export function cycleWeeks({ startDate, endDate }: Pick<Cycle, 'startDate' | 'endDate'>): number {
  return (dayNumber(endDate) + 1 - dayNumber(startDate)) / 7
}

function cycleName(kind: CycleKind, start: number, yearBegin: number): string {
  const year = Math.floor((yearBegin + 11) / 12)
  if (kind === 'year') return String(year)
  if (kind === 'quarter') return `Q${(start - yearBegin) / 3 + 1} ${year}`
  return `${monthNames[start % 12]} ${Math.floor(start / 12)}`
}

/** `month`: months since the year 0. */
function dateIn(month: number, day: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(day)}`
}
