import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** Memo under which the oldest instant of complete raw readings is kept. */
export const rawKeptFromMemo = 'raw-kept-from-ms'

export function readMemo(db: ReadDb, name: string): string | null {
  return (
    db.prepare<[string], { value: string }>('SELECT value FROM memo WHERE name = ?').get(name)?.value ?? null
  )
}

/** From this instant on all raw readings are still there; earlier ones may have been pruned. */
export function rawKeptFrom(db: ReadDb): EpochMs {
  return Number(readMemo(db, rawKeptFromMemo) ?? Number.MIN_SAFE_INTEGER)
}
