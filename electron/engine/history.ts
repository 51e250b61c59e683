import { shiftsBetween, type ShiftCalendar, type ShiftOccurrence } from '../../shared/domain/calendar.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import { windowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { LineRules } from '../../shared/domain/rules.ts'
import { readAnsweredCalls } from '../../db/queries/calls.ts'
import {
  firstFact,
  forgetShifts,
  listJudged,
  listShiftStarts,
  readShifts,
  saveShifts,
} from '../../db/queries/history.ts'
import { reachOf } from '../../db/queries/fact-reach.ts'
import { minutesKeptFrom } from '../../db/queries/memo.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { judgedOtherwise, judgeOf } from './judged-by.ts'
import type { ShiftResult } from './shift-result.ts'

/** Finished shifts of one line in memory: a year of three shifts a day, and some. The oldest are left out. */
export const maxHistoryShifts = 1_200
/** How far back shifts are looked for. Milliseconds. */
export const historySpanMs = 400 * 86_400_000
/** A slice of computing yields to the live feed after this long. Milliseconds. */
export const sliceMs = 12
/** After a failure nothing more is computed for this long. Milliseconds. */
export const retryAfterMs = 60_000
/** A shift whose last stop or changeover still goes on is looked at again after this long. Milliseconds. */
export const openShiftMs = 10_000
/** Failures beyond this are only counted, so that a broken store cannot fill the log. */
export const maxLoggedFailures = 20

export type HistoryOptions = {
  database: OpenDatabase
  lines: readonly { id: string; rules: LineRules }[]
  onChange: (lineId: string) => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** Results of finished shifts, computed from the store bit by bit and kept there. */
export type History = {
  /** Oldest first; a new array after every change. While `settled` is pending the older ones may be missing. */
  shifts: (lineId: string) => readonly ShiftResult[]
  /** A shift may have ended, or late data may have come: looks what is missing and computes it, newest first. */
  refresh: (lineId: string, nowMs: EpochMs) => void
  /** Resolves when nothing is left to compute. */
  settled: () => Promise<void>
  /** Nothing is computed or stored afterwards. */
  stop: () => void
  counters: () => { computed: number; loaded: number; failed: number }
}

type Computed = ShiftResult & { reachMs: EpochMs; judgedBy: string }

type LineHistory = {
  rules: LineRules
  judge: (shift: ShiftOccurrence) => string
  known: Map<EpochMs, ShiftResult>
  sorted: readonly ShiftResult[]
  todo: ShiftOccurrence[]
  /** Shifts that are not stored, since something at their end still goes on, and when they were computed. */
  open: Map<EpochMs, EpochMs>
  nowMs: EpochMs
  /** Finished shifts that the calendar has since the first data, and until when that list holds. */
  finished: readonly ShiftOccurrence[]
  finishedUntilMs: EpochMs
  firstMs: EpochMs | null
}

export function createHistory(options: HistoryOptions): History {
  const { database } = options
  const lines = new Map<string, LineHistory>()
  const counters = { computed: 0, loaded: 0, failed: 0 }
  let timer: NodeJS.Immediate | null = null
  let stopped = false
  let waiting: (() => void)[] = []
  let resumeMs = 0

  function lineOf(lineId: string, nowMs: EpochMs): LineHistory | null {
    const known = lines.get(lineId)
    if (known) return known
    const rules = options.lines.find((line) => line.id === lineId)?.rules
    if (rules === undefined) return null
    const fresh: LineHistory = {
      rules,
      judge: judgeOf(rules),
      known: new Map(),
      sorted: [],
      todo: [],
      open: new Map(),
      nowMs,
      finished: [],
      finishedUntilMs: 0,
      firstMs: null,
    }
    lines.set(lineId, fresh)
    const cached = listJudged(database.read, lineId, minutesKeptFrom(database.read))
    forgetShifts(database.write, lineId, judgedOtherwise(rules, cached))
    for (const shift of readShifts(database.read, lineId, nowMs - historySpanMs)) {
      fresh.known.set(shift.startMs, shift)
      counters.loaded += 1
    }
    return fresh
  }

  function refresh(lineId: string, nowMs: EpochMs): void {
    if (stopped) return
    const line = lineOf(lineId, nowMs)
    if (line === null) return
    const firstMs = firstFact(database.read, lineId)
    if (nowMs >= line.finishedUntilMs || firstMs !== line.firstMs) {
      // Without minutes a shift cannot be summed up again: what is kept of it stands.
      const fromMs = Math.max(firstMs ?? nowMs, nowMs - historySpanMs, minutesKeptFrom(database.read))
      Object.assign(line, finishedShifts(line.rules.calendar, fromMs, nowMs), { firstMs })
    }
    line.nowMs = nowMs
    const stored = new Set(listShiftStarts(database.read, lineId, nowMs - historySpanMs))
    for (const startMs of [...line.known.keys()]) {
      if (!stored.has(startMs) && !line.open.has(startMs)) line.known.delete(startMs)
    }
    const isDue = ({ startMs }: ShiftOccurrence): boolean => {
      const computedMs = line.open.get(startMs)
      return computedMs === undefined ? !line.known.has(startMs) : nowMs - computedMs >= openShiftMs
    }
    line.todo = performance.now() >= resumeMs ? line.finished.filter(isDue) : []
    publish(lineId, line)
    if (line.todo.length > 0 && timer === null) timer = setImmediate(work)
  }

  function work(): void {
    timer = null
    const untilMs = performance.now() + sliceMs
    for (const [lineId, line] of lines) {
      const results: Computed[] = []
      let shift: ShiftOccurrence | undefined
      while (performance.now() < untilMs && (shift = line.todo.pop()) !== undefined) {
        const result = compute(lineId, line, shift)
        if (result !== null) results.push(result)
      }
      if (results.length > 0) keep(lineId, line, results)
    }
    if ([...lines.values()].some((line) => line.todo.length > 0)) timer = setImmediate(work)
    else settle()
  }

  function compute(lineId: string, line: LineHistory, shift: ShiftOccurrence) {
    const { name, date, startMs, endMs } = shift
    try {
      const reach = reachOf(database.read, lineId, shift, line.rules.cells)
      const facts = readLineFacts(database.read, lineId, shift, { cells: line.rules.cells })
      const calls = readAnsweredCalls(database.read, lineId, shift)
      const sums = windowSums(facts, line.rules, shift, line.nowMs, calls)
      const changeovers = changeoversIn(facts, line.rules, shift, line.nowMs)
      const reachMs = reach.endMs > endMs ? reach.endMs + 1 : endMs
      const judgedBy = line.judge(shift)
      return { name, date, startMs, endMs, sums, changeovers, reachMs, judgedBy }
    } catch (error) {
      fail(`Shift ${date} ${name} of ${lineId} could not be summed up`, error)
      return null
    }
  }

  /** What the store refuses is computed again later; what still goes on is not stored. */
  function keep(lineId: string, line: LineHistory, results: readonly Computed[]): void {
    const closed = results.filter(({ reachMs }) => reachMs <= line.nowMs)
    try {
      if (closed.length > 0) saveShifts(database.write, lineId, closed)
    } catch (error) {
      fail(`Finished shifts of ${lineId} could not be stored`, error)
      return
    }
    for (const { reachMs, judgedBy: _judgedBy, ...result } of results) {
      const before = line.known.get(result.startMs)
      const same = before !== undefined && JSON.stringify(before) === JSON.stringify(result)
      if (!same) line.known.set(result.startMs, result)
      if (reachMs <= line.nowMs) line.open.delete(result.startMs)
      else line.open.set(result.startMs, line.nowMs)
    }
    counters.computed += results.length
    publish(lineId, line)
  }

  function fail(what: string, error: unknown): void {
    counters.failed += 1
    resumeMs = performance.now() + retryAfterMs
    if (counters.failed <= maxLoggedFailures) options.log('warn', `${what}: ${String(error)}`)
  }

  function publish(lineId: string, line: LineHistory): void {
    const sorted = [...line.known.values()].sort((a, b) => a.startMs - b.startMs).slice(-maxHistoryShifts)
    const same = sorted.length === line.sorted.length && sorted.every((shift, i) => shift === line.sorted[i])
    if (same) return
    line.sorted = sorted
    options.onChange(lineId)
  }

  function settle(): void {
    for (const resolve of waiting.splice(0)) resolve()
  }

  return {
    shifts: (lineId) => lines.get(lineId)?.sorted ?? [],
    refresh,
    settled: () =>
      timer === null ? Promise.resolve() : new Promise((resolve) => (waiting = [...waiting, resolve])),
    stop() {
      stopped = true
      if (timer !== null) clearImmediate(timer)
      timer = null
      settle()
    },
    counters: () => ({ ...counters }),
  }
}

/** Shifts that ended by `nowMs`, oldest first, and when the next one ends. */
function finishedShifts(calendar: ShiftCalendar, fromMs: EpochMs, nowMs: EpochMs) {
  const all = shiftsBetween(calendar, { startMs: fromMs, endMs: Math.max(nowMs, fromMs + 1) })
  const finished = all.filter((shift) => shift.endMs <= nowMs).slice(-maxHistoryShifts)
  const running = all.filter((shift) => shift.endMs > nowMs).map((shift) => shift.endMs)
  // Without a running shift the next one ends at the earliest after it has begun: look again in a minute.
  return { finished, finishedUntilMs: running.length > 0 ? Math.min(...running) : nowMs + 60_000 }
}
