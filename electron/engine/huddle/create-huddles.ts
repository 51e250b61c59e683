import type { HuddlePart } from '../../../shared/contract/board-huddle.ts'
import { shiftAt, shiftsBetween, type ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { agendaMs, type AgendaStep } from '../../../shared/domain/huddle/agenda.ts'
import type { Huddle } from '../../../shared/domain/huddle/huddle.ts'
import { dueNow, huddleShifts, lapseAfterMs, nextDue } from '../../../shared/domain/huddle/timing.ts'
import { minuteMs } from '../../../shared/domain/local-time.ts'
import type { LineRules } from '../../../shared/domain/rules.ts'
import type { HuddleSettings } from '../../../shared/settings/huddle.ts'
import { saveDecision } from '../../../db/queries/decisions.ts'
import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import type { Caller } from '../caller.ts'
import type { KpiBook } from '../kpis/kpi-book.ts'
import { huddleView, type HuddleViewInput } from '../views/huddle.ts'
import type { ViewInput } from '../views/moment.ts'
import { nextShiftView } from '../views/shift-report.ts'
import { createHuddleCommands, type HuddleCommands } from './huddle-commands.ts'
import { boardItself, type HuddleBook, isoOf, type StoredHuddle } from './huddle-book.ts'
import type { ShiftReports } from './shift-reports.ts'

export type HuddlesOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  lines: readonly { id: string; rules: LineRules; huddle: HuddleSettings }[]
  book: HuddleBook
  kpiBook: KpiBook
  reports: ShiftReports
  view: (lineId: string) => ViewInput | null
  keyResults: (lineId: string) => readonly KeyResultView[]
  /** Something was stored for the line. */
  changed: (lineId: string) => void
}

/** The meetings of the crews in front of the board. */
export type Huddles = {
  commands: HuddleCommands
  part: (view: ViewInput, keyResults: readonly KeyResultView[]) => HuddlePart
  /** The clock: begins what is due, and ends what everybody left. */
  look: (lineId: string, nowMs: EpochMs) => void
}

export function createHuddles(options: HuddlesOptions): Huddles {
  const { book, database } = options
  const lines = new Map(options.lines.map((line) => [line.id, line]))

  function inputOf(view: ViewInput, keyResults: readonly KeyResultView[], fresh = false): HuddleViewInput {
    const { settings, rules, moment } = view
    const { calendar } = rules
    const { nowMs } = moment
    const huddles = book.of(settings.id)
    const { current } = huddles
    const shiftFrom = (startMs: EpochMs | null) =>
      startMs === null
        ? undefined
        : shiftsBetween(calendar, { startMs, endMs: startMs + 1 }).find((one) => one.startMs === startMs)
    const last = current === null ? undefined : shiftFrom(current.lastShiftMs)
    const next = current === null ? undefined : shiftFrom(current.shiftMs)
    const beforeMs = beforeOf(settings.huddle)
    return {
      huddles,
      kpis: options.kpiBook.of(settings.id),
      keyResults,
      report: last === undefined ? null : options.reports.of(view, last, fresh),
      next: next === undefined ? null : nextShiftView(view, next),
      nextDueMs: beforeMs === null ? null : (nextDue(calendar, beforeMs, nowMs)?.dueMs ?? null),
      nextTier: settings.huddle.nextTier ?? null,
      timeZone: calendar.timeZone,
      nowMs,
    }
  }

  /** `dueMs` names it, so that it cannot begin twice. Null and nothing stored: it is there already. */
  function begin(lineId: string, dueMs: EpochMs, scheduled: boolean, caller: Pick<Caller, 'by' | 'device'>) {
    const line = lines.get(lineId)!
    const startedMs = options.now()
    const { calendar } = line.rules
    const { last, next } = huddleShifts(calendar, beforeOf(line.huddle) ?? 0, startedMs)
    const huddle: Huddle = {
      id: isoOf(dueMs),
      startedMs,
      scheduled,
      lastShiftMs: last?.startMs ?? null,
      shiftMs: next?.startMs ?? null,
      shiftName: next?.name ?? null,
      agenda: line.huddle.agenda.map(stepOf),
      step: 0,
      stepMs: startedMs,
      present: null,
      endedMs: null,
      outcome: null,
      minutes: null,
    }
    const decision = { line: lineId, kind: 'huddle', id: huddle.id, after: null, body: huddle } as const
    const audit = { atMs: startedMs, by: caller.by, device: caller.device, action: 'startHuddle' }
    if (saveDecision(database.write, decision, audit) === null) return null
    options.changed(lineId)
    return huddle
  }

  const { commands, lapse } = createHuddleCommands({
    ...options,
    hasLine: (lineId) => lines.has(lineId),
    begin: (lineId, caller) => begin(lineId, options.now(), false, caller),
    answerWithinMs: (lineId) => lines.get(lineId)!.huddle.answerWithinH * 60 * minuteMs,
    facts(lineId) {
      const view = options.view(lineId)
      return view === null ? null : inputOf(view, options.keyResults(lineId), true)
    },
    lastReport(lineId) {
      const view = options.view(lineId)
      const last = view === null ? null : lastShift(view)
      return view === null || last === null ? null : options.reports.of(view, last, true)
    },
    reportShifts(lineId) {
      const view = options.view(lineId)
      const last = view === null ? null : lastShift(view)
      return last === null ? [] : options.reports.before(lineId, last)
    },
    reportAt(lineId, atMs) {
      const view = options.view(lineId)
      const shift = view === null ? null : shiftAt(view.rules.calendar, atMs)
      return view === null || shift === null ? null : options.reports.of(view, shift, true)
    },
  })

  function startDue(lineId: string, nowMs: EpochMs, newest: StoredHuddle | null): void {
    const { rules, huddle } = lines.get(lineId)!
    const beforeMs = beforeOf(huddle)
    const due = beforeMs === null ? null : dueNow(rules.calendar, beforeMs, nowMs)
    // One that was begun by touch for the same shift is the one.
    if (due === null || newest?.shiftMs === due.shift.startMs) return
    begin(lineId, due.dueMs, true, boardItself)
  }

  return {
    commands,
    part: (view, keyResults) => huddleView(inputOf(view, keyResults)),
    look(lineId, nowMs) {
      if (!lines.has(lineId)) return
      const { current, newest } = book.of(lineId)
      if (current === null) startDue(lineId, nowMs, newest)
      else if (nowMs - current.atMs > agendaMs(current.agenda) + lapseAfterMs) lapse(lineId, current)
    },
  }
}

/** What a huddle would look back at now. */
function lastShift({ settings, rules, moment }: ViewInput): ShiftOccurrence | null {
  return huddleShifts(rules.calendar, beforeOf(settings.huddle) ?? 0, moment.nowMs).last
}

function beforeOf({ beforeShiftMin }: HuddleSettings): number | null {
  return beforeShiftMin === undefined ? null : beforeShiftMin * minuteMs
}

function stepOf({ topic, seconds, name, ask }: HuddleSettings['agenda'][number]): Huddle['agenda'][number] {
  const step: AgendaStep = { topic, seconds, name: name ?? null, ask: ask ?? null }
  return { ...step, spentMs: 0 }
}
