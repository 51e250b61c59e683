import { nextShift, shiftAt } from '../shared/domain/calendar.ts'
import type { ShiftCalendar } from '../shared/domain/calendar.ts'
import type { EpochMs } from '../shared/domain/facts.ts'
import type { ShiftLookup } from './rollup-delta.ts'

type Known = { fromMs: EpochMs; toMs: EpochMs; startMs: EpochMs | null }

/** Spans of time remembered, so that neighbouring minutes do not ask the calendar again. */
const knownSpans = 16

/** Which shift a minute belongs to, by the line's calendar. */
export function shiftLookup(calendar: ShiftCalendar): ShiftLookup {
  const known: Known[] = []
  return (minuteStartMs) => {
    const hit = known.find((span) => span.fromMs <= minuteStartMs && minuteStartMs < span.toMs)
    if (hit) return hit.startMs
    const shift = shiftAt(calendar, minuteStartMs)
    const span = shift
      ? { fromMs: shift.startMs, toMs: shift.endMs, startMs: shift.startMs }
      : {
          fromMs: minuteStartMs,
          toMs: nextShift(calendar, minuteStartMs)?.startMs ?? Infinity,
          startMs: null,
        }
    known.unshift(span)
    known.length = Math.min(known.length, knownSpans)
    return span.startMs
  }
}
