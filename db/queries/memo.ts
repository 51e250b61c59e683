import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** Memo under which the oldest instant of complete raw readings is kept. */
export const rawKeptFromMemo = 'raw-kept-from-ms'

/** Memo under which the start of the oldest complete hour of minutes is kept. */
export const minutesKeptFromMemo = 'minutes-kept-from-ms'

export function readMemo(db: ReadDb, name: string): string | null {
  return (
    db.prepare<[string], { value: string }>('SELECT value FROM memo WHERE name = ?').get(name)?.value ?? null
  )
}

/** From this instant on all raw readings are still there; earlier ones may have been pruned. */
export function rawKeptFrom(db: ReadDb): EpochMs {
  return Number(readMemo(db, rawKeptFromMemo) ?? Number.MIN_SAFE_INTEGER)
}

/** From this instant on, a whole hour, pieces are kept by the minute; earlier they may be known by the hour only. */
export function minutesKeptFrom(db: ReadDb): EpochMs {
  return Number(readMemo(db, minutesKeptFromMemo) ?? Number.MIN_SAFE_INTEGER)
}
