import { renameSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { migrations } from './migrations/migrations.ts'
import type { Migration } from './migrations/migrations.ts'

function schemaVersion(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

export function newestVersion(list: readonly Migration[] = migrations): number {
  return list[list.length - 1]?.version ?? 0
}

/** The file was written by a newer Lineside. */
export class NewerFormatError extends Error {
  override name = 'NewerFormatError'
}

/** Throws NewerFormatError, one clear sentence, when the file was written by a newer Lineside. */
export function refuseNewer(
  db: Database.Database,
  file: string,
  list: readonly Migration[] = migrations,
): void {
  const found = schemaVersion(db)
  const known = newestVersion(list)
  if (found > known) {
    throw new NewerFormatError(
      `${file} was written by a newer Lineside (format ${found}, this one knows ${known}): install that version again, or start with another data directory`,
    )
  }
}

/** Throws one clear sentence unless the file is a store of this Lineside or an older one. */
export function needKnown(db: Database.Database, file: string): void {
  refuseNewer(db, file)
  if (schemaVersion(db) === 0) throw new Error(`${file} is no store of Lineside: check the path`)
}

/** Throws one clear sentence unless the file has exactly the format this Lineside reads. */
export function needCurrent(db: Database.Database, file: string): void {
  refuseNewer(db, file)
  const found = schemaVersion(db)
  if (found === newestVersion()) return
  throw new Error(
    `${file} has the older format ${found}: start the board once with this version, which brings it up to date`,
  )
}

/**
 * Brings the file to the newest format in one exclusive transaction, `user_version` included: afterwards it has all of
 * the pending migrations or none. A file that already holds something is first copied beside itself
 * (`<file>.format-<n>.bak`).
 */
export function migrate(db: Database.Database, file: string, list: readonly Migration[] = migrations): void {
  refuseNewer(db, file, list)
  const found = schemaVersion(db)
  const pending = list.filter((migration) => migration.version > found)
  if (pending.length === 0) return
  if (found > 0) backUp(db, `${file}.format-${found}.bak`)
  db.exec('BEGIN EXCLUSIVE')
  try {
    for (const migration of pending) {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.version}`)
    }
    db.exec('COMMIT')
  } catch (cause) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw new Error(`${file} could not be brought up to date and was left as it was: ${String(cause)}`, {
      cause,
    })
  }
}

function backUp(db: Database.Database, target: string): void {
  const part = `${target}.part`
  rmSync(part, { force: true })
  db.prepare('VACUUM INTO ?').run(part)
  renameSync(part, target)
}
