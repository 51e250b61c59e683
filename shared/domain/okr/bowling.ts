import { type Cycle, keyResultProgress, type PaceWord } from '../key-results.ts'
import { dateOfDay, dayNumber } from '../local-time.ts'

/** One month of a bowling chart: the plan for its end and what was reached. Values in the key result's unit. */
export type BowlingMonth = {
  /** "2026-10". */
  month: string
  plan: number
  /** Null: still to come, or nothing measured. */
  actual: number | null
  status: PaceWord | null
}

/** The months that a cycle touches, each with the last of its days inside the cycle. */
export function monthsOf({ startDate, endDate }: Pick<Cycle, 'startDate' | 'endDate'>) {
  const months: { month: string; lastDate: string }[] = []
  const last = dayNumber(endDate)
  for (let day = dayNumber(startDate); day <= last;) {
    const month = dateOfDay(day).slice(0, 7)
    const next = dayNumber(`${dateOfDay(dayNumber(`${month}-01`) + 31).slice(0, 7)}-01`)
    months.push({ month, lastDate: dateOfDay(Math.min(next - 1, last)) })
    day = next
  }
  return months
}

/** One month, by the target that was in force at its end. `expected`: share of the cycle that is over by then, 0..1. */
export function bowlingMonth(
  month: string,
  { baseline, target }: { baseline: number; target: number },
  expected: number,
  actual: number | null,
): BowlingMonth {
  const plan = baseline + (target - baseline) * expected
  const status =
    actual === null ? null : keyResultProgress({ baseline, target, value: actual, expected }).status
  return { month, plan, actual, status }
}

/** At most `most` neighbouring months with the running one among them, as late in the row as what is still to come allows. */
export function monthsAround(months: readonly BowlingMonth[], month: string, most: number): BowlingMonth[] {
  const running = months.findIndex((one) => one.month >= month)
  const now = running < 0 ? months.length - 1 : running
  // One month to come beside those that are over.
  const end = Math.min(months.length, Math.max(most, now + 2))
  return months.slice(Math.max(0, end - most), end)
}
