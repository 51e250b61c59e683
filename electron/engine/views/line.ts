import type { LinePart } from '../../../shared/contract/board-line.ts'
import { nextShift, shiftAt, type ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import type { WordNow } from './line-word.ts'
import type { ViewInput } from './moment.ts'
import { openCalls } from './open-calls.ts'
import { pauseAt } from './pause.ts'

/** Line state, product, shift and age of the data. */
export function lineView(input: ViewInput, now: WordNow): LinePart {
  const { rules, moment, model, settings } = input
  const shift = shownShift(input)
  const next = nextShift(rules.calendar, moment.nowMs)
  const pause = pauseAt(moment.shiftNow, moment.nowMs)
  return {
    word: now.word,
    sinceMs: now.sinceMs,
    reason: now.segment?.reason ?? null,
    cell: now.segment?.cell ?? null,
    product: productNow(input),
    shift: shift && {
      name: shift.name,
      date: shift.date,
      startMs: shift.startMs,
      endMs: shift.endMs,
      crew: shift.crew,
      overtime: shift.overtime.some((one) => one.startMs <= moment.asOfMs && moment.asOfMs < one.endMs),
    },
    nextShift: next && { name: next.name, startMs: next.startMs },
    breakEndsMs: pause?.endMs ?? null,
    slotName: pause?.slot?.name ?? null,
    freshness: moment.freshness,
    lastReadingMs: moment.lastReadingMs,
    asOfMs: moment.asOfMs,
    openCalls: openCalls(model.calls, settings, moment.nowMs),
  }
}

/** The shift that the numbers belong to. Withdrawn numbers are not shown, so there it is the shift of today's clock. */
function shownShift({ rules, moment }: ViewInput): ShiftOccurrence | null {
  if (moment.freshness === 'withdrawn') return shiftAt(rules.calendar, moment.nowMs)
  return moment.shift ?? moment.shiftNow
}

function productNow({ facts, rules, settings, moment }: ViewInput): { id: string; name: string } | null {
  let id = settings.defaultProduct ?? null
  for (const run of facts.products) if (run.atMs <= moment.asOfMs) id = run.product
  return id === null ? null : { id, name: rules.products[id]?.name ?? id }
}
