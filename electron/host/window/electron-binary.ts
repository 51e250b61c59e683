import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../project-folder.ts'
import { fetchElectron } from './fetch-electron.ts'

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
