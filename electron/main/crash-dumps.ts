import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter } from 'electron'
import { log } from './log.ts'

/** Dumps that stay on the device, the newest ones. Each is well under 10 MB. */
export const keptDumps = 10
/** A crash's dump is written within this time. Milliseconds. */
const writtenAfterMs = 10_000

/** Writes a dump of each crash into the profile, sends none anywhere, and keeps the newest ten. Before `ready`. */
export function keepCrashDumps(): { sweepSoon: () => void } {
  crashReporter.start({ uploadToServer: false, compress: false })
  const sweep = () => sweepDumps(app.getPath('crashDumps'))
  sweep()
  return { sweepSoon: () => setTimeout(sweep, writtenAfterMs) }
}

/** Removes all dumps under `dir` but the newest ones. */
export function sweepDumps(dir: string): void {
  try {
    readdirSync(dir, { recursive: true })
      .map((name) => join(dir, String(name)))
      .filter((path) => path.endsWith('.dmp'))
      .map((path) => ({ path, atMs: statSync(path).mtimeMs }))
      .sort((a, b) => b.atMs - a.atMs)
      .slice(keptDumps)
      .forEach(({ path }) => rmSync(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    log('warn', `Old crash dumps could not be removed: ${String(error)}`)
  }
}
