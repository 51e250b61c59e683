import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot } from '../parts.ts'

/** A small disk of its own for a data folder; it can be filled up. Needs root. */
export type SmallDisk = {
  path: string
  fill: () => void
  free: () => void
  /** What is on it, for a failure's message. */
  contents: () => string
  remove: () => void
}

/** Room for the store, its copies and its reserve, and more. */
const sizeMb = 256
const blockBytes = 1_048_576

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
    contents: () =>
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map((name) => `${name} ${statSync(join(path, name)).size}`)
        .join(', '),
    remove: () => void execFileSync('umount', ['-l', path]),
  }
}
