/** `npm run fuzz -- NAME [arguments]` runs one of the files beside this one. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const name = process.argv[2] ?? ''
const file = join(import.meta.dirname, `${name}.ts`)
if (/^[a-z-]+$/.test(name) && name !== 'run' && existsSync(file)) await import(file)
else {
  console.error('Give what to fuzz: npm run fuzz -- ingest [messages] [seed]')
  process.exitCode = 2
}
