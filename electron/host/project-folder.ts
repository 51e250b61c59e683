import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the package: the nearest one upwards with a package.json, from source and from the built file alike. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('The package.json of Lineside was not found: install it again.')
    folder = parent
  }
  return folder
}

/** Folder of the built page. */
export function boardFolder(): string {
  return join(projectFolder(), 'dist', 'renderer')
}
