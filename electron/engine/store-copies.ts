import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { databaseFile } from '../../db/data-dir.ts'
import { copyInBackground } from '../../db/copy-in-background.ts'
import { markDamaged, ownCopyFile } from '../../db/open-store.ts'
import type { StoreNotice } from '../../shared/contract/board.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'

/** Between two looks whether a copy is due. Milliseconds. */
export const copyLookMs = 60_000
/** After a copy failed for another reason than damage, the next try comes so much later. Milliseconds. */
const retryMs = 3_600_000
/** The disk keeps at least this much room after a copy. Bytes. */
const spareBytes = 256 * 1_048_576

export type StoreCopies = {
  start: () => void
  stop: () => Promise<void>
  /** The store was found damaged; null: nothing known. */
  notice: () => StoreNotice | null
  /** SQLite itself called the store damaged. */
  foundDamage: () => void
}

/** Copies the store now and then, on a thread of its own, and so checks all of it. */
export function createStoreCopies(options: {
  dir: string
  everyHours: number
  now: () => EpochMs
  nativeBinding: string | undefined
  onChange: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}): StoreCopies {
  const { dir, now, log } = options
  const file = databaseFile(dir)
  const target = ownCopyFile(dir)
  let damaged = false
  let timer: NodeJS.Timeout | null = null
  let running: ReturnType<typeof copyInBackground> | null = null
  let notBeforeMs = -Infinity
  let stopped = true

  async function look(): Promise<void> {
    const dueMs = (madeMs(target) ?? -Infinity) + options.everyHours * 3_600_000
    if (damaged || running !== null || performance.now() < notBeforeMs || now() < dueMs) return
    if (!(await hasRoom())) {
      notBeforeMs = performance.now() + retryMs
      log(
        'warn',
        'There is no room on the disk for a copy of the store: free some, or set copy.everyHours to 0.',
      )
      return
    }
    if (stopped) return
    running = copyInBackground({ file, target, nativeBinding: options.nativeBinding })
    const outcome = await running.done
    running = null
    if (outcome.ok || stopped) return
    notBeforeMs = performance.now() + retryMs
    if (outcome.damaged) foundDamage()
    log('error', `The store could not be copied: ${outcome.reason}`)
  }

  async function hasRoom(): Promise<boolean> {
    const { bavail, bsize } = await statfs(dir)
    return bavail * bsize > statSync(file).size + spareBytes
  }

  function foundDamage(): void {
    if (damaged) return
    damaged = true
    markDamaged(dir)
    options.onChange()
  }

  function again(): void {
    look()
      .catch((error: unknown) => log('warn', `The copy of the store failed: ${String(error)}`))
      .finally(() => {
        if (!stopped) timer = setTimeout(again, copyLookMs)
      })
  }

  return {
    start: () => {
      if (!stopped || options.everyHours === 0) return
      stopped = false
      timer = setTimeout(again, copyLookMs)
    },
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await running?.cancel()
    },
    notice: () => (damaged ? { kind: 'damaged' } : null),
    foundDamage,
  }
}

function madeMs(file: string): EpochMs | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
}
