/**
 * `npm run bench`: lists the benches. `npm run bench -- NAME [arguments]` runs one. Each file beside this one is a bench, and
 * begins with a comment that says what it measures and which arguments it takes.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = import.meta.dirname
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()

/** The comment at the top of the file, as one paragraph. */
function description(name: string): string {
  const text = readFileSync(join(folder, `${name}.ts`), 'utf8')
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? ''
  return comment
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const [name, ...args] = process.argv.slice(2)
if (name === undefined) {
  for (const one of names) console.log(`npm run bench -- ${one}\n    ${description(one)}`)
} else if (!names.includes(name)) {
  console.error(`There is no bench ${name}: give one of ${names.join(', ')}.`)
  process.exitCode = 2
} else {
  const run = spawnSync(process.execPath, [join(folder, `${name}.ts`), ...args], { stdio: 'inherit' })
  process.exitCode = run.status ?? 1
}
