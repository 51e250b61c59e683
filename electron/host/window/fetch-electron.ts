import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A download that has not grown for this long is given up. Milliseconds. */
const stallLimitMs = 20_000

/**
 * Runs Electron's own installer with a temporary folder of its own, whose growth is the progress. Null: done; else why not, in
 * a few words.
 */
export async function fetchElectron(installer: string, limitMs = stallLimitMs): Promise<string | null> {
  const temporary = mkdtempSync(join(tmpdir(), 'lineside-electron-'))
  const child = spawn(process.execPath, [installer], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  })
  const stopFetching = () => child.kill()
  process.once('SIGINT', stopFetching).once('SIGTERM', stopFetching)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(0, 4_000)))
  let stalled = false
  let bytes = -1
  let grownAtMs = performance.now()
  const watch = setInterval(() => {
    const now = folderBytes(temporary) + folderBytes(join(installer, '..', 'dist'))
    if (now !== bytes) {
      bytes = now
      grownAtMs = performance.now()
    } else if (performance.now() - grownAtMs > limitMs) {
      stalled = true
      child.kill()
    }
  }, 500)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', resolve)
  })
  clearInterval(watch)
  process.off('SIGINT', stopFetching).off('SIGTERM', stopFetching)
  rmSync(temporary, { recursive: true, force: true })
  if (stalled) return `no progress for ${limitMs / 1000} s`
  if (code === 0) return null
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ECONNRESET|fetch failed/.test(errors))
    return 'no network'
  return /(?:Error: )?(.*)/.exec(errors)?.[1]?.slice(0, 120) || 'its installer failed'
}

function folderBytes(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true }).reduce((sum, name) => {
      return sum + (statSync(join(folder, String(name)), { throwIfNoEntry: false })?.size ?? 0)
    }, 0)
  } catch {
    return 0
  }
}
