import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/migrations.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

function tempFile(): string {
  const dir = makeTempDir('migrations')
  cleanups.push(dir.remove)
  return join(dir.path, 'lineside.db')
}

const snapshotFile = join(import.meta.dirname, '../../db/schema.sql')

function schemaOf(file: string): string {
  const db = new Sqlite(file, { readonly: true })
  const rows = db
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name`,
    )
    .all()
  db.close()
  return rows.map(({ sql }) => `${sql};\n`).join('\n')
}

describe('the list of migrations', () => {
  it('is numbered in tens and ascending', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => (index + 1) * 10))
  })

  it('makes exactly the schema of db/schema.sql (UPDATE_SCHEMA=1 writes it anew)', () => {
    const file = tempFile()
    openDatabase({ file }).close()
    const schema = schemaOf(file)
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(snapshotFile, schema)
    expect(readFileSync(snapshotFile, 'utf8')).toBe(schema)
  })

  it('has only strict tables, with whole numbers for times', () => {
    const file = tempFile()
    const database = openDatabase({ file })
    const tables = database.read
      .prepare<[], { name: string; strict: number }>(
        `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all()
    const times = database.read
      .prepare<[], { type: string }>(
        `SELECT DISTINCT c.type FROM pragma_table_list t JOIN pragma_table_info(t.name) c
         WHERE t.schema = 'main' AND (c.name LIKE '%\\_ms' ESCAPE '\\' OR c.name IN ('at', 'ts', 'arrived', 'until'))`,
      )
      .all()
    database.close()
    expect(tables.length).toBeGreaterThan(15)
    expect(tables.filter(({ strict }) => strict === 0)).toEqual([])
    expect(times).toEqual([{ type: 'INTEGER' }])
  })
})

describe('opening a store', () => {
  it('keeps what is committed through a power cut: WAL with synchronous=FULL', () => {
    const database = openDatabase({ file: tempFile() })
    cleanups.push(database.close)
    const pragma = (name: string): unknown => database.write.pragma(name, { simple: true })
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    expect(() => database.read.exec(`INSERT INTO memo VALUES ('a', 'b')`)).toThrow(/readonly/)
  })

  it('says which Node it needs before the binary can crash on an older one', () => {
    const real = process.versions
    Object.defineProperty(process, 'versions', {
      value: { ...real, node: '20.19.2', napi: '9' },
      configurable: true,
    })
    try {
      expect(() => openDatabase({ file: tempFile() })).toThrow(
        /needs Node 22.14 or newer and this is Node 20.19.2/,
      )
    } finally {
      Object.defineProperty(process, 'versions', { value: real, configurable: true })
    }
  })

  it('refuses a newer file in one sentence and leaves it alone', () => {
    const file = tempFile()
    const newer = new Sqlite(file)
    newer.pragma('user_version = 990')
    newer.close()
    expect(() => openDatabase({ file })).toThrow(
      /written by a newer Lineside \(format 990, this one knows \d+\)/,
    )
    expect(() => openReadonly({ file })).toThrow(/newer Lineside/)
  })

  it('tells somebody who only reads what to do about an older or missing file', () => {
    const file = tempFile()
    expect(() => openReadonly({ file })).toThrow(/There is no store at/)
    new Sqlite(file).close()
    expect(() => openReadonly({ file })).toThrow(/older format 0: start the board once/)
  })

  it('copies a file that holds something before changing it', () => {
    const file = tempFile()
    const first = new Sqlite(file)
    migrate(first, file, [
      { version: 10, name: 'a', sql: 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (7)' },
    ])
    expect(existsSync(`${file}.format-10.bak`)).toBe(false)
    const list = [
      { version: 10, name: 'a', sql: 'never again' },
      { version: 20, name: 'b', sql: 'DROP TABLE a' },
    ]
    migrate(first, file, list)
    first.close()
    const copy = new Sqlite(`${file}.format-10.bak`, { readonly: true })
    expect(copy.prepare('SELECT x FROM a').pluck().get()).toBe(7)
    expect(copy.pragma('user_version', { simple: true })).toBe(10)
    copy.close()
  })

  it('takes all pending migrations or none', () => {
    const file = tempFile()
    const db = new Sqlite(file)
    const list = [
      { version: 10, name: 'good', sql: 'CREATE TABLE a (x INTEGER) STRICT' },
      { version: 20, name: 'bad', sql: 'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (y TEXT) STRICT' },
    ]
    expect(() => migrate(db, file, list)).toThrow(/left as it was/)
    expect(db.pragma('user_version', { simple: true })).toBe(0)
    expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
    db.close()
  })
})
