import { execFileSync } from 'node:child_process'
import { chmodSync, statSync } from 'node:fs'
import type { TestContext } from 'vitest'
import { cannotRun, isRoot } from './parts.ts'

/**
 * Makes a file or folder one that nobody can write: for root by a read-only mount of itself, for others by its rights. Where
 * neither can be done, the test cannot run.
 */
export function makeReadOnly(context: TestContext, path: string): { undo: () => void } {
  if (!isRoot()) {
    const { mode } = statSync(path)
    chmodSync(path, mode & 0o555)
    return { undo: () => chmodSync(path, mode) }
  }
  try {
    execFileSync('mount', ['--bind', path, path], { stdio: 'pipe' })
  } catch (error) {
    return cannotRun(context, `root cannot mount here: ${String(error)}`)
  }
  execFileSync('mount', ['-o', 'remount,ro,bind', path])
  return { undo: () => void execFileSync('umount', ['-l', path]) }
}
