import type { PlantLine } from '../../../shared/contract/board-line.ts'
import { nextShift } from '../../../shared/domain/calendar.ts'
import { kpiSums } from '../../../shared/domain/kpi.ts'
import { shiftPace } from '../../../shared/domain/pace.ts'
import { lineWord } from './line-word.ts'
import type { ViewInput } from './moment.ts'

/** One line among all lines of the plant: the same word, pieces and gap as its own board shows. */
export function plantLine(input: ViewInput): PlantLine {
  const { settings, facts, rules, moment } = input
  const { shift, asOfMs } = moment
  const { word, sinceMs, segment } = lineWord(input)
  const pace = shift && shiftPace(facts, rules, shift, asOfMs)
  const sums = shift && !pace ? kpiSums(facts, rules, shift, asOfMs) : null
  return {
    id: settings.id,
    name: settings.name,
    word,
    sinceMs,
    reason: segment?.reason ?? null,
    freshness: moment.freshness,
    lastReadingMs: moment.lastReadingMs,
    made: pace?.made ?? sums?.good ?? 0,
    gap: pace?.gap ?? null,
    target: pace?.target ?? null,
    targetSoFar: pace?.targetSoFar ?? null,
    nextShiftMs: nextShift(rules.calendar, moment.nowMs)?.startMs ?? null,
  }
}
