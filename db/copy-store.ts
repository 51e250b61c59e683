import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { checkWhole } from './quick-check.ts'
import { connect } from './open-database.ts'
import type { OpenOptions } from './open-database.ts'
import { needKnown } from './migrate.ts'

/** Pages of 4 KiB that are copied before others get their turn. */
const pagesAtOnce = 500

/**
 * Copies a store as it stands at this instant into one file of its own, also while a board writes it, and checks the copy. The
 * target is replaced only by a whole and sound copy. Throws `DamagedError` when the store itself is damaged.
 */
export async function copyStore(from: OpenOptions, target: string): Promise<void> {
  const part = `${target}.part`
  removeStore(part)
  try {
    const source = connect(from, true)
    try {
      needKnown(source, from.file)
      // An open read holds the snapshot: without it every commit of the board would start the copy over.
      source.exec('BEGIN')
      source.prepare('SELECT count(*) FROM sqlite_schema').get()
      await source.backup(part, { progress: () => pagesAtOnce })
    } finally {
      source.close()
    }
    const copy = connect({ ...from, file: part }, false)
    try {
      copy.pragma('journal_mode = DELETE')
      checkWhole(copy)
    } finally {
      copy.close()
    }
    syncFile(part)
    renameSync(part, target)
  } catch (error) {
    removeStore(part)
    throw error
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/** Deletes a database file with what SQLite keeps beside it. */
export function removeStore(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}
