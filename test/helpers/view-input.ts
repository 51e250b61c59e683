import { lineMoment, type ViewInput } from '../../electron/engine/views/moment.ts'
import type { CountBucket, LineFacts, LineState } from '../../shared/domain/facts.ts'
import { windowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { LineModel } from '../../shared/domain/line-model.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { lineSchema, type LineSettings } from '../../shared/settings/line.ts'

export const minute = 60_000
/** Monday, 2026-11-23, 06:00 UTC: start of the early shift of `testLine`. */
export const six = Date.UTC(2026, 10, 23, 6)

/** One product with a cycle of 1 s, one shift 06:00-14:00 with a break 09:00-09:30, Monday to Friday. */
export function testLine(more: Record<string, unknown> = {}): LineSettings {
  return lineSchema.parse({
    id: 'l1',
    name: 'Line 1',
    products: [
      { id: 'cap', name: 'Cap', idealCycleS: 1 },
      { id: 'lid', name: 'Lid', idealCycleS: 2 },
    ],
    defaultProduct: 'cap',
    shifts: [
      {
        name: 'Early',
        start: '06:00',
        end: '14:00',
        days: [1, 2, 3, 4, 5],
        breaks: [{ name: 'Break', start: '09:00', end: '09:30' }],
        target: 4_500,
      },
    ],
    ...more,
  })
}

export const noFacts: LineFacts = {
  states: [],
  changeovers: [],
  products: [],
  stopReasons: [],
  stopEdits: [],
  activity: [],
  silences: [],
  counts: [],
  scraps: [],
}

/** States given as [minutes after six, state, reason]. */
export function states(...list: [number, LineState, string?][]): LineFacts['states'] {
  return list.map(([at, state, reason], seq) => ({ seq, atMs: six + at * minute, state, reason }))
}

/** `perMinute` good caps in each minute of [from, to), minutes after six. */
export function caps(from: number, to: number, perMinute: number, scrap = 0): CountBucket[] {
  return Array.from({ length: to - from }, (_, index) => ({
    startMs: six + (from + index) * minute,
    product: 'cap',
    good: perMinute,
    scrap,
    rework: 0,
    idealTotalMs: (perMinute + scrap) * 1_000,
    idealGoodMs: perMinute * 1_000,
  }))
}

/** What a view gets at `nowMs` when the newest message of the line came at `lastMs`. */
export function viewInput(options: {
  nowMs: number
  lastMs?: number | null
  facts?: Partial<LineFacts>
  settings?: LineSettings
  model?: Partial<LineModel>
}): ViewInput {
  const settings = options.settings ?? testLine()
  const rules = lineRules(settings, 'UTC')
  const facts = { ...noFacts, ...options.facts }
  const lastMs = options.lastMs === undefined ? options.nowMs : options.lastMs
  const model: LineModel = {
    lineId: settings.id,
    horizonMs: six - 24 * 60 * minute,
    facts,
    calls: [],
    lastSeen: lastMs === null ? {} : { count: { atMs: lastMs, arrivedMs: lastMs } },
    totals: {},
    values: {},
    ...options.model,
  }
  const moment = lineMoment(settings, rules, model, options.nowMs)
  const shiftSums = moment.shift && windowSums(facts, rules, moment.shift, moment.asOfMs, model.calls)
  return { settings, rules, facts, model, moment, shiftSums }
}
