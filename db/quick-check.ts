import type Database from 'better-sqlite3'

/** Tables of raw messages: large, and of no weight for the numbers on the board. They are checked with each copy. */
const leftForLater: ReadonlySet<string> = new Set(['reading', 'message_id'])

/** SQLite's own check of a whole file; throws `DamagedError` with its first finding. Takes seconds for a gigabyte. */
export function checkWhole(db: Database.Database): void {
  judge(db.pragma('quick_check(1)'))
}

/** The same for all tables but the raw messages, which takes a fraction of the time. */
export function checkAtStart(db: Database.Database): void {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all()
  for (const table of tables) {
    if (!leftForLater.has(table)) judge(db.pragma(`quick_check('${table}')`))
  }
}

/** The store's file is not what was written. */
export class DamagedError extends Error {
  readonly code = 'SQLITE_CORRUPT'
  override name = 'DamagedError'
}

function judge(rows: unknown): void {
  const [first] = rows as { quick_check: string }[]
  if (first?.quick_check !== 'ok') throw new DamagedError(first?.quick_check ?? 'the check gave no answer')
}
