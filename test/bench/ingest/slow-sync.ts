import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Environment in which every sync to disk takes `ms` longer; needs gcc. `dir`: where the library is put. */
export function slowSync(dir: string, ms: number): Record<string, string> {
  const library = join(dir, 'slowsync.so')
  execFileSync('gcc', [
    '-shared',
    '-fPIC',
    '-O1',
    '-o',
    library,
    join(import.meta.dirname, 'slowsync.c'),
    '-ldl',
  ])
  return { LD_PRELOAD: library, SLOWSYNC_US: String(ms * 1000) }
}
