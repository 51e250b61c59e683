import { productChanges } from '../../shared/domain/changeover-spans.ts'
import { lineStates } from '../../shared/domain/facts.ts'
import type { EpochMs, Interval, LineState } from '../../shared/domain/facts.ts'
import { timeClass } from '../../shared/domain/timeline.ts'
import type { ReadDb } from '../handles.ts'
import { readRuns } from './product-runs.ts'

/** How far beyond a window its stops and changeovers are followed. Milliseconds. */
export const reachLimitMs = 7 * 86_400_000
/** A stop may lead to a changeover and that to another stop: so many are followed. */
const reachRounds = 10

/**
 * The window widened to the beginning and end of the stops and changeovers that reach over its borders: only with the facts of
 * all that time is it known how long the line stood, and whether a product change was announced. What has not ended reaches
 * `reachLimitMs` beyond the window's end.
 */
export function reachOf(db: ReadDb, lineId: string, window: Interval): Interval {
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
      hasState(db, lineId) ? statesOver(db, lineId, span) : pausesOver(db, lineId, span),
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

export function hasState(db: ReadDb, lineId: string): boolean {
  return (
    db.prepare<[string]>(`SELECT 1 FROM fact WHERE line = ? AND kind = 'state' LIMIT 1`).get(lineId) !==
    undefined
  )
}

/** SQL that holds for the states that count: the line's own, or any while it has none of its own before the instant. */
export function trackBefore(db: ReadDb, lineId: string, beforeMs: EpochMs): string {
  const own = db
    .prepare<[string, number]>(
      `SELECT 1 FROM fact WHERE line = ? AND kind = 'state' AND track = '' AND at < ? LIMIT 1`,
    )
    .get(lineId, beforeMs)
  return own === undefined ? '' : `AND track = ''`
}

/** From the first state of the class in force at the span's start to the first state of another class after its end. */
function statesOver(db: ReadDb, lineId: string, span: Interval): Interval {
  const { startMs, endMs } = span
  const track = trackBefore(db, lineId, startMs)
  const others = othersOf(stateBefore(db, lineId, startMs, track))
  const changed =
    others === null
      ? undefined
      : db
          .prepare<[string, number, number], At>(
            `SELECT at FROM fact WHERE line = ? AND kind = 'state' ${track} AND at < ? AND at >= ?
             AND body ->> 'state' IN (${others}) ORDER BY at DESC LIMIT 1`,
          )
          .get(lineId, startMs, startMs - reachLimitMs)
  const firstMs =
    others === null
      ? Infinity
      : (db
          .prepare<[string, number, number], At>(
            `SELECT at FROM fact WHERE line = ? AND kind = 'state' ${track} AND at > ? AND at < ? ORDER BY at LIMIT 1`,
          )
          .get(lineId, changed?.at ?? startMs - reachLimitMs, startMs)?.at ?? Infinity)
  const trackAfter = trackBefore(db, lineId, endMs)
  const othersAfter = othersOf(stateBefore(db, lineId, endMs, trackAfter))
  const nextMs =
    othersAfter === null
      ? -Infinity
      : (db
          .prepare<[string, number, number], At>(
            `SELECT at FROM fact WHERE line = ? AND kind = 'state' ${trackAfter} AND at >= ? AND at < ?
             AND body ->> 'state' IN (${othersAfter}) ORDER BY at LIMIT 1`,
          )
          .get(lineId, endMs, endMs + reachLimitMs)?.at ?? Infinity)
  return { startMs: firstMs, endMs: nextMs }
}

function stateBefore(db: ReadDb, lineId: string, beforeMs: EpochMs, track: string): LineState | null {
  const row = db
    .prepare<[string, number], { state: LineState }>(
      `SELECT body ->> 'state' AS state FROM fact WHERE line = ? AND kind = 'state' ${track} AND at < ?
       ORDER BY at DESC, seq DESC LIMIT 1`,
    )
    .get(lineId, beforeMs)
  return row?.state ?? null
}

/** States of other classes, as SQL; null: a running line has nothing to follow. */
function othersOf(state: LineState | null): string | null {
  if (state === null || state === 'running') return null
  const others = lineStates.filter((other) => timeClass(other) !== timeClass(state))
  return others.map((other) => `'${other}'`).join(', ')
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
