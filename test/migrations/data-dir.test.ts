import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { lockDataDir } from '../../db/data-dir.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

function dataDir(): string {
  const dir = makeTempDir('lock')
  cleanups.push(dir.remove)
  return dir.path
}

it('lets one holder in, and the next when it is released', () => {
  const dir = dataDir()
  const first = lockDataDir(dir)
  expect(() => lockDataDir(dir)).toThrow(/in use by another running board \(process \d+\).*--data/)
  first.release()
  first.release()
  lockDataDir(dir).release()
  expect(existsSync(join(dir, 'lineside.lock'))).toBe(false)
})

it('keeps out while another process lives, and takes over when it was killed', async () => {
  const dir = dataDir()
  const code = `import { lockDataDir } from ${JSON.stringify(join(import.meta.dirname, '../../db/data-dir.ts'))}
    lockDataDir(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanups.push(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await until('the child holds the lock', () => output.includes('held'))
  expect(() => lockDataDir(dir)).toThrow(new RegExp(`process ${child.pid}`))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  lockDataDir(dir).release()
})

it('takes over a lock whose process id belongs to somebody else by now, and one that is damaged', () => {
  const dir = dataDir()
  const lock = join(dir, 'lineside.lock')
  const parent = process.ppid
  const known = existsSync(`/proc/${parent}/stat`)
  writeFileSync(lock, JSON.stringify({ pid: known ? parent : 999_999_999, born: 'long ago' }))
  lockDataDir(dir).release()
  writeFileSync(lock, 'not a lock')
  lockDataDir(dir).release()
  expect(existsSync(lock)).toBe(false)
})
