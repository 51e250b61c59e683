import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** Time of the oldest raw reading; null: there is none. */
export function oldestReading(db: ReadDb): EpochMs | null {
  return db.prepare<[], EpochMs | null>('SELECT min(ts) FROM reading').pluck().get() ?? null
}

/** Start of the oldest minute with pieces, of all lines; null: there is none. */
export function oldestMinute(db: ReadDb): EpochMs | null {
  const ofLine = db
    .prepare<[string], EpochMs | null>(
      `SELECT min(start_ms) FROM count_rollup WHERE level = 'minute' AND line = ?`,
    )
    .pluck()
  const lines = db.prepare<[], string>('SELECT DISTINCT line FROM series').pluck().all()
  const starts = lines.map((line) => ofLine.get(line)).filter((start) => typeof start === 'number')
  return starts.length === 0 ? null : Math.min(...starts)
}
