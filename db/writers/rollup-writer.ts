import { countBucket } from '../queries/counts.ts'
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
  type CountValues = [RollupLevel, string, number, string, number, number, number, number, number, number]
  type CountsNow = [number, number, number, number, number, number]
  type ScrapValues = [RollupLevel, string, number, string, ScrapDelta['detected'], number]
  const addCount = db.prepare<CountValues>(insertCount)
  const addScrap = db.prepare<ScrapValues>(insertScrap)
  // Without names, which cost a good part of the statement.
  const addCountAndTell = db
    .prepare<CountValues>(
      `${insertCount} RETURNING good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal`,
    )
    .raw()
  const addScrapAndTell = db.prepare<ScrapValues, { qty: number }>(`${insertScrap} RETURNING qty`)
  const dropZeroCount = db.prepare(
    `DELETE FROM count_rollup WHERE level = ? AND line = ? AND start_ms = ? AND product = ?
     AND good = 0 AND scrap = 0 AND rework = 0`,
  )
  const dropZeroScrap = db.prepare(
    `DELETE FROM scrap_rollup WHERE level = ? AND line = ? AND start_ms = ? AND reason = ? AND detected = ?
     AND qty = 0`,
  )

  const countValues = (level: RollupLevel, line: string, d: CountDelta): CountValues => {
    const { startMs, product, good, scrap, rework, idealTotalUs, idealGoodUs, noIdeal } = d
    return [level, line, startMs, product, good, scrap, rework, idealTotalUs, idealGoodUs, noIdeal]
  }
  const scrapValues = (level: RollupLevel, line: string, d: ScrapDelta): ScrapValues => [
    level,
    line,
    d.startMs,
    d.reason,
    d.detected,
    d.qty,
  ]
  const dropCountIfZero = (level: RollupLevel, line: string, d: CountDelta): void => {
    // Pieces that come and go in one transaction leave nothing either.
    const adds = d.good > 0 || d.scrap > 0 || d.rework > 0
    const takes = d.good < 0 || d.scrap < 0 || d.rework < 0
    if (takes || !adds) dropZeroCount.run(level, line, d.startMs, d.product)
  }
  const dropScrapIfZero = (level: RollupLevel, line: string, d: ScrapDelta): void => {
    if (d.qty <= 0) dropZeroScrap.run(level, line, d.startMs, d.reason, d.detected)
  }
  const writeCount = (level: RollupLevel, line: string, d: CountDelta): void => {
    addCount.run(...countValues(level, line, d))
    dropCountIfZero(level, line, d)
  }
  const writeScrap = (level: RollupLevel, line: string, d: ScrapDelta): void => {
    addScrap.run(...scrapValues(level, line, d))
    dropScrapIfZero(level, line, d)
  }
  const writeMinute = (line: string, d: CountDelta): CountBucket => {
    const now = addCountAndTell.get(...countValues('minute', line, d)) as CountsNow
    dropCountIfZero('minute', line, d)
    const [good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal] = now
    const { startMs: start_ms, product } = d
    return countBucket({ start_ms, product, good, scrap, rework, ideal_total_us, ideal_good_us, no_ideal })
  }
  const writeScrapMinute = (line: string, d: ScrapDelta): ScrapBucket => {
    const { qty } = addScrapAndTell.get(...scrapValues('minute', line, d))!
    dropScrapIfZero('minute', line, d)
    return { startMs: d.startMs, reason: d.reason, detected: d.detected, qty }
  }

  return {
    add: (line, minutes, shiftOf, reportFromMs) => {
      const changed: ChangedMinutes = { counts: [], scraps: [] }
      for (const delta of minutes.counts) {
        if (delta.startMs < reportFromMs) writeCount('minute', line, delta)
        else changed.counts.push(writeMinute(line, delta))
      }
      for (const delta of minutes.scraps) {
        if (delta.startMs < reportFromMs) writeScrap('minute', line, delta)
        else changed.scraps.push(writeScrapMinute(line, delta))
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
