import type { LineWord, PieceCounts, StatusPart } from '../../../shared/contract/board-line.ts'
import { shiftPace } from '../../../shared/domain/pace.ts'
import { shiftPlan } from '../../../shared/domain/plan.ts'
import { buildTimeline } from '../../../shared/domain/timeline.ts'
import type { ViewInput } from './moment.ts'

const emptyStatus: StatusPart = {
  pace: null,
  made: 0,
  timeline: [],
  shift: null,
  breaks: [],
  slots: [],
  lostInStop: null,
}

const lossWords: readonly LineWord[] = ['stopped', 'down', 'waiting']

/** The shift's pace, its timeline, and what the present stop costs. `word` and `sinceMs` are the line view's. */
export function statusView(input: ViewInput, line: { word: LineWord; sinceMs: number | null }): StatusPart {
  const { facts, rules, moment } = input
  const { shift, asOfMs } = moment
  if (shift === null) return emptyStatus
  return {
    ...countedPieces(input, () => input.shiftSums),
    timeline: buildTimeline(facts, rules, shift, asOfMs),
    shift: { startMs: shift.startMs, endMs: shift.endMs },
    breaks: shift.breaks.map(({ startMs, endMs }) => ({ startMs, endMs })),
    slots: shift.slots.map(({ startMs, endMs, name }) => ({ startMs, endMs, name })),
    lostInStop: lostInStop(input, line),
  }
}

/** The part of the status that counts pieces; `shiftSums` is asked for where there is no plan. */
export function countedPieces(
  { facts, rules, moment }: Omit<ViewInput, 'shiftSums'>,
  shiftSums: () => ViewInput['shiftSums'],
): PieceCounts {
  const pace = moment.shift && shiftPace(facts, rules, moment.shift, moment.asOfMs)
  return { pace, made: pace?.made ?? shiftSums()?.good ?? 0 }
}

/** Pieces that the plan wanted between the start of the stop and now. */
function lostInStop(
  { facts, rules, moment }: ViewInput,
  line: { word: LineWord; sinceMs: number | null },
): number | null {
  const { shift, asOfMs } = moment
  if (shift === null || line.sinceMs === null || !lossWords.includes(line.word)) return null
  const plan = shiftPlan(facts, rules, shift, asOfMs)
  return plan && plan.soFar(asOfMs) - plan.soFar(Math.max(line.sinceMs, shift.startMs))
}
