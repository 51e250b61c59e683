import { createHash } from 'node:crypto'
import { shiftsBetween, type ShiftOccurrence } from '../../shared/domain/calendar.ts'
import { windowSumsVersion } from '../../shared/domain/kpis/window-sums.ts'
import type { LineRules } from '../../shared/domain/rules.ts'

/**
 * Stands for everything that a finished shift was judged by, beside its facts: the calendar of that shift alone and the rules
 * as they were by its end. A change from a later date on leaves it as it is, so that last week is not judged anew.
 */
export function judgeOf(rules: LineRules): (shift: ShiftOccurrence) => string {
  const { calendar: _calendar, products, ...others } = rules
  return (shift) => {
    const byThen = Object.values(products).map((product) => ({
      ...product,
      changes: product.changes.filter(({ fromMs }) => fromMs < shift.endMs),
    }))
    const text = JSON.stringify([windowSumsVersion, others, byThen, shift])
    return createHash('sha256').update(text).digest('hex')
  }
}

/** Of cached shifts those that the rules of now would judge by something else, or that the calendar no longer has. */
export function judgedOtherwise(
  rules: LineRules,
  cached: readonly { startMs: number; judgedBy: string }[],
): number[] {
  const judge = judgeOf(rules)
  return cached
    .filter(({ startMs, judgedBy }) => {
      const shifts = shiftsBetween(rules.calendar, { startMs, endMs: startMs + 1 })
      const shift = shifts.find((one) => one.startMs === startMs)
      return shift === undefined || judge(shift) !== judgedBy
    })
    .map(({ startMs }) => startMs)
}
