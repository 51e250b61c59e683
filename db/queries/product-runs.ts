import type { Interval, ProductRun } from '../../shared/domain/facts.ts'
import { runsBefore } from '../facts-window.ts'
import { productRun } from '../fact-rows.ts'
import type { RunRow } from '../fact-rows.ts'
import type { ReadDb } from '../handles.ts'

/** How many runs after a window are looked at for the next one that makes a good piece. */
const runsAfter = 20

/**
 * Product runs in the window by time, the last ones before it (`runsBefore`), and those after it up to the next with a good
 * piece: with those the changeovers of the window are known to their ends.
 */
export function readRuns(db: ReadDb, lineId: string, window: Interval): ProductRun[] {
  const columns = 'seq, at, product, order_id, target, ideal_cycle_us, first_good, last_good'
  const before = db
    .prepare<[string, number, number], RunRow>(
      `SELECT ${columns} FROM product_run WHERE line = ? AND at < ? ORDER BY at DESC, seq DESC LIMIT ?`,
    )
    .all(lineId, window.startMs, runsBefore)
  const inside = db
    .prepare<[string, number, number], RunRow>(
      `SELECT ${columns} FROM product_run WHERE line = ? AND at >= ? AND at < ? ORDER BY at, seq`,
    )
    .all(lineId, window.startMs, window.endMs)
  const after = db
    .prepare<[string, number, number], RunRow>(
      `SELECT ${columns} FROM product_run WHERE line = ? AND at >= ? ORDER BY at, seq LIMIT ?`,
    )
    .all(lineId, window.endMs, runsAfter)
  const next = after.findIndex((run) => run.first_good !== null)
  return [...before.reverse(), ...inside, ...(next < 0 ? after : after.slice(0, next + 1))].map(productRun)
}
