import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadPlant } from '../../shared/settings/load-plant.ts'
import type { LoadedPlant } from '../../shared/settings/load-plant.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { plantErrorText } from '../../shared/settings/read-yaml.ts'
import { HostError, reasonOf } from './host-error.ts'
import { storeFailure } from './store-failure.ts'

/** Settings a data folder was last run with, for commands that get only `--data`. Holds no secret. */
const rememberedName = 'plant.json'

/** A plant file larger than this is not read. Bytes. */
export const plantFileLimit = 1024 * 1024

/** Reads and checks a plant file. A file that cannot be read throws HostError. */
export async function loadPlantFile(file: string): Promise<LoadedPlant> {
  return loadPlant(await readTextFile(file, 'plant file'))
}

/** Text of a file that somebody wrote, at most 1 MB. `what` it should be. Throws HostError. */
export async function readTextFile(file: string, what: string): Promise<string> {
  const bytes = await readUpTo(file, plantFileLimit + 1).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new HostError(`There is no ${what} ${file}: check the path.`)
    if (error.code === 'EISDIR') throw new HostError(`${file} is a folder: name the ${what} in it.`)
    throw new HostError(`The ${what} ${file} cannot be read (${reasonOf(error)}): check the path.`)
  })
  if (bytes.length > plantFileLimit)
    throw new HostError(`${file} is larger than 1 MB and so not a ${what}: check the path.`)
  return textOf(bytes, file)
}

function textOf(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HostError(`${file} is not a text file in UTF-8: save it as UTF-8, or check the path.`)
  }
}

/** Reads no more than `limit` bytes, also of a device or a pipe that never ends. */
async function readUpTo(file: string, limit: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const buffer = Buffer.alloc(limit)
    let length = 0
    while (length < limit) {
      const { bytesRead } = await handle.read(buffer, length, limit - length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return buffer.subarray(0, length)
  } finally {
    await handle.close()
  }
}

/** A plant file that has to be right. Throws HostError that lists every mistake. */
export async function readPlantFile(file: string): Promise<Plant> {
  const loaded = await loadPlantFile(file)
  if ('plant' in loaded) return loaded.plant
  const list = loaded.errors.map((error) => plantErrorText(file, error)).join('\n')
  throw new HostError(
    `${list}\nThe plant file has mistakes: mend them, "lineside check ${file}" checks again.`,
  )
}

/** Keeps the settings beside the store (written whole, then renamed). */
export async function rememberPlant(dataDir: string, plant: Plant): Promise<void> {
  const file = join(dataDir, rememberedName)
  await writeFile(`${file}.new`, `${JSON.stringify(plant, null, 2)}\n`)
  await rename(`${file}.new`, file)
}

/** The plant of a data folder: the file given, else the settings it was last run with. */
export async function plantOfData(dataDir: string, plantFile: string | undefined): Promise<Plant> {
  if (plantFile !== undefined) return readPlantFile(plantFile)
  const text = await readFile(join(dataDir, rememberedName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw storeFailure(error, dataDir)
    throw new HostError(`No data of Lineside in ${dataDir}: check --data, or run the plant with it first.`)
  })
  const loaded = loadPlant(text)
  if ('plant' in loaded) return loaded.plant
  throw new HostError(
    `The settings kept in ${dataDir} do not fit this version: name the plant file with --plant.`,
  )
}
