import type { EpochMs } from '../../shared/domain/facts.ts'
import type { StoredEntry } from '../queries/entries.ts'
import type { WriteDb } from '../handles.ts'

export type NewEntry = {
  id: string
  line: string
  kind: StoredEntry['kind']
  at: EpochMs
  who: string
  body: object
  /** The fact that the entry made; null for scrap. */
  factSeq: number | null
}
export type UndoableEntry = Omit<NewEntry, 'who'> & { voidedMs: EpochMs | null }

type Row = {
  id: string
  line: string
  kind: StoredEntry['kind']
  at: EpochMs
  body: string
  fact_seq: number | null
  voided_at: number | null
}

/** What people tapped in; nothing is ever deleted, an undone entry is marked. */
export function entryWriter(db: WriteDb) {
  const add = db.prepare(
    'INSERT INTO entry (id, line, kind, at, who, body, fact_seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const find = db.prepare<[string, string], Row>(
    'SELECT id, line, kind, at, body, fact_seq, voided_at FROM entry WHERE id = ? AND line = ?',
  )
  const markVoid = db.prepare('UPDATE entry SET voided_at = ?, voided_by = ? WHERE id = ?')
  return {
    add: (entry: NewEntry): void =>
      void add.run(
        entry.id,
        entry.line,
        entry.kind,
        entry.at,
        entry.who,
        JSON.stringify(entry.body),
        entry.factSeq,
      ),
    find: (id: string, line: string): UndoableEntry | null => {
      const row = find.get(id, line)
      if (!row) return null
      const { id: entryId, kind, at } = row
      const body = JSON.parse(row.body) as object
      return { id: entryId, line, kind, at, body, factSeq: row.fact_seq, voidedMs: row.voided_at }
    },
    markVoid: (id: string, at: EpochMs, who: string): void => void markVoid.run(at, who, id),
  }
}
export type EntryWriter = ReturnType<typeof entryWriter>
