import type { EpochMs } from '../../shared/domain/facts.ts'
import type { WriteDb } from '../handles.ts'
import { minutesKeptFromMemo, rawKeptFromMemo } from '../queries/memo.ts'

/** What is older than these instants may go. */
export type Cutoffs = { rawMs: EpochMs; minutesMs: EpochMs }

export type RetentionWriter = {
  /**
   * Deletes at most `limit` rows of each of: readings, message ids, minutes of pieces, minutes of scrap. One transaction;
   * answers how many rows it deleted. From the first chunk on nobody takes what is older than the cut-offs for complete.
   */
  prune: (cutoffs: Cutoffs, limit: number) => number
}

export function retentionWriter(db: WriteDb): RetentionWriter {
  const setMemo = db.prepare(
    'INSERT INTO memo (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const readings = db.prepare(
    `DELETE FROM reading WHERE (ts, series, hash) IN
       (SELECT ts, series, hash FROM reading WHERE ts < ? ORDER BY ts LIMIT ?)`,
  )
  const ids = db.prepare(
    'DELETE FROM message_id WHERE (series, id) IN (SELECT series, id FROM message_id WHERE ts < ? ORDER BY ts LIMIT ?)',
  )
  const counts = db.prepare(
    `DELETE FROM count_rollup WHERE (level, line, start_ms, product) IN
       (SELECT level, line, start_ms, product FROM count_rollup
        WHERE level = 'minute' AND line = ? AND start_ms < ? ORDER BY start_ms LIMIT ?)`,
  )
  const scraps = db.prepare(
    `DELETE FROM scrap_rollup WHERE (level, line, start_ms, reason, detected) IN
       (SELECT level, line, start_ms, reason, detected FROM scrap_rollup
        WHERE level = 'minute' AND line = ? AND start_ms < ? ORDER BY start_ms LIMIT ?)`,
  )
  const lines = db.prepare<[], string>('SELECT DISTINCT line FROM series').pluck()

  const pruneMinutes = (beforeMs: EpochMs, limit: number): number => {
    let left = limit
    for (const line of lines.all()) {
      if (left > 0) left -= counts.run(line, beforeMs, left).changes
      if (left > 0) left -= scraps.run(line, beforeMs, left).changes
    }
    return limit - left
  }
  const prune = db.transaction(({ rawMs, minutesMs }: Cutoffs, limit: number): number => {
    setMemo.run(rawKeptFromMemo, String(rawMs))
    setMemo.run(minutesKeptFromMemo, String(minutesMs))
    return readings.run(rawMs, limit).changes + ids.run(rawMs, limit).changes + pruneMinutes(minutesMs, limit)
  })
  return { prune: (cutoffs, limit) => prune.immediate(cutoffs, limit) }
}
