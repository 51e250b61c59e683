import { open, statfs, unlink } from 'node:fs/promises'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreNotice } from '../../shared/contract/board.ts'

/** Between two looks at the disk. Milliseconds. */
export const diskLookMs = 15_000
/** Room held back for a full disk: at most this, on small disks one part in `reserveShare`. Bytes. */
const mostReserveBytes = 64 * 1_048_576
const reserveShare = 32
/** Written in pieces of this size. Bytes. */
const pieceBytes = 1_048_576

/** A file that holds room back. SQLite cannot even delete rows on a full disk; with this gone it can, and entries go on. */
export function reserveFile(dir: string): string {
  return join(dir, 'disk-reserve')
}

/** For a start on a full disk: gives the reserve up. False: there was none. */
export function spendReserve(dir: string): boolean {
  const held = existsSync(reserveFile(dir))
  rmSync(reserveFile(dir), { force: true })
  return held
}

export type DiskWatch = {
  start: () => void
  stop: () => Promise<void>
  /** While the disk is nearly full; null: there is room. */
  notice: () => StoreNotice | null
}

/** Watches the disk of the data directory, and holds a reserve on it that it gives up when the disk is full. */
export function createDiskWatch(options: {
  dir: string
  onChange: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}): DiskWatch {
  const file = reserveFile(options.dir)
  let notice: StoreNotice | null = null
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> = Promise.resolve()
  let stopped = true

  async function look(): Promise<void> {
    const { bavail, blocks, bsize } = await statfs(options.dir)
    const freeBytes = bavail * bsize
    const reserveBytes = Math.min(mostReserveBytes, Math.floor((blocks * bsize) / reserveShare))
    const held = existsSync(file)
    if (held && freeBytes < reserveBytes / 4) {
      await unlink(file)
      options.log('warn', `The disk is full: its reserve of ${mega(reserveBytes)} MB was given up.`)
    } else if (!held && freeBytes > reserveBytes * 4) await hold(reserveBytes)
    const isShort = !existsSync(file)
    tell(isShort ? { kind: 'diskLow', freeMb: mega(freeBytes) } : null)
  }

  async function hold(bytes: number): Promise<void> {
    const handle = await open(file, 'w', 0o600)
    let left = bytes
    try {
      const piece = Buffer.alloc(pieceBytes)
      for (; left > 0 && !stopped; left -= pieceBytes) {
        await handle.write(piece, 0, Math.min(left, pieceBytes))
      }
    } catch (error) {
      await unlink(file)
      throw error
    } finally {
      await handle.close()
    }
    // Stopped on the way: a part of it would pass for the whole at the next start.
    if (left > 0) await unlink(file)
  }

  function tell(next: StoreNotice | null): void {
    if (JSON.stringify(next) === JSON.stringify(notice)) return
    notice = next
    options.onChange()
  }

  function again(): void {
    // A disk that cannot be asked or written shows itself when storing fails.
    looking = look()
      .catch(() => {})
      .then(() => {
        if (!stopped) timer = setTimeout(again, diskLookMs)
      })
  }

  return {
    start: () => {
      if (!stopped) return
      stopped = false
      again()
    },
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await looking
    },
    notice: () => notice,
  }
}

const mega = (bytes: number): number => Math.round(bytes / 1e6)
