import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { copyStore } from '../../../db/copy-store.ts'
import { databaseFile } from '../../../db/data-dir.ts'
import { replaceStore } from '../../../db/open-store.ts'
import { makeFolder, privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { lockWithoutBoard } from '../lock-without-board.ts'
import { storeFailure } from '../store-failure.ts'

/** `lineside restore`: checks a copy and puts it in the place of the store, which is kept under another name. */
export async function restore(given: string, options: { data: string }): Promise<void> {
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  const source = resolve(given)
  const isFile = statSync(source, { throwIfNoEntry: false })?.isFile() === true
  if (!isFile) throw new HostError(`There is no file ${source}: check the path.`)
  try {
    await makeFolder(dataDir)
    const lock = lockWithoutBoard(dataDir, 'restore the copy')
    try {
      const kept = await putInPlace(dataDir, source)
      console.log(
        `${dataDir} now holds the store of ${source}, checked.${kept === null ? '' : ` The one before is kept as ${kept}.`}`,
      )
    } finally {
      lock.release()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
}

/** Answers the name under which the store before is kept; null: there was none. */
async function putInPlace(dataDir: string, source: string): Promise<string | null> {
  const file = databaseFile(dataDir)
  if (source === file) throw new HostError(`${source} is the store itself: name a copy of it.`)
  const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
  const whole = `${file}.restored`
  await copyStore({ file: source, nativeBinding }, whole).catch((error: unknown) => {
    throw sourceFailure(error, source)
  })
  return replaceStore(dataDir, whole, Date.now())
}

/** What is wrong with the copy, and not with the data folder. */
function sourceFailure(error: unknown, source: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new HostError(`${source} cannot be opened: copy it to a folder of your own and restore that.`)
  }
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return error
  return new HostError(`${source} is damaged or no store at all: restore another copy. Nothing was changed.`)
}
