import type { EpochMs, Interval } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** What a person tapped in, kept for ever. */
export type StoredEntry = {
  id: string
  lineId: string
  kind:
    | 'scrap'
    | 'stopReason'
    | 'stopSplit'
    | 'stopMerge'
    | 'changeover'
    | 'correction'
    | 'call'
    | 'safety'
    | 'figure'
    | 'note'
  atMs: EpochMs
  who: string
  /** The entry as it was given (JSON value). */
  what: unknown
  /** Undone at; null: it stands. */
  voidedMs: EpochMs | null
}

type EntryRow = {
  id: string
  line: string
  kind: StoredEntry['kind']
  at: number
  who: string
  body: string
  voided_at: number | null
}

/** Entries of the line made in the window, oldest first, undone ones included. */
export function listEntries(db: ReadDb, lineId: string, window: Interval): StoredEntry[] {
  const rows = db
    .prepare<[string, number, number], EntryRow>(
      'SELECT id, line, kind, at, who, body, voided_at FROM entry WHERE line = ? AND at >= ? AND at < ? ORDER BY at, id',
    )
    .all(lineId, window.startMs, window.endMs)
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line,
    kind: row.kind,
    atMs: row.at,
    who: row.who,
    what: JSON.parse(row.body) as unknown,
    voidedMs: row.voided_at,
  }))
}

/** Entries of one kind that stand, oldest first. `T` is what that kind of entry holds. */
export function readStanding<T>(
  db: ReadDb,
  lineId: string,
  kind: StoredEntry['kind'],
  window: Interval,
): { atMs: EpochMs; body: T }[] {
  const rows = db
    .prepare<[string, string, number, number], { at: number; body: string }>(
      `SELECT at, body FROM entry WHERE line = ? AND kind = ? AND voided_at IS NULL AND at >= ? AND at < ?
       ORDER BY at, rowid`,
    )
    .all(lineId, kind, window.startMs, window.endMs)
  return rows.map(({ at, body }) => ({ atMs: at, body: JSON.parse(body) as T }))
}
