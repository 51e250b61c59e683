import type { EpochMs } from '../../../shared/domain/facts.ts'
import { readPieces } from '../../../db/queries/readings.ts'
import type { LineWork } from './line-work.ts'

/** How far back pieces are looked for. Milliseconds. */
export const piecesReachMs = 24 * 3_600_000
/** The search begins with the last minutes and widens. Milliseconds. */
const firstWindowMs = 10 * 60_000

/** Pieces as they now stand at one instant. */
export type PiecesAt = { atMs: EpochMs; product: string | null; reason: string; count: number }

/** The last `count` good (or scrap) pieces at or before `atMs`, the last first. `missing`: so many were not found. */
export function piecesBefore(
  work: LineWork,
  field: 'good' | 'scrap',
  count: number,
  atMs: EpochMs,
): { found: PiecesAt[]; missing: number } {
  work.inOrder()
  const found: PiecesAt[] = []
  let missing = count
  let endMs = atMs + 1
  for (let windowMs = firstWindowMs; missing > 0 && endMs > atMs - piecesReachMs; windowMs *= 4) {
    const startMs = Math.max(endMs - windowMs, atMs - piecesReachMs)
    for (const pieces of standing(work, field, startMs, endMs)) {
      const taken = Math.min(missing, pieces.count)
      if (taken <= 0) continue
      found.push({ ...pieces, count: taken })
      missing -= taken
    }
    endMs = startMs
  }
  return { found, missing }
}

/** Pieces by instant, product and (for scrap) reason, corrections included, the last ones first. */
function standing(work: LineWork, field: 'good' | 'scrap', startMs: EpochMs, endMs: EpochMs): PiecesAt[] {
  const all = new Map<string, PiecesAt>()
  for (const { atMs, product, scraps, ...pieces } of readPieces(work.writers.db, work.setup.id, {
    startMs,
    endMs,
  })) {
    if (pieces[field] === 0) continue
    const reason = field === 'scrap' ? (scraps[0]?.reason ?? '') : ''
    const key = `${atMs} ${product ?? ''} ${reason}`
    const known = all.get(key)
    if (known) known.count += pieces[field]
    else all.set(key, { atMs, product, reason, count: pieces[field] })
  }
  return [...all.values()].sort((a, b) => b.atMs - a.atMs)
}
