import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { createEngine, type Engine } from '../../electron/engine/engine.ts'
import { protocolVersion } from '../../shared/contract/protocol.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { connectPage } from '../helpers/page-client.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { testLine } from '../helpers/view-input.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

function tempDir(): string {
  const temp = makeTempDir('engine')
  cleanups.push(temp.remove)
  return temp.path
}

function engineOn(dataDir: string, log: string[] = []): Engine {
  const plant = plantSchema.parse({
    site: { name: 'Plant', timeZone: 'UTC' },
    broker: { url: 'mqtt://ana:s3cret@127.0.0.1:1' },
    lines: [testLine()],
  })
  const engine = createEngine({
    plant,
    dataDir,
    demo: null,
    version: 'test',
    log: (level, message) => log.push(`${level} ${message}`),
  })
  cleanups.push(engine.stop)
  return engine
}

test('creating does nothing: no file, no recorder', () => {
  const dir = tempDir()
  const engine = engineOn(dir)
  expect(existsSync(databaseFile(dir))).toBe(false)
  expect(() => engine.recorder).toThrow(/not running/)
})

test('a missing broker is a state on the board, without its password', async () => {
  const log: string[] = []
  const engine = engineOn(tempDir(), log)
  await engine.start()
  const page = connectPage(engine.attach)
  cleanups.push(page.close)
  await page.hello()
  expect(page.board().health.broker.state).not.toBe('connected')
  expect(page.board().health.broker.address).toBe('127.0.0.1:1')
  expect(JSON.stringify(page.board()) + log.join()).not.toContain('s3cret')
})

test('one writer per data directory; the next may follow', async () => {
  const dir = tempDir()
  const first = engineOn(dir)
  await first.start()
  const second = engineOn(dir)
  await expect(second.start()).rejects.toThrow(/in use/)
  await first.stop()
  const third = engineOn(dir)
  await third.start()
})

test('a store that cannot be opened is one error, and leaves the directory free', async () => {
  const dir = tempDir()
  mkdirSync(databaseFile(dir))
  await expect(engineOn(dir).start()).rejects.toThrow()
  expect(existsSync(join(dir, 'lineside.lock'))).toBe(false)
})

test('start and stop may be called twice; what was stopped stays stopped', async () => {
  const engine = engineOn(tempDir())
  await Promise.all([engine.start(), engine.start()])
  await Promise.all([engine.stop(), engine.stop()])
  await engine.stop()
  await expect(engine.start()).rejects.toThrow(/stopped/)
})

test('stop during start waits for it and releases everything', async () => {
  const dir = tempDir()
  const engine = engineOn(dir)
  const starting = engine.start()
  await engine.stop()
  await starting.catch(() => undefined)
  await engineOn(dir).start()
})

test('a page that comes too early or too late is told so', async () => {
  const engine = engineOn(tempDir())
  const early = connectPage(engine.attach)
  cleanups.push(early.close)
  const hello = { protocol: protocolVersion, lineId: null }
  expect(await early.call('hello', hello)).toMatchObject({ ok: false, error: { code: 'closed' } })
  await engine.start()
  await engine.stop()
  const late = connectPage(engine.attach)
  cleanups.push(late.close)
  expect(await late.call('hello', hello)).toMatchObject({ ok: false, error: { code: 'closed' } })
})

test('after stop nothing keeps the process alive', async () => {
  const script = join(process.cwd(), 'test/helpers/engine-exit.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, tempDir()], { timeout: 20_000 })
  expect(stdout).toContain('"ok":true')
  expect(stdout.trim().endsWith('stopped')).toBe(true)
})
