import { countBucket } from '../queries/counts.ts'
import type { CountRow } from '../queries/counts.ts'
import type { CountBucket, EpochMs, ScrapBucket } from '../../shared/domain/facts.ts'
import type { WriteDb } from '../handles.ts'
import { coarser } from '../rollup-delta.ts'
import type { CountDelta, RollupLevel, ScrapDelta, ShiftLookup } from '../rollup-delta.ts'

export type MinuteDeltas = { counts: readonly CountDelta[]; scraps: readonly ScrapDelta[] }

/** The minute rows that changed, as they now stand. A row whose pieces are all zero no longer exists. */
export type ChangedMinutes = { counts: CountBucket[]; scraps: ScrapBucket[] }

/** Adds minute deltas of a line to all three levels. Rows that become zero are deleted. */
export type RollupWriter = {
  /** Answers the changed minutes from `reportFromMs` on. */
  add: (line: string, minutes: MinuteDeltas, shiftOf: ShiftLookup, reportFromMs: EpochMs) => ChangedMinutes
}

const insertCount = `
  INSERT INTO count_rollup (level, line, start_ms, product, good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (level, line, start_ms, product) DO UPDATE SET
    good = good + excluded.good, scrap = scrap + excluded.scrap, rework = rework + excluded.rework,
    ideal_total_us = ideal_total_us + excluded.ideal_total_us,
    ideal_good_us = ideal_good_us + excluded.ideal_good_us, no_ideal = no_ideal + excluded.no_ideal`

const insertScrap = `
  INSERT INTO scrap_rollup (level, line, start_ms, reason, detected, qty) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (level, line, start_ms, reason, detected) DO UPDATE SET qty = qty + excluded.qty`

export function rollupWriter(db: WriteDb): RollupWriter {
  const addCount = db.prepare(insertCount)
  const addScrap = db.prepare(insertScrap)
  const countAt = db.prepare<[string, string, number, string], CountRow>(
    `SELECT start_ms, product, good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal FROM count_rollup
     WHERE level = ? AND line = ? AND start_ms = ? AND product = ?`,
  )
  const scrapAt = db.prepare<[string, string, number, string, string], { qty: number }>(
    'SELECT qty FROM scrap_rollup WHERE level = ? AND line = ? AND start_ms = ? AND reason = ? AND detected = ?',
  )
  const dropZeroCount = db.prepare(
    `DELETE FROM count_rollup WHERE level = ? AND line = ? AND start_ms = ? AND product = ?
     AND good = 0 AND scrap = 0 AND rework = 0`,
  )
  const dropZeroScrap = db.prepare(
    `DELETE FROM scrap_rollup WHERE level = ? AND line = ? AND start_ms = ? AND reason = ? AND detected = ?
     AND qty = 0`,
  )

  const writeCount = (level: RollupLevel, line: string, d: CountDelta): void => {
    const { good, scrap, rework, idealTotalUs, idealGoodUs, noIdeal } = d
    addCount.run(level, line, d.startMs, d.product, good, scrap, rework, idealTotalUs, idealGoodUs, noIdeal)
    if (good < 0 || scrap < 0 || rework < 0) dropZeroCount.run(level, line, d.startMs, d.product)
  }
  const writeScrap = (level: RollupLevel, line: string, d: ScrapDelta): void => {
    addScrap.run(level, line, d.startMs, d.reason, d.detected, d.qty)
    if (d.qty < 0) dropZeroScrap.run(level, line, d.startMs, d.reason, d.detected)
  }
  const countBucketAt = (line: string, { startMs, product }: CountDelta): CountBucket => {
    const row = countAt.get('minute', line, startMs, product)
    if (row) return countBucket(row)
    return { startMs, product, good: 0, scrap: 0, rework: 0, idealTotalMs: 0, idealGoodMs: 0 }
  }
  const scrapBucketAt = (line: string, { startMs, reason, detected }: ScrapDelta): ScrapBucket => {
    const qty = scrapAt.get('minute', line, startMs, reason, detected)?.qty ?? 0
    return { startMs, reason, detected, qty }
  }

  return {
    add: (line, minutes, shiftOf, reportFromMs) => {
      for (const delta of minutes.counts) writeCount('minute', line, delta)
      for (const delta of minutes.scraps) writeScrap('minute', line, delta)
      for (const level of ['hour', 'shift'] as const) {
        const rows = coarser(minutes, level, shiftOf)
        for (const delta of rows.counts()) writeCount(level, line, delta)
        for (const delta of rows.scraps()) writeScrap(level, line, delta)
      }
      const isRecent = ({ startMs }: { startMs: EpochMs }): boolean => startMs >= reportFromMs
      return {
        counts: minutes.counts.filter(isRecent).map((delta) => countBucketAt(line, delta)),
        scraps: minutes.scraps.filter(isRecent).map((delta) => scrapBucketAt(line, delta)),
      }
    },
  }
}
