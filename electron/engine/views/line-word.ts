import type { LineWord } from '../../../shared/contract/board-line.ts'
import { hasShifts } from '../../../shared/domain/calendar-days.ts'
import { previousShift } from '../../../shared/domain/calendar.ts'
import type { EpochMs, LineState } from '../../../shared/domain/facts.ts'
import { openTimeline, reachBack, type Segment } from '../../../shared/domain/timeline.ts'
import type { SlotOccurrence } from '../../../shared/domain/planned-slots.ts'
import { pauseAt } from './pause.ts'
import { isSlow } from './slow.ts'
import { isStale, type ViewInput } from './moment.ts'

/** How far back the start of the present state is looked for. A state that is older reads as this old. */
export const stateLookbackMs = 24 * 3_600_000

export type WordNow = {
  word: LineWord
  sinceMs: EpochMs | null
  /** The piece of the timeline that the word speaks of; null without data or outside shifts. */
  segment: Segment | null
}

const wordOfState: Record<LineState, LineWord> = {
  running: 'running',
  stopped: 'stopped',
  idle: 'stopped',
  changeover: 'changeover',
  starved: 'waiting',
  blocked: 'waiting',
  break: 'break',
  maintenance: 'maintenance',
  off: 'notscheduled',
}

/** The one word for the line, judged in this order: calendar, age of the data, break, state. */
export function lineWord(input: ViewInput): WordNow {
  const { rules, moment } = input
  if (hasShifts(rules.calendar) && moment.shiftNow === null) {
    const before = previousShift(rules.calendar, moment.nowMs)
    return { word: 'notscheduled', sinceMs: before?.endMs ?? null, segment: null }
  }
  if (moment.freshness === 'none' || isStale(moment.freshness)) {
    return { word: 'nodata', sinceMs: moment.lastReadingMs, segment: null }
  }
  const { asOfMs } = moment
  // What is reported for this very instant holds already.
  const untilMs = asOfMs + 1
  const timeline = openTimeline(input.facts, rules, untilMs)
  const segment = timeline.segments({ startMs: asOfMs, endMs: untilMs })[0] ?? null
  const pause = pauseAt(moment.shiftNow, asOfMs)
  if (pause) return { word: wordOfPause(pause.slot), sinceMs: pause.startMs, segment }
  if (segment === null || segment.state === 'unknown') return { word: 'nodata', sinceMs: null, segment: null }
  const inShift = moment.shiftNow !== null
  const word = wordInShift(segment.state, inShift)
  const sinceMs = reachBack(
    timeline.segments,
    untilMs,
    asOfMs - stateLookbackMs,
    (before) => before.state !== 'unknown' && wordInShift(before.state, inShift) === word,
  )
  if (word === 'running' && isSlow(input)) return { word: 'slow', sinceMs, segment }
  const isDown = word === 'stopped' && asOfMs - sinceMs >= input.settings.downAfterS * 1000
  return { word: isDown ? 'down' : word, sinceMs, segment }
}

function wordOfPause(slot: SlotOccurrence | null): LineWord {
  if (slot === null) return 'break'
  return slot.kind === 'maintenance' ? 'maintenance' : 'planned'
}

/** `off` inside a shift is a stop: the line was meant to run. */
function wordInShift(state: LineState, inShift: boolean): LineWord {
  return inShift && state === 'off' ? 'stopped' : wordOfState[state]
}
