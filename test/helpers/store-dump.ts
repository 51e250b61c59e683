import Sqlite from 'better-sqlite3'

type Db = Sqlite.Database

const tablesOf = (db: Db): string[] =>
  db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .pluck()
    .all()

/** A whole store as SQL text, its format included: what `fromDump` makes a file of again. */
export function dumpStore(db: Db): string {
  const schema = db
    .prepare<[], string>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .pluck()
    .all()
  const rows = tablesOf(db).flatMap((table) => {
    const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all()
    const values = columns.map((column) => `quote("${column}")`).join(` || ', ' || `)
    return db
      .prepare<[], string>(`SELECT ${values} FROM "${table}"`)
      .pluck()
      .all()
      .map((row) => `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${row})`)
  })
  const version = db.pragma('user_version', { simple: true }) as number
  // Triggers last: they would keep rows from being put back as they were.
  const isTrigger = (sql: string): boolean => sql.startsWith('CREATE TRIGGER')
  const statements = [
    ...schema.filter((sql) => !isTrigger(sql)),
    ...rows,
    ...schema.filter(isTrigger),
    `PRAGMA user_version = ${version}`,
  ]
  return statements.map((sql) => `${sql};\n`).join('')
}

/** Makes a store file out of a dump. */
export function fromDump(sql: string, file: string): void {
  const db = new Sqlite(file)
  db.pragma('synchronous = OFF')
  db.exec(`BEGIN; ${sql} COMMIT`)
  db.close()
}

/** Rows by table. */
export function rowCounts(db: Db): Record<string, number> {
  return Object.fromEntries(
    tablesOf(db).map((table) => [
      table,
      db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0,
    ]),
  )
}
