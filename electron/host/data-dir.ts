import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { databaseFile } from '../../db/data-dir.ts'
import { defaultDataDir as dataDirOf } from '../../shared/settings/default-data-dir.ts'
import { HostError } from './host-error.ts'
import { storeFailure } from './store-failure.ts'

/** For processes that write the data folder: what they make is for this user only, since PIN hashes are in it. */
export const privateUmask = 0o077
/** Only the demo writes this file, so it tells a demo's data folder from a real plant's. */
export const demoFileName = 'demo.json'

/** Where data lives when `--data` is not given. */
export function defaultDataDir(demo: boolean): string {
  return dataDirOf({ env: process.env, platform: process.platform, home: homedir() }, demo)
}

/**
 * Makes the data folder when it is missing (for this user only), and keeps demo and real data apart.
 * Throws HostError.
 */
export async function prepareDataDir(dataDir: string, demo: boolean): Promise<void> {
  const hasDemo = existsSync(join(dataDir, demoFileName))
  if (demo && !hasDemo && existsSync(databaseFile(dataDir))) {
    throw new HostError(
      `${dataDir} holds the data of a real plant: name its plant file with --plant, or give the demo another --data folder.`,
    )
  }
  if (!demo && hasDemo) {
    throw new HostError(`${dataDir} holds the data of the demo: give the plant another --data folder.`)
  }
  await makeFolder(dataDir).catch((error: unknown) => {
    throw storeFailure(error, dataDir)
  })
}

/** Node's own recursive mkdir never ends where the system refuses new folders with ENOENT, as /proc does. */
export async function makeFolder(folder: string): Promise<void> {
  if (existsSync(join(folder, '.'))) return
  const parent = dirname(folder)
  if (parent !== folder && !existsSync(parent)) await makeFolder(parent)
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!existsSync(join(folder, '.'))) throw error
  })
}
