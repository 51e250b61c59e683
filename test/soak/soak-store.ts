import Sqlite from 'better-sqlite3'

/** What the engine's store holds of line `l1`, read beside the running engine. */
export function readSoakStore(file: string): { good: number; scrap: number; messages: number } {
  const db = new Sqlite(file, { readonly: true })
  try {
    const pieces = db
      .prepare(
        "SELECT coalesce(sum(good), 0) AS good, coalesce(sum(scrap), 0) AS scrap FROM count_rollup WHERE level = 'shift' AND line = 'l1'",
      )
      .get() as { good: number; scrap: number }
    const { messages } = db.prepare('SELECT count(*) AS messages FROM reading').get() as { messages: number }
    return { ...pieces, messages }
  } finally {
    db.close()
  }
}
