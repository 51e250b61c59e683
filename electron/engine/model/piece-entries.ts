import type { EpochMs } from '../../../shared/domain/facts.ts'
import { payloadHash } from '../ingest/payload-hash.ts'
import type { LineWork } from './line-work.ts'

/**
 * Pieces that a later message or a person puts elsewhere than where they were counted: a reading of its own at that time,
 * with positive and negative pieces. What was stored before is never changed.
 */
export type PieceEntry = {
  atMs: EpochMs
  good: number
  scrap: number
  /** As in the reading that it corrects; null: the product that ran. */
  product: string | null
  reason: string
}

/**
 * Stores the entries as `count` readings of the line. `cause` makes their hashes: the same cause is stored once. `byHand`:
 * a person's correction, which tells nothing of what the line did. Call only with all earlier readings in the store.
 */
export function storePieceEntries(
  work: LineWork,
  entries: readonly PieceEntry[],
  cause: string,
  arrivedMs: EpochMs,
  byHand = false,
): void {
  for (const [index, { atMs, good, scrap, product, reason }] of entries.entries()) {
    const what = byHand ? { correction: cause } : { because: cause }
    const body = JSON.stringify({ ...what, good, scrap, product, reason: reason === '' ? undefined : reason })
    const hash = payloadHash(new TextEncoder().encode(`${cause} ${index}`))
    const series = work.setup.series.count
    work.writers.readings.insert({ ts: atMs, series, hash, arrived: arrivedMs, good, scrap, body })
    const scraps = scrap === 0 ? [] : [{ reason, detected: 'internal' as const, qty: scrap }]
    work.pieces.push({ atMs, good, scrap, rework: 0, product, fromLine: !byHand, scraps })
  }
}
