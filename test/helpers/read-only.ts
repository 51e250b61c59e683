import { execFileSync } from 'node:child_process'
import { chmodSync, statSync } from 'node:fs'
import type { TestContext } from 'vitest'
import { isRoot } from './parts.ts'

/**
 * Makes a file or folder one that nobody can write: for root by a read-only mount of itself, for others by its rights. Where
 * neither can be done, the test is skipped with a reason, or fails where nothing may skip (CI_REQUIRE_ALL=1).
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
    if (process.env.CI_REQUIRE_ALL === '1') throw error
    return context.skip(`root cannot mount here: ${String(error)}`) as never
  }
  execFileSync('mount', ['-o', 'remount,ro,bind', path])
  return { undo: () => void execFileSync('umount', ['-l', path]) }
}
