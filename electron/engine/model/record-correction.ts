import type { EpochMs } from '../../../shared/domain/facts.ts'
import { readCorrection } from '../../../db/queries/readings.ts'
import { EntryRefused } from '../entry-refused.ts'
import type { Entry } from '../recorder.ts'
import type { LineWork } from './line-work.ts'
import { storePieceEntries } from './piece-entries.ts'
import type { PieceEntry } from './piece-entries.ts'
import { piecesBefore, piecesReachMs } from './pieces-before.ts'

type Correction = Extract<Entry, { kind: 'correction' }>

/**
 * Adds pieces at the correction's time, or takes the last ones before it away, by new readings beside the old ones.
 * Throws EntryRefused when there are not as many.
 */
export function recordCorrection(
  work: LineWork,
  id: string,
  correction: Correction,
  keptFromMs: EpochMs,
  nowMs: EpochMs,
): void {
  const { atMs, good, scrap, reason } = correction
  if (atMs > nowMs)
    throw new EntryRefused('not-found', 'Nothing was made yet at that time: give one that is past')
  if (atMs < keptFromMs) {
    throw new EntryRefused(
      'too-late',
      'The messages of that time are not kept any more: it can no longer be corrected',
    )
  }
  const entries: PieceEntry[] = [
    ...change(work, 'good', good, atMs),
    ...change(work, 'scrap', scrap, atMs, reason),
  ]
  storePieceEntries(work, entries, id, nowMs, true)
}

/** Readings by which the good or scrap pieces at an instant become `count` more, or fewer. */
export function change(
  work: LineWork,
  field: 'good' | 'scrap',
  count: number,
  atMs: EpochMs,
  reason = '',
): PieceEntry[] {
  const none = { good: 0, scrap: 0 }
  if (count === 0) return []
  if (count > 0) return [{ atMs, ...none, [field]: count, product: null, reason }]
  const { found, missing } = piecesBefore(work, field, -count, atMs)
  if (missing > 0) {
    const hours = piecesReachMs / 3_600_000
    throw new EntryRefused(
      'not-found',
      `Only ${-count - missing} ${field} pieces were counted in the ${hours} hours before: take at most as many away`,
    )
  }
  return found.map((pieces) => ({
    atMs: pieces.atMs,
    ...none,
    [field]: -pieces.count,
    product: pieces.product,
    reason: pieces.reason,
  }))
}

/** Takes a correction back by its opposite. */
export function undoCorrection(work: LineWork, id: string, atMs: EpochMs, nowMs: EpochMs): void {
  const window = { startMs: atMs - piecesReachMs, endMs: atMs + 1 }
  const entries = readCorrection(work.writers.db, work.setup.series.count, id, window)
  const opposite = entries.map((entry) => ({ ...entry, good: -entry.good, scrap: -entry.scrap }))
  storePieceEntries(work, opposite, `${id} undone`, nowMs, true)
}
