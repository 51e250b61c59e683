import { countBucket } from '../queries/counts.ts'
import type { CountRow } from '../queries/counts.ts'
import type { CountBucket, ScrapBucket } from '../../shared/domain/facts.ts'
import type { WriteDb } from '../handles.ts'
import { coarser } from '../rollup-delta.ts'
import type { CountDelta, RollupLevel, ScrapDelta, ShiftLookup } from '../rollup-delta.ts'

export type MinuteDeltas = { counts: readonly CountDelta[]; scraps: readonly ScrapDelta[] }

/** The minute rows that changed, as they now stand. A row whose pieces are all zero no longer exists. */
export type ChangedMinutes = { counts: CountBucket[]; scraps: ScrapBucket[] }

/** Adds minute deltas of a line to all three levels. Rows that become zero are deleted. */
export type RollupWriter = {
  add: (line: string, minutes: MinuteDeltas, shiftOf: ShiftLookup) => ChangedMinutes
}

export function rollupWriter(db: WriteDb): RollupWriter {
  const addCount = db.prepare<unknown[], CountRow>(
    `INSERT INTO count_rollup (level, line, start_ms, product, good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (level, line, start_ms, product) DO UPDATE SET
       good = good + excluded.good, scrap = scrap + excluded.scrap, rework = rework + excluded.rework,
       ideal_total_us = ideal_total_us + excluded.ideal_total_us,
       ideal_good_us = ideal_good_us + excluded.ideal_good_us, no_ideal = no_ideal + excluded.no_ideal
     RETURNING start_ms, product, good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal`,
  )
  const dropCount = db.prepare(
    'DELETE FROM count_rollup WHERE level = ? AND line = ? AND start_ms = ? AND product = ?',
  )
  const addScrap = db.prepare<unknown[], ScrapBucket>(
    `INSERT INTO scrap_rollup (level, line, start_ms, reason, detected, qty) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (level, line, start_ms, reason, detected) DO UPDATE SET qty = qty + excluded.qty
     RETURNING start_ms AS startMs, reason, detected, qty`,
  )
  const dropScrap = db.prepare(
    'DELETE FROM scrap_rollup WHERE level = ? AND line = ? AND start_ms = ? AND reason = ? AND detected = ?',
  )

  const writeCount = (level: RollupLevel, line: string, delta: CountDelta): CountRow => {
    const row = addCount.get(
      level,
      line,
      delta.startMs,
      delta.product,
      delta.good,
      delta.scrap,
      delta.rework,
      delta.idealTotalUs,
      delta.idealGoodUs,
      delta.noIdeal,
    ) as CountRow
    if (row.good === 0 && row.scrap === 0 && row.rework === 0) {
      dropCount.run(level, line, delta.startMs, delta.product)
    }
    return row
  }
  const writeScrap = (level: RollupLevel, line: string, delta: ScrapDelta): ScrapBucket => {
    const row = addScrap.get(
      level,
      line,
      delta.startMs,
      delta.reason,
      delta.detected,
      delta.qty,
    ) as ScrapBucket
    if (row.qty === 0) dropScrap.run(level, line, delta.startMs, delta.reason, delta.detected)
    return row
  }

  return {
    add: (line, minutes, shiftOf) => {
      const changed: ChangedMinutes = {
        counts: minutes.counts.map((delta) => countBucket(writeCount('minute', line, delta))),
        scraps: minutes.scraps.map((delta) => writeScrap('minute', line, delta)),
      }
      for (const level of ['hour', 'shift'] as const) {
        const rows = coarser(minutes, level, shiftOf)
        for (const delta of rows.counts()) writeCount(level, line, delta)
        for (const delta of rows.scraps()) writeScrap(level, line, delta)
      }
      return changed
    },
  }
}
