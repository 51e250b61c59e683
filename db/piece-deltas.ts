import type { ProductRun } from '../shared/domain/facts.ts'
import { attribute } from './attribution.ts'
import type { AttributionRules, Attributed } from './attribution.ts'
import type { PieceReading } from './queries/readings.ts'
import { floorTo, minuteMs } from './rollup-delta.ts'
import type { DeltaSheet } from './rollup-delta.ts'

/** Adds what one message or entry reports to the sheet of minutes; `sign` -1 takes it back. Answers whose pieces they were. */
export function addPieces(
  sheet: DeltaSheet,
  pieces: PieceReading,
  runs: readonly ProductRun[],
  rules: AttributionRules,
  sign: 1 | -1 = 1,
): Attributed {
  const startMs = floorTo(pieces.atMs, minuteMs)
  const whose = attribute(pieces, runs, rules)
  const { good, scrap, rework } = pieces
  if (good !== 0 || scrap !== 0 || rework !== 0) {
    const { product, idealUs } = whose
    const row = sheet.count(startMs, product)
    row.good += sign * good
    row.scrap += sign * scrap
    row.rework += sign * rework
    if (idealUs === null) row.noIdeal += sign * (good + scrap)
    else {
      row.idealTotalUs += sign * idealUs * (good + scrap)
      row.idealGoodUs += sign * idealUs * good
    }
  }
  for (const item of pieces.scraps) {
    sheet.addScrap({ startMs, reason: item.reason, detected: item.detected, qty: sign * item.qty })
  }
  return whose
}
