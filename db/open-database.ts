import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import type { ReadDb, WriteDb } from './handles.ts'
import { createLogSync } from './log-sync.ts'
import type { LogSync } from './log-sync.ts'
import { migrate, needCurrent } from './migrate.ts'
import { checkAtStart } from './quick-check.ts'

export type OpenOptions = {
  /** Path of the SQLite file; its folder exists. */
  file: string
  /** Path of another build of better-sqlite3's binary, for a runtime that the packaged one does not know. */
  nativeBinding?: string
  /** Look first whether the file is what was written; throws DamagedError when not. */
  check?: boolean
}

/** `read` sees what is committed and cannot write; `write` is the one writing connection. */
export type OpenDatabase = { read: ReadDb; write: WriteDb; log: Omit<LogSync, 'close'>; close: () => void }
export type OpenReadonly = { read: ReadDb; close: () => void }

/** How long a statement waits for another connection's lock. Milliseconds. */
const busyTimeoutMs = 5_000
/** Pages in the write-ahead log before they are moved into the file: 16 MiB, so that bursts are not held up often. */
const checkpointPages = 4_000
/** better-sqlite3's packaged binary crashes without a word below this Node-API version (Node 22.14 has it). */
const neededNapi = 10

function loadSqlite(nativeBinding: string | undefined): typeof BetterSqlite3 {
  const napi = Number(process.versions.napi ?? 0)
  if (!nativeBinding && napi < neededNapi) {
    throw new Error(
      `The store needs Node 22.14 or newer and this is Node ${process.versions.node}: start with "npm start", which brings the right one, or name a fitting better-sqlite3 binary in LINESIDE_SQLITE_BINDING`,
    )
  }
  return createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3
}

/**
 * Pages that a connection keeps, KiB. The system keeps the file's pages anyway; better-sqlite3's 16,000 for each connection fill up
 * over hours, which looks like a leak (docs/soak.md).
 */
const cacheKib = 4_000

/** A connection of its own, for this folder only. Close it. */
export function connect(options: OpenOptions, readonly: boolean): BetterSqlite3.Database {
  const Sqlite = loadSqlite(options.nativeBinding)
  const db = new Sqlite(options.file, {
    readonly,
    fileMustExist: readonly,
    timeout: busyTimeoutMs,
    ...(options.nativeBinding ? { nativeBinding: options.nativeBinding } : {}),
  })
  db.pragma('foreign_keys = ON')
  db.pragma(`cache_size = -${cacheKib}`)
  return db
}

/**
 * Opens the store, makes it when missing and brings it to the newest format. WAL with synchronous=FULL: what is
 * committed survives a power cut, but for what `log.unsynced` commits. Throws one sentence when the runtime is too old, the file is newer or cannot be read.
 */
export function openDatabase(options: OpenOptions): OpenDatabase {
  const write = connect(options, false)
  try {
    write.pragma('journal_mode = WAL')
    write.pragma('synchronous = FULL')
    write.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    if (options.check) checkAtStart(write)
    migrate(write, options.file)
    const read = connect(options, true)
    const log = createLogSync(write as WriteDb, options.file)
    return {
      read: read as ReadDb,
      write: write as WriteDb,
      log,
      close: () => {
        log.close()
        read.close()
        write.close()
      },
    }
  } catch (error) {
    write.close()
    throw error
  }
}

/** Opens an existing store for queries only, also beside a running engine. Throws one sentence when it is not there. */
export function openReadonly(options: OpenOptions): OpenReadonly {
  if (!existsSync(options.file)) {
    throw new Error(`There is no store at ${options.file}: name the data directory of a board that has run`)
  }
  const read = connect(options, true)
  try {
    needCurrent(read, options.file)
  } catch (error) {
    read.close()
    throw error
  }
  return { read: read as ReadDb, close: () => read.close() }
}
