import { lockDataDir } from '../../db/data-dir.ts'
import { HostError } from './host-error.ts'

/** The store has one writer. Throws HostError while a board runs; `what` is to be done after it was stopped. */
export function lockWithoutBoard(dataDir: string, what: string): { release: () => void } {
  try {
    return lockDataDir(dataDir)
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error
    throw new HostError(`A board runs on ${dataDir}: stop it, ${what}, then start it again.`)
  }
}
