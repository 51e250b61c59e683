import type { EpochMs, Interval } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** A message that could not be used; `payload` is its beginning. */
export type DeadLetter = { atMs: EpochMs; topic: string; reason: string; payload: Buffer }

/** Rejected messages that are still kept, of all lines, oldest first. */
export function readDeadLetters(db: ReadDb, window: Interval): IterableIterator<DeadLetter> {
  return db
    .prepare<[number, number], DeadLetter>(
      'SELECT at AS atMs, topic, reason, payload FROM dead_letter WHERE at >= ? AND at < ? ORDER BY seq',
    )
    .iterate(window.startMs, window.endMs)
}
