import type {
  ChangeoverFact,
  Interval,
  LineFacts,
  Silence,
  StopReasonFact,
} from '../../shared/domain/facts.ts'
import type { CellRules } from '../../shared/domain/line-states.ts'
import type { AttributionRules } from '../attribution.ts'
import { changeoverFact, stopReasonFact } from '../fact-rows.ts'
import type { FactRow } from '../fact-rows.ts'
import { byStart, changeoversBefore } from '../facts-window.ts'
import type { ReadDb } from '../handles.ts'
import { floorTo, hourMs, minuteMs } from '../rollup-delta.ts'
import { readCounts, readScraps } from './counts.ts'
import { cutEdges } from './exact-counts.ts'
import { reachOf } from './fact-reach.ts'
import { readStates } from './state-facts.ts'
import { readStopEdits } from './stop-edits.ts'
import { minutesKeptFrom } from './memo.ts'
import { readRuns } from './product-runs.ts'

/** How many changeover messages after a window are looked at for the end of one that is open. */
const changeoversAfter = 20

/**
 * Facts of a line in the window and, so that its numbers are the same whatever the window, those around it that tell what
 * holds at its start, and when the stops and changeovers at its borders began and ended (reachOf; `reach`: around a wider
 * span, see wholeShifts). `cells`: LineRules.cells. `window.endMs` may be
 * Infinity. Counts and scraps are whole UTC minutes that touch the window; with `exactCounts` (how to attribute, see
 * attributionRules) the first and the last minute are cut at the window's edges from the raw readings, as far as those are
 * kept, and the first then starts at the window's start. Where minutes are no longer kept, whole hours that start in the window
 * take their place.
 */
export function readLineFacts(
  db: ReadDb,
  lineId: string,
  window: Interval,
  options: { cells?: CellRules | null; exactCounts?: AttributionRules; reach?: Interval } = {},
): LineFacts {
  const endMs = Math.min(window.endMs, Number.MAX_SAFE_INTEGER)
  const keptFromMs = minutesKeptFrom(db)
  const hours = { startMs: floorTo(window.startMs + hourMs - 1, hourMs), endMs: Math.min(endMs, keptFromMs) }
  const minutes = { startMs: Math.max(floorTo(window.startMs, minuteMs), keptFromMs), endMs }
  const span = { startMs: window.startMs, endMs }
  const reach = reachOf(db, lineId, options.reach ?? span, options.cells ?? null)
  const facts: LineFacts = {
    states: readStates(db, lineId, reach),
    changeovers: readChangeovers(db, lineId, reach),
    products: readRuns(db, lineId, reach),
    stopReasons: readStopReasons(db, lineId, reach),
    stopEdits: readStopEdits(db, lineId, reach),
    activity: readActivity(db, lineId, reach),
    silences: readSilences(db, lineId, reach),
    counts: [...readCounts(db, 'hour', lineId, hours), ...readCounts(db, 'minute', lineId, minutes)],
    scraps: [...readScraps(db, 'hour', lineId, hours), ...readScraps(db, 'minute', lineId, minutes)],
  }
  return options.exactCounts ? cutEdges(db, lineId, span, facts, options.exactCounts) : facts
}

const factColumns = 'seq, at, until, body'

/** Those before the window newest first. */
function changeoverRows(
  db: ReadDb,
  lineId: string,
  window: Interval,
): { before: FactRow[]; inside: FactRow[]; after: FactRow[] } {
  const ofLine = `SELECT ${factColumns} FROM fact WHERE line = ? AND kind = 'changeover'`
  return {
    before: db
      .prepare<[string, number, number], FactRow>(`${ofLine} AND at < ? ORDER BY at DESC, seq DESC LIMIT ?`)
      .all(lineId, window.startMs, changeoversBefore),
    inside: db
      .prepare<[string, number, number], FactRow>(`${ofLine} AND at >= ? AND at < ? ORDER BY at, seq`)
      .all(lineId, window.startMs, window.endMs),
    after: db
      .prepare<[string, number, number], FactRow>(`${ofLine} AND at >= ? ORDER BY at, seq LIMIT ?`)
      .all(lineId, window.endMs, changeoversAfter),
  }
}

/** From the last end before the window to the first end after it. */
function readChangeovers(db: ReadDb, lineId: string, window: Interval): ChangeoverFact[] {
  const rows = changeoverRows(db, lineId, window)
  const isEnd = ({ event }: ChangeoverFact): boolean => event === 'end'
  const upToEnd = (facts: ChangeoverFact[]): ChangeoverFact[] => {
    const end = facts.findIndex(isEnd)
    return end < 0 ? facts : facts.slice(0, end + 1)
  }
  const before = upToEnd(rows.before.map(changeoverFact)).reverse()
  return [...before, ...rows.inside.map(changeoverFact), ...upToEnd(rows.after.map(changeoverFact))]
}

function readStopReasons(db: ReadDb, lineId: string, window: Interval): StopReasonFact[] {
  const inside = db
    .prepare<[string, number, number, string, number], FactRow>(
      `SELECT ${factColumns} FROM fact WHERE line = ? AND kind = 'stopReason' AND at >= ? AND at < ?
       UNION
       SELECT ${factColumns} FROM fact WHERE line = ? AND kind = 'stopReason' AND until > ?`,
    )
    .all(lineId, window.startMs, window.endMs, lineId, window.startMs)
  const open = db
    .prepare<[string, number], FactRow>(
      `SELECT ${factColumns} FROM fact WHERE line = ? AND kind = 'stopReason' AND at < ? AND until IS NULL
       ORDER BY at DESC, seq DESC LIMIT 1`,
    )
    .all(lineId, window.startMs)
  return [...open, ...inside]
    .map(stopReasonFact)
    .filter((fact) => fact.startMs < window.endMs)
    .sort(byStart)
}

function readActivity(db: ReadDb, lineId: string, window: Interval): Interval[] {
  const columns = 'start_ms AS startMs, end_ms AS endMs'
  const before = db
    .prepare<[string, number], Interval>(
      `SELECT ${columns} FROM activity WHERE line = ? AND start_ms < ? ORDER BY start_ms DESC LIMIT 2`,
    )
    .all(lineId, window.startMs)
  const inside = db
    .prepare<[string, number, number], Interval>(
      `SELECT ${columns} FROM activity WHERE line = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms`,
    )
    .all(lineId, window.startMs, window.endMs)
  const after = db
    .prepare<[string, number], Interval>(
      `SELECT ${columns} FROM activity WHERE line = ? AND start_ms >= ? ORDER BY start_ms LIMIT 1`,
    )
    .all(lineId, window.endMs)
  return [...before.reverse(), ...inside, ...after]
}

function readSilences(db: ReadDb, lineId: string, window: Interval): Silence[] {
  return db
    .prepare<[string, number, number], Silence>(
      `SELECT start_ms AS startMs, end_ms AS endMs FROM silence
       WHERE line = ? AND (end_ms IS NULL OR end_ms > ?) AND start_ms < ? ORDER BY start_ms`,
    )
    .all(lineId, window.startMs, window.endMs)
}
