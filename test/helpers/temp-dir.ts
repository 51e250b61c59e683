import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh folder of one test. Call `remove` when done; removing twice is fine. */
export function makeTempDir(name = 'test'): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `lineside-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}
