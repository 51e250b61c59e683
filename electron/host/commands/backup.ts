import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { copyStore } from '../../../db/copy-store.ts'
import { databaseFile } from '../../../db/data-dir.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { storeFailure } from '../store-failure.ts'

/** `lineside backup`: a checked copy of the store in one file, also while the board runs. */
export async function backup(given: string, options: { data: string; force?: boolean }): Promise<void> {
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  const target = resolve(given)
  const file = databaseFile(dataDir)
  if (!existsSync(file)) throw new HostError(`No data of Lineside in ${dataDir}: check --data.`)
  refuseTarget(target, file, options.force === true)
  const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
  await copyStore({ file, nativeBinding }, target).catch((error: unknown) => {
    throw storeFailure(error, dataDir)
  })
  console.log(`The store in ${dataDir} was copied to ${target} (${megabytes(target)} MB) and checked.`)
}

function refuseTarget(target: string, file: string, force: boolean): void {
  const there = statSync(target, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw new HostError(`${target} is a folder: name the file for the copy.`)
  if (target === file) throw new HostError(`${target} is the store itself: name another file.`)
  if (there && !force) {
    throw new HostError(`${target} is there already: name another file, or add --force to replace it.`)
  }
  if (!existsSync(dirname(target))) {
    throw new HostError(`There is no folder ${dirname(target)}: make it, or name another file.`)
  }
}

function megabytes(file: string): string {
  return (statSync(file).size / 1e6).toFixed(1)
}
