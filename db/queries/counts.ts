import type { CountBucket, EpochMs, Interval, ScrapBucket } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'
import { minuteMs } from '../rollup-delta.ts'
import type { CountDelta, RollupLevel } from '../rollup-delta.ts'

/** A row of the count roll-up; ideal sums in microseconds. */
export type CountRow = {
  start_ms: number
  product: string
  good: number
  scrap: number
  rework: number
  ideal_total_us: number
  ideal_good_us: number
  no_ideal: number
}

/** The roll-up's row as the KPI core sees it. */
export function countBucket(row: CountRow): CountBucket {
  const known = row.no_ideal === 0
  return {
    startMs: row.start_ms,
    product: row.product,
    good: row.good,
    scrap: row.scrap,
    rework: row.rework,
    idealTotalMs: known ? row.ideal_total_us / 1000 : null,
    idealGoodMs: known ? row.ideal_good_us / 1000 : null,
  }
}

/** Pieces by minute, hour (UTC) or shift, of those that START in the window; sorted by start, then product. */
export function readCounts(db: ReadDb, level: RollupLevel, lineId: string, window: Interval): CountBucket[] {
  const rows = db
    .prepare<[string, string, number, number], CountRow>(
      `SELECT start_ms, product, good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal FROM count_rollup
       WHERE level = ? AND line = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms, product`,
    )
    .all(level, lineId, window.startMs, window.endMs)
  return rows.map(countBucket)
}

/** Scrap by reason, same rules as readCounts; sorted by start, reason, detected. */
export function readScraps(db: ReadDb, level: RollupLevel, lineId: string, window: Interval): ScrapBucket[] {
  return db
    .prepare<[string, string, number, number], ScrapBucket>(
      `SELECT start_ms AS startMs, reason, detected, qty FROM scrap_rollup
       WHERE level = ? AND line = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms, reason, detected`,
    )
    .all(level, lineId, window.startMs, window.endMs)
}

/** Pieces of each shift that starts in the window, by product; `startMs` is the shift's start. */
export function countsByShift(db: ReadDb, lineId: string, window: Interval): CountBucket[] {
  return readCounts(db, 'shift', lineId, window)
}

/** Minute rows that start in the window, in the form in which they are added up. */
export function readCountDeltas(
  db: ReadDb,
  lineId: string,
  window: Interval,
  level: RollupLevel = 'minute',
): CountDelta[] {
  return db
    .prepare<[string, string, number, number], CountDelta>(
      `SELECT start_ms AS startMs, product, good, scrap, rework, ideal_total_us AS idealTotalUs,
         ideal_good_us AS idealGoodUs, no_ideal AS noIdeal FROM count_rollup
       WHERE level = ? AND line = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms, product`,
    )
    .all(level, lineId, window.startMs, window.endMs)
}

/** End of the newest minute with pieces; null: none were ever counted. */
export function newestCountedMs(db: ReadDb, lineId: string): EpochMs | null {
  const row = db
    .prepare<[string], { start: EpochMs | null }>(
      `SELECT max(start_ms) AS start FROM count_rollup WHERE level = 'minute' AND line = ?`,
    )
    .get(lineId)
  return row?.start == null ? null : row.start + minuteMs
}
