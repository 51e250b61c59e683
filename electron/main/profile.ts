import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Electron's own profile (locks, caches); nothing of the line. */
export type Profile = {
  dir: string
  /** Why the profile is a throw-away one; null when it lies in the data folder. */
  problem: string | null
  /** Removes a throw-away profile. */
  discard: () => void
}

/**
 * Places the profile in the data folder, so that boards with different data do not collide. On a folder that cannot be
 * written Electron's single-instance lock would fail as if another instance ran, so such a board gets a temporary profile.
 */
export function placeProfile(dataDir: string): Profile {
  const dir = join(dataDir, 'kiosk')
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.W_OK)
    const probe = join(dir, 'write-probe')
    writeFileSync(probe, '')
    rmSync(probe)
    return { dir, problem: null, discard: () => {} }
  } catch (error) {
    const temporary = mkdtempSync(join(tmpdir(), 'lineside-kiosk-'))
    const reason = error instanceof Error ? error.message : String(error)
    return {
      dir: temporary,
      problem: `The data folder ${dataDir} cannot be written (${reason}). Make it writable for this user.`,
      discard: () => rmSync(temporary, { recursive: true, force: true }),
    }
  }
}
