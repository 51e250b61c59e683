import type { EpochMs } from '../../../shared/domain/facts.ts'
import { readPieces } from '../../../db/queries/readings.ts'
import type { LineWork } from './line-work.ts'
import type { PieceEntry } from './piece-entries.ts'

/** How far back pieces are looked for. Milliseconds. */
export const lateScrapReachMs = 24 * 3_600_000
/** The search begins with the last minutes and widens. Milliseconds. */
const firstWindowMs = 10 * 60_000

/**
 * Turns good pieces into scrap, beginning with the last ones at or before `atMs`. `missing`: so many were not found.
 */
export function lateScrapEntries(
  work: LineWork,
  count: number,
  atMs: EpochMs,
  reason: string,
): { entries: PieceEntry[]; missing: number } {
  work.inOrder()
  const entries: PieceEntry[] = []
  let missing = count
  let endMs = atMs + 1
  for (let windowMs = firstWindowMs; missing > 0 && endMs > atMs - lateScrapReachMs; windowMs *= 4) {
    const startMs = Math.max(endMs - windowMs, atMs - lateScrapReachMs)
    for (const { at, product, good } of goodsOf(work, startMs, endMs)) {
      const taken = Math.min(missing, good)
      if (taken <= 0) continue
      entries.push({ atMs: at, good: -taken, scrap: taken, product, reason })
      missing -= taken
    }
    endMs = startMs
  }
  return { entries, missing }
}

type Goods = { at: EpochMs; product: string | null; good: number }

/** Good pieces by instant and product as they now stand, the last ones first. */
function goodsOf(work: LineWork, startMs: EpochMs, endMs: EpochMs): Goods[] {
  const goods = new Map<string, Goods>()
  for (const { atMs, good, product } of readPieces(work.writers.db, work.setup.id, { startMs, endMs })) {
    if (good === 0) continue
    const key = `${atMs} ${product ?? ''}`
    const known = goods.get(key)
    if (known) known.good += good
    else goods.set(key, { at: atMs, product, good })
  }
  return [...goods.values()].reverse()
}
