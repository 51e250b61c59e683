import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './project-folder.ts'

/** Version of the product, as on the board and in `lineside --version`. */
export function productVersion(): string {
  const text = readFileSync(join(projectFolder(), 'package.json'), 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}
