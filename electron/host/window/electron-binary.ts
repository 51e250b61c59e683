import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '../project-folder.ts'

/** A download that has not grown for this long is given up. Milliseconds. */
const stallLimitMs = 20_000
/** After a failed download none is tried for this long, so that the next start is quick. Milliseconds. */
const retryAfterMs = 60 * 60_000

export type ElectronBinary =
  { path: string } | { /** Why there is none, and what happens instead. */ sentence: string }

const names: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
}

/** Electron's binary: the one that ELECTRON_OVERRIDE_DIST_PATH names, the installed one, or fetched now. */
export async function electronBinary(): Promise<ElectronBinary> {
  const name = names[process.platform] ?? 'electron'
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    if (existsSync(join(override, name))) return { path: join(override, name) }
    return instead(`ELECTRON_OVERRIDE_DIST_PATH names ${override}, where there is no Electron`)
  }
  const folder = join(projectFolder(), 'node_modules', 'electron')
  const own = join(folder, 'dist', name)
  if (existsSync(own)) return { path: own }
  if (!existsSync(join(folder, 'install.js'))) return instead('Electron is not installed')
  const failed = failedBefore()
  if (failed) return instead(`Electron could not be fetched (${failed})`)
  console.log('Fetching Electron, about 120 MB, once.')
  const reason = await fetchElectron(join(folder, 'install.js'))
  if (reason === null && existsSync(own)) return { path: own }
  rememberFailure(reason ?? 'its binary did not come')
  return instead(`Electron could not be fetched (${reason ?? 'its binary did not come'})`)
}

function instead(reason: string): ElectronBinary {
  return { sentence: `${reason}, so the board opens in a browser.` }
}

/** Runs Electron's own installer with a temporary folder of its own, whose growth is the progress. Null: done. */
async function fetchElectron(installer: string): Promise<string | null> {
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
    } else if (performance.now() - grownAtMs > stallLimitMs) {
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
  if (stalled) return `no progress for ${stallLimitMs / 1000} s`
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

function failureFile(): string {
  return join(projectFolder(), 'node_modules', '.cache', 'lineside', 'electron-fetch-failed')
}

function failedBefore(): string | null {
  try {
    if (Date.now() - statSync(failureFile()).mtimeMs > retryAfterMs) return null
    return `${readFileSync(failureFile(), 'utf8')}; tried less than an hour ago`
  } catch {
    return null
  }
}

function rememberFailure(reason: string): void {
  try {
    mkdirSync(join(failureFile(), '..'), { recursive: true })
    writeFileSync(failureFile(), reason)
  } catch {
    // A folder that cannot be written only means that the next start tries again.
  }
}
