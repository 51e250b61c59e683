import type {
  ChangeoverFact,
  EpochMs,
  Interval,
  LineFacts,
  ProductRun,
  Silence,
  StateFact,
  StopReasonFact,
} from '../../shared/domain/facts.ts'
import type { AttributionRules } from '../attribution.ts'
import { changeoverFact, productRun, stateFact, stopReasonFact } from '../fact-rows.ts'
import type { FactRow, RunRow } from '../fact-rows.ts'
import { byStart, byTime, factsSince } from '../facts-window.ts'
import type { ReadDb } from '../handles.ts'
import { floorTo, minuteMs } from '../rollup-delta.ts'
import { readCounts, readScraps } from './counts.ts'
import { cutEdges } from './exact-counts.ts'

/**
 * Facts of a line in the window, plus of each kind the last before it (db/facts-window.ts has the exact rule) and the
 * first state, product run, changeover and activity after it. `window.endMs` may be Infinity. Counts and scraps are
 * whole UTC minutes that touch the window; with `exactCounts` (how to attribute, see attributionRules) the first and the last minute are cut at the window's edges
 * from the raw readings, as far as those are kept (30 days), and the first then starts at the window's start.
 */
export function readLineFacts(
  db: ReadDb,
  lineId: string,
  window: Interval,
  options: { exactCounts?: AttributionRules } = {},
): LineFacts {
  const endMs = Math.min(window.endMs, Number.MAX_SAFE_INTEGER)
  const minutes = { startMs: floorTo(window.startMs, minuteMs), endMs }
  const span = { startMs: window.startMs, endMs }
  const facts: LineFacts = {
    states: readStates(db, lineId, span),
    changeovers: readChangeovers(db, lineId, span),
    products: readRuns(db, lineId, span),
    stopReasons: readStopReasons(db, lineId, span),
    activity: readActivity(db, lineId, span),
    silences: readSilences(db, lineId, span),
    counts: readCounts(db, 'minute', lineId, minutes),
    scraps: readScraps(db, 'minute', lineId, minutes),
  }
  const trimmed = { ...factsSince(facts, window.startMs), counts: facts.counts, scraps: facts.scraps }
  return options.exactCounts ? cutEdges(db, lineId, span, trimmed, options.exactCounts) : trimmed
}

const factColumns = 'seq, at, until, body'

function factsOfKind(db: ReadDb, kind: string, lineId: string, window: Interval): FactRow[] {
  const first = db
    .prepare<[string, string, number], FactRow>(
      `SELECT ${factColumns} FROM fact WHERE line = ? AND kind = ? AND at < ? ORDER BY at DESC, seq DESC LIMIT 1`,
    )
    .all(lineId, kind, window.startMs)
  const inside = db
    .prepare<[string, string, number, number], FactRow>(
      `SELECT ${factColumns} FROM fact WHERE line = ? AND kind = ? AND at >= ? AND at < ? ORDER BY at, seq`,
    )
    .all(lineId, kind, window.startMs, window.endMs)
  const after = db
    .prepare<[string, string, number], FactRow>(
      `SELECT ${factColumns} FROM fact WHERE line = ? AND kind = ? AND at >= ? ORDER BY at, seq LIMIT 1`,
    )
    .all(lineId, kind, window.endMs)
  return [...first, ...inside, ...after]
}

function readStates(db: ReadDb, lineId: string, window: Interval): StateFact[] {
  return factsOfKind(db, 'state', lineId, window).map(stateFact)
}

/** From the last start or end before the window on, so that an open changeover keeps its start. */
function readChangeovers(db: ReadDb, lineId: string, window: Interval): ChangeoverFact[] {
  const last = db
    .prepare<[string, number], { at: EpochMs }>(
      `SELECT at FROM fact WHERE line = ? AND kind = 'changeover' AND at < ? AND body ->> 'event' <> 'step'
       ORDER BY at DESC, seq DESC LIMIT 1`,
    )
    .get(lineId, window.startMs)
  const startMs = last?.at ?? window.startMs
  return factsOfKind(db, 'changeover', lineId, { startMs, endMs: window.endMs })
    .map(changeoverFact)
    .filter((fact) => fact.atMs >= startMs)
}

function readRuns(db: ReadDb, lineId: string, window: Interval): ProductRun[] {
  const columns = 'seq, at, product, order_id, target, ideal_cycle_us, first_good, last_good'
  const before = db
    .prepare<[string, number], RunRow>(
      `SELECT ${columns} FROM product_run WHERE line = ? AND at < ? ORDER BY at DESC, seq DESC LIMIT 2`,
    )
    .all(lineId, window.startMs)
  const inside = db
    .prepare<[string, number, number], RunRow>(
      `SELECT ${columns} FROM product_run WHERE line = ? AND at >= ? AND at < ? ORDER BY at, seq`,
    )
    .all(lineId, window.startMs, window.endMs)
  const after = db
    .prepare<[string, number], RunRow>(
      `SELECT ${columns} FROM product_run WHERE line = ? AND at >= ? ORDER BY at, seq LIMIT 1`,
    )
    .all(lineId, window.endMs)
  return [...before.reverse(), ...inside, ...after].map(productRun).sort(byTime)
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
