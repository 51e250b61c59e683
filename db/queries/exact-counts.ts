import type { CountBucket, Interval, LineFacts, ScrapBucket } from '../../shared/domain/facts.ts'
import type { AttributionRules } from '../attribution.ts'
import type { ReadDb } from '../handles.ts'
import { addPieces } from '../piece-deltas.ts'
import { deltaSheet, floorTo, minuteMs } from '../rollup-delta.ts'
import { countBucket } from './counts.ts'
import { rawKeptFrom } from './memo.ts'
import { readPieces } from './readings.ts'

/** Replaces the minutes at the window's edges by what the raw readings say of the part inside the window. */
export function cutEdges(
  db: ReadDb,
  lineId: string,
  window: Interval,
  facts: LineFacts,
  rules: AttributionRules,
): LineFacts {
  const keptFromMs = rawKeptFrom(db)
  let { counts, scraps } = facts
  for (const part of edges(window)) {
    const minute = floorTo(part.startMs, minuteMs)
    if (minute < keptFromMs) continue
    const sheet = deltaSheet()
    for (const pieces of readPieces(db, lineId, part)) addPieces(sheet, pieces, facts.products, rules)
    const exactCounts = sheet.counts().map((delta): CountBucket =>
      countBucket({
        start_ms: part.startMs,
        product: delta.product,
        good: delta.good,
        scrap: delta.scrap,
        rework: delta.rework,
        ideal_total_us: delta.idealTotalUs,
        ideal_good_us: delta.idealGoodUs,
        no_ideal: delta.noIdeal,
      }),
    )
    const exactScraps = sheet.scraps().map((delta): ScrapBucket => ({ ...delta, startMs: part.startMs }))
    counts = [...counts.filter((bucket) => bucket.startMs !== minute), ...exactCounts]
    scraps = [...scraps.filter((bucket) => bucket.startMs !== minute), ...exactScraps]
  }
  return {
    ...facts,
    counts: counts.slice().sort((a, b) => a.startMs - b.startMs || (a.product < b.product ? -1 : 1)),
    scraps: scraps.slice().sort((a, b) => a.startMs - b.startMs || (a.reason < b.reason ? -1 : 1)),
  }
}

/** Parts of the window in minutes that its edges cut. */
function edges(window: Interval): Interval[] {
  const { startMs, endMs } = window
  const lastMinute = floorTo(endMs, minuteMs)
  const cutsStart = startMs % minuteMs !== 0
  const nextMinute = floorTo(startMs, minuteMs) + (cutsStart ? minuteMs : 0)
  const first = cutsStart ? [{ startMs, endMs: Math.min(endMs, nextMinute) }] : []
  const last = endMs % minuteMs !== 0 && lastMinute >= nextMinute ? [{ startMs: lastMinute, endMs }] : []
  return [...first, ...last]
}
