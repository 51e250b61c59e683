import type { ShiftReport } from '../../../shared/contract/board-huddle.ts'
import { maxReportShifts, type ReportShift } from '../../../shared/contract/huddle-calls.ts'
import type { ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import { windowSums } from '../../../shared/domain/kpis/window-sums.ts'
import { readAnsweredCalls } from '../../../db/queries/calls.ts'
import { readLineFacts } from '../../../db/queries/line-facts.ts'
import type { ReadDb } from '../../../db/handles.ts'
import { hasData, type ShiftResult } from '../shift-result.ts'
import type { ViewInput } from '../views/moment.ts'
import { shiftReportView } from '../views/shift-report.ts'
import type { HuddleBook } from './huddle-book.ts'

/** A report that is looked at again and again is at most this old. Milliseconds of a clock that only counts on. */
export const reportReuseMs = 2_000

/** Any shift of a line in numbers. */
export type ShiftReports = {
  /** `fresh`: nothing that was computed before is used. Null: nothing is known of it. */
  of: (view: ViewInput, shift: ShiftOccurrence, fresh?: boolean) => ShiftReport | null
  /** A shift and the finished ones before it of which something is known, newest first. */
  before: (lineId: string, last: ShiftOccurrence) => ReportShift[]
}

export function createShiftReports(options: {
  read: ReadDb
  history: (lineId: string) => readonly ShiftResult[]
  book: HuddleBook
}): ShiftReports {
  const { read } = options
  const known = new Map<string, { shiftMs: number; madeMs: number; report: ShiftReport | null }>()

  /** The line's own view where it shows the shift; else the same of the shift's facts out of the store. */
  function showing(view: ViewInput, shift: ShiftOccurrence): ViewInput {
    if (view.moment.shift?.startMs === shift.startMs) return view
    const { settings, rules, moment } = view
    const facts = readLineFacts(read, settings.id, shift, { cells: rules.cells })
    const calls = readAnsweredCalls(read, settings.id, shift)
    const shiftSums = windowSums(facts, rules, shift, moment.asOfMs, calls)
    return { ...view, facts, shiftSums, moment: { ...moment, shift } }
  }

  function make(view: ViewInput, shift: ShiftOccurrence): ShiftReport | null {
    const { id } = view.settings
    if (view.moment.freshness === 'none') return null
    const calls = readAnsweredCalls(read, id, shift)
    return shiftReportView(showing(view, shift), options.history(id), calls)
  }

  return {
    before(lineId, last) {
      const known = options.history(lineId).filter((one) => one.startMs < last.startMs && hasData(one))
      return [...known.slice(1 - maxReportShifts), last]
        .map(({ name, date, startMs, endMs }) => ({ name, date, startMs, endMs }))
        .reverse()
    },
    of(view, shift, fresh = false) {
      const { id } = view.settings
      const last = known.get(id)
      const reusable =
        !fresh && last?.shiftMs === shift.startMs && performance.now() - last.madeMs < reportReuseMs
      const report = reusable ? last.report : make(view, shift)
      if (!reusable) known.set(id, { shiftMs: shift.startMs, madeMs: performance.now(), report })
      if (report === null) return null
      const signs = options.book.signs(id, shift)
      return {
        ...report,
        hours: report.hours.map((row) => ({ ...row, signed: signs.get(row.startMs) ?? null })),
      }
    },
  }
}
