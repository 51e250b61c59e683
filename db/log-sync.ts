import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { WriteDb } from './handles.ts'

/**
 * Commits whose sync to the disk does not hold up the thread: many of them share one, and the next are made meanwhile.
 * Whoever answers for what was committed (to a broker, say) does so after `sync`.
 */
export type LogSync = {
  /** Runs `work`. A power cut may undo what it commits until a `sync` begun later has ended; the end of the process can't. */
  unsynced: <T>(work: () => T) => T
  /** Ends when everything committed before the call survives a power cut. Rejects when the disk refuses. */
  sync: () => Promise<void>
  close: () => void
}

/** `write`: in WAL mode with synchronous=FULL. `file`: of the store; the log lies beside it as long as `write` is open. */
export function createLogSync(write: WriteDb, file: string): LogSync {
  let handle: Promise<FileHandle> | null = null
  /** After a refused sync nobody knows what of the log has reached the disk, and no later sync of it tells. */
  let doubtful = false

  /** Brings the whole log into the file, which SQLite syncs, and empties it. */
  function emptyLog(): void {
    const [result] = write.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (result?.busy !== 0) throw Object.assign(new Error('the store is being read'), { code: 'SQLITE_BUSY' })
    doubtful = false
  }

  function close(): void {
    void handle?.then((opened) => opened.close()).catch(() => {})
    handle = null
  }

  return {
    unsynced: (work) => {
      write.exec('PRAGMA synchronous = NORMAL')
      try {
        return work()
      } finally {
        write.exec('PRAGMA synchronous = FULL')
      }
    },
    sync: async () => {
      if (doubtful) return emptyLog()
      try {
        handle ??= open(`${file}-wal`, 'r+')
        await (await handle).datasync()
      } catch (error) {
        doubtful = true
        close()
        throw error
      }
    },
    close,
  }
}
