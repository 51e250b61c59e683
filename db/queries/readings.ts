import type { EpochMs, Interval, ScrapBucket } from '../../shared/domain/facts.ts'
import type { Pieces } from '../attribution.ts'
import type { ReadDb } from '../handles.ts'

type ReadingRow = { ts: EpochMs; good: number; scrap: number; kind: string; body: string }
type EntryRow = { at: EpochMs; body: string }

/** Pieces of one message or entry with its scrap by reason; `fromLine`: reported by the `count` topic. */
export type PieceReading = Pieces & {
  fromLine: boolean
  scraps: readonly Omit<ScrapBucket, 'startMs'>[]
}

type CountBody = {
  product?: string | null
  rework?: number | null
  reason?: string | null
  /** A person's correction, which tells nothing of what the line did. */
  correction?: string
}
type ScrapBody = {
  qty: number
  reason: string
  product?: string | null
  detected?: 'internal' | 'customer' | null
  included?: boolean | null
}

function pieceReading(row: ReadingRow): PieceReading {
  const base = { atMs: row.ts, good: row.good, scrap: row.scrap }
  if (row.kind === 'count') {
    const body = JSON.parse(row.body) as CountBody
    return {
      ...base,
      rework: body.rework ?? 0,
      product: body.product ?? null,
      fromLine: body.correction === undefined,
      scraps: row.scrap === 0 ? [] : [{ reason: body.reason ?? '', detected: 'internal', qty: row.scrap }],
    }
  }
  const body = JSON.parse(row.body) as ScrapBody
  const scrap = { reason: body.reason, detected: body.detected ?? 'internal', qty: body.qty }
  return {
    ...base,
    rework: 0,
    product: body.product ?? null,
    fromLine: false,
    scraps: body.qty > 0 ? [scrap] : [],
  }
}

/**
 * Everything that changed the line's counts in [startMs, endMs): raw `count` and `scrap` readings as far as they are kept,
 * and scrap entries that stand. In order of time, entries last.
 */
export function readPieces(db: ReadDb, lineId: string, window: Interval): PieceReading[] {
  const readings = db
    .prepare<[number, number, string], ReadingRow>(
      `SELECT reading.ts, reading.good, reading.scrap, series.kind, reading.body
       FROM reading JOIN series ON series.id = reading.series
       WHERE reading.ts >= ? AND reading.ts < ? AND series.line = ? AND series.kind IN ('count', 'scrap')
       ORDER BY reading.ts`,
    )
    .all(window.startMs, window.endMs, lineId)
    .map(pieceReading)
  const entries = db
    .prepare<[string, number, number], EntryRow>(
      `SELECT at, body FROM entry
       WHERE line = ? AND kind = 'scrap' AND voided_at IS NULL AND at >= ? AND at < ? ORDER BY at, id`,
    )
    .all(lineId, window.startMs, window.endMs)
    .map((row): PieceReading => {
      return scrapEntryPieces(row.at, JSON.parse(row.body) as ScrapEntryBody)
    })
  return [...readings, ...entries]
}

export type ScrapEntryBody = { reason: string; qty: number; detected?: 'internal' | 'customer' }

/** A scrap entry of a person, as pieces. What a customer found was counted as good in its own shift. */
export function scrapEntryPieces(
  atMs: EpochMs,
  { reason, qty, detected = 'internal' }: ScrapEntryBody,
): PieceReading {
  return {
    atMs,
    good: 0,
    scrap: detected === 'customer' ? 0 : qty,
    rework: 0,
    product: null,
    fromLine: false,
    scraps: [{ reason, detected, qty }],
  }
}

/** First or last good piece of `product` (named in the message or not named at all) in [startMs, endMs). */
export function findGood(
  db: ReadDb,
  lineId: string,
  product: string,
  window: Interval,
  side: 'first' | 'last',
): EpochMs | null {
  const rows = db
    .prepare<[number, number, string], { ts: EpochMs; body: string }>(
      `SELECT reading.ts, reading.body FROM reading
       WHERE reading.ts >= ? AND reading.ts < ? AND reading.good > 0
         AND reading.series = (SELECT id FROM series WHERE line = ? AND kind = 'count')
       ORDER BY reading.ts ${side === 'first' ? 'ASC' : 'DESC'}`,
    )
    .iterate(window.startMs, window.endMs, lineId)
  for (const row of rows) {
    const body = JSON.parse(row.body) as CountBody
    if (body.correction === undefined && (body.product ?? product) === product) return row.ts
  }
  return null
}

/** What a correction changed, in [startMs, endMs). */
export function readCorrection(db: ReadDb, series: number, id: string, window: Interval) {
  type Row = { ts: EpochMs; good: number; scrap: number; product: string | null; reason: string | null }
  return db
    .prepare<[EpochMs, EpochMs, number, string], Row>(
      `SELECT ts, good, scrap, body ->> 'product' AS product, body ->> 'reason' AS reason FROM reading
       WHERE ts >= ? AND ts < ? AND series = ? AND body ->> 'correction' = ?`,
    )
    .all(window.startMs, window.endMs, series, id)
    .map(({ ts, good, scrap, product, reason }) => ({ atMs: ts, good, scrap, product, reason: reason ?? '' }))
}
