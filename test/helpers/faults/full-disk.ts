import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot } from '../parts.ts'

/** A small disk of its own for a data folder; it can be filled up. Needs root. */
export type SmallDisk = { path: string; fill: () => void; free: () => void; remove: () => void }

const sizeMb = 96
const blockBytes = 65_536

export const canMount = isRoot() && process.platform === 'linux'

/** `path`: an empty folder that becomes the disk. */
export function mountSmallDisk(path: string): SmallDisk {
  mkdirSync(path, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'lineside-faults', path])
  const ballast = join(path, 'ballast')
  return {
    path,
    fill: () => {
      for (let size = blockBytes; size >= 512;) {
        try {
          appendFileSync(ballast, Buffer.alloc(size))
        } catch {
          size /= 2
        }
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => void execFileSync('umount', ['-l', path]),
  }
}
