import type { EpochMs, Interval } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** A message as it was stored; `body` is its JSON. */
export type RawReading = { atMs: EpochMs; arrivedMs: EpochMs; kind: string; body: string }

/** The line's raw messages with a time in [startMs, endMs), oldest first, as far as they are kept. One row at a time. */
export function readRawReadings(db: ReadDb, lineId: string, window: Interval): IterableIterator<RawReading> {
  return db
    .prepare<[number, number, string], RawReading>(
      `SELECT reading.ts AS atMs, reading.arrived AS arrivedMs, series.kind, reading.body
       FROM reading JOIN series ON series.id = reading.series
       WHERE reading.ts >= ? AND reading.ts < ? AND series.line = ?
       ORDER BY reading.ts, reading.series, reading.hash`,
    )
    .iterate(window.startMs, window.endMs, lineId)
}
