import { resolve } from 'node:path'
import { databaseFile } from '../../db/data-dir.ts'
import type { ReadDb } from '../../db/handles.ts'
import { openReadonly } from '../../db/open-database.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { HostError } from './host-error.ts'
import { plantOfData } from './plant-file.ts'
import { storeFailure } from './store-failure.ts'

export type OpenLine = { plant: Plant; line: LineSettings; read: ReadDb }

/** Throws HostError that names the lines there are. */
export function lineOfPlant(plant: Plant, id: string): LineSettings {
  const line = plant.lines.find((candidate) => candidate.id === id)
  if (line) return line
  const ids = plant.lines.map((candidate) => candidate.id).join(', ')
  throw new HostError(`There is no line ${id} in this plant: give --line one of ${ids}.`)
}

/** Opens one line; see withLines. */
export async function withLine(
  options: { data: string; line: string; plant?: string },
  use: (open: OpenLine) => Promise<void>,
): Promise<void> {
  await withLines(options, ({ plant, lines, read }) => use({ plant, line: lines[0]!, read }))
}

/**
 * Opens lines of a data folder for reading, also while a board runs on it, as long as `use` takes: one, several by comma, or
 * "all". Throws HostError.
 */
export async function withLines(
  options: { data: string; line: string; plant?: string },
  use: (open: { plant: Plant; lines: readonly LineSettings[]; read: ReadDb }) => Promise<void>,
): Promise<void> {
  const dataDir = resolve(options.data)
  const plant = await plantOfData(dataDir, options.plant)
  const wanted = options.line === 'all' ? plant.lines.map((line) => line.id) : options.line.split(',')
  const lines = wanted.map((id) => lineOfPlant(plant, id))
  try {
    const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
    const { read, close } = openReadonly({ file: databaseFile(dataDir), nativeBinding })
    try {
      await use({ plant, lines, read })
    } finally {
      close()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
}
