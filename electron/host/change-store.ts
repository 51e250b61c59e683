import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase, type OpenDatabase } from '../../db/open-database.ts'
import { lockWithoutBoard } from './lock-without-board.ts'
import { storeFailure } from './store-failure.ts'

/**
 * Changes the store while no board runs on the folder; `purpose` is what is to be done after a running one was stopped. Throws
 * HostError for a failure of the store; what `change` throws of its own is turned by `own` first.
 */
export async function changeStore<T>(
  dataDir: string,
  purpose: string,
  change: (database: OpenDatabase) => T | Promise<T>,
  own: (error: unknown) => Error | null = () => null,
): Promise<T> {
  try {
    const lock = lockWithoutBoard(dataDir, purpose)
    try {
      const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
      const database = openDatabase({ file: databaseFile(dataDir), nativeBinding })
      try {
        return await change(database)
      } finally {
        database.close()
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    throw own(error) ?? storeFailure(error, dataDir)
  }
}
