import { productChanges } from '../../shared/domain/changeover-spans.ts'
import type { EpochMs, Interval } from '../../shared/domain/facts.ts'
import { type CellRules, lineLevelStates, type LineLevelState } from '../../shared/domain/line-states.ts'
import { timeClass } from '../../shared/domain/timeline.ts'
import type { ReadDb } from '../handles.ts'
import { readRuns } from './product-runs.ts'
import { readStatesIn } from './state-facts.ts'
import { readStopEdits } from './stop-edits.ts'

/** How far beyond a window its stops and changeovers are followed. Milliseconds. */
export const reachLimitMs = 7 * 86_400_000
/** A stop may lead to a changeover and that to another stop: so many are followed. */
const reachRounds = 10

/**
 * The window widened to the beginning and end of the stops and changeovers that reach over its borders: only with the facts of
 * all that time is it known how long the line stood, and whether a product change was announced. What has not ended reaches
 * `reachLimitMs` beyond the window's end.
 */
export function reachOf(
  db: ReadDb,
  lineId: string,
  window: Interval,
  cells: CellRules | null = null,
): Interval {
  let reach = window
  for (let round = 0; round < reachRounds; round++) {
    // What begins where the reach now ends belongs to it; what begins where the window ends does not.
    const touching = reach.endMs > window.endMs ? 1 : 0
    const span = { startMs: reach.startMs, endMs: reach.endMs + touching }
    const found = [
      ...productChanges(readRuns(db, lineId, reach)).filter(
        ({ startMs, endMs }) => startMs < span.endMs && endMs >= span.startMs,
      ),
      announcedOver(db, lineId, span),
      ...mergesOver(db, lineId, span),
      hasState(db, lineId) ? statesOver(db, lineId, span, cells) : pausesOver(db, lineId, span),
    ]
    const wider = {
      startMs: Math.max(
        window.startMs - reachLimitMs,
        Math.min(reach.startMs, ...found.map(({ startMs }) => startMs)),
      ),
      endMs: Math.min(window.endMs + reachLimitMs, Math.max(reach.endMs, ...found.map(({ endMs }) => endMs))),
    }
    if (wider.startMs === reach.startMs && wider.endMs === reach.endMs) break
    reach = wider
  }
  return reach
}

type At = { at: EpochMs }

// Where something reaches; Infinity and -Infinity: not beyond the span's start and end.

/** Stops that people merged over a border. */
function mergesOver(db: ReadDb, lineId: string, span: Interval): Interval[] {
  return readStopEdits(db, lineId, span).filter(
    ({ startMs, endMs }) => startMs < endMs && endMs > span.startMs,
  )
}

/** The announced changeovers that are open at the span's start and at its end. */
function announcedOver(db: ReadDb, lineId: string, span: Interval): Interval {
  const ofLine = `SELECT at FROM fact WHERE line = ? AND kind = 'changeover' AND body ->> 'event' =`
  const ended = db
    .prepare<[string, number], At>(`${ofLine} 'end' AND at < ? ORDER BY at DESC LIMIT 1`)
    .get(lineId, span.startMs)
  const begun = db
    .prepare<[string, number, number], At>(`${ofLine} 'start' AND at >= ? AND at < ? ORDER BY at LIMIT 1`)
    .get(lineId, ended?.at ?? Number.MIN_SAFE_INTEGER, span.startMs)
  const end = db
    .prepare<[string, number], At>(`${ofLine} 'end' AND at >= ? ORDER BY at LIMIT 1`)
    .get(lineId, span.endMs)
  const isOpen = lastEvent(db, lineId, span.endMs) === 'start'
  return {
    startMs: begun?.at ?? Infinity,
    endMs: isOpen ? (end?.at ?? Infinity) : -Infinity,
  }
}

function lastEvent(db: ReadDb, lineId: string, beforeMs: EpochMs): string | null {
  const row = db
    .prepare<[string, number], { event: string }>(
      `SELECT body ->> 'event' AS event FROM fact WHERE line = ? AND kind = 'changeover' AND at < ?
       AND body ->> 'event' <> 'step' ORDER BY at DESC, seq DESC LIMIT 1`,
    )
    .get(lineId, beforeMs)
  return row?.event ?? null
}

function hasState(db: ReadDb, lineId: string): boolean {
  return (
    db.prepare<[string]>(`SELECT 1 FROM fact WHERE line = ? AND kind = 'state' LIMIT 1`).get(lineId) !==
    undefined
  )
}

/** How far the first look goes; each further one goes four times as far. Milliseconds. */
const firstLookMs = 15 * 60_000

/** The contiguous stop or changeover of the line at each border, by its states: from where it began, to where it ends. */
function statesOver(db: ReadDb, lineId: string, span: Interval, cells: CellRules | null): Interval {
  const states = (window: Interval) => lineLevelStates(readStatesIn(db, lineId, window), cells)
  return { startMs: statesBegan(states, span.startMs), endMs: statesEnd(states, span.endMs) }
}

type StatesIn = (window: Interval) => readonly LineLevelState[]

function statesBegan(states: StatesIn, atMs: EpochMs): EpochMs {
  const now = states({ startMs: atMs, endMs: atMs }).at(-1)
  if (now === undefined || now.state === 'running' || now.state === 'unknown') return Infinity
  const limitMs = atMs - reachLimitMs
  for (let lengthMs = firstLookMs; ; lengthMs *= 4) {
    const fromMs = Math.max(limitMs, atMs - lengthMs)
    const found = states({ startMs: fromMs, endMs: atMs })
    let first = found.length
    while (first > 0 && isSameClass(found[first - 1]!, now)) first--
    const began = found[first]
    // Which state was in force when the look began is known, not since when: then look further.
    if (began !== undefined && began.atMs >= fromMs) return began.atMs
    if (fromMs === limitMs) return found.find((state) => state.atMs >= fromMs)?.atMs ?? Infinity
  }
}

function statesEnd(states: StatesIn, atMs: EpochMs): EpochMs {
  const now = states({ startMs: atMs, endMs: atMs }).at(-1)
  if (now === undefined || now.state === 'running' || now.state === 'unknown') return -Infinity
  for (let lengthMs = firstLookMs; ; lengthMs *= 4) {
    const endMs = atMs + Math.min(reachLimitMs, lengthMs)
    const next = states({ startMs: atMs, endMs }).find(
      (state) => state.atMs >= atMs && !isSameClass(state, now),
    )
    if (next !== undefined) return next.atMs
    if (lengthMs >= reachLimitMs) return Infinity
  }
}

function isSameClass(a: LineLevelState, b: LineLevelState): boolean {
  return timeClass(a.state) === timeClass(b.state)
}

/** From the end of the last time with pieces to the beginning of the next. */
function pausesOver(db: ReadDb, lineId: string, span: Interval): Interval {
  const times =
    'SELECT start_ms AS startMs, end_ms AS endMs FROM activity WHERE line = ? AND end_ms > start_ms'
  const before = db
    .prepare<[string, number], Interval>(`${times} AND start_ms < ? ORDER BY start_ms DESC LIMIT 1`)
    .get(lineId, span.startMs)
  const after = db
    .prepare<[string, number], Interval>(`${times} AND start_ms >= ? ORDER BY start_ms LIMIT 1`)
    .get(lineId, span.endMs)
  const last = db
    .prepare<[string, number], Interval>(`${times} AND start_ms < ? ORDER BY start_ms DESC LIMIT 1`)
    .get(lineId, span.endMs)
  return {
    startMs: before?.endMs ?? -Infinity,
    endMs: last !== undefined && last.endMs >= span.endMs ? -Infinity : (after?.startMs ?? Infinity),
  }
}
