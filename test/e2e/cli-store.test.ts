import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { expectSentence, makeStore } from '../helpers/cli-store.ts'
import { build, lineside, startBoard } from '../helpers/lineside.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

let dir: ReturnType<typeof makeTempDir>
let data: string
beforeAll(build)
beforeEach(() => {
  dir = makeTempDir('cli-store')
  data = join(dir.path, 'data')
})
afterEach(() => dir.remove())

const plantFile = () => {
  const file = join(dir.path, 'plant.yaml')
  writeFileSync(
    file,
    "site: { name: Works, timeZone: Europe/Berlin }\nbroker: { url: 'mqtt://127.0.0.1:9' }\nlines: [{ id: l1, name: Line 1 }]\n",
  )
  return file
}
const serve = () => startBoard(['serve', '--port', '0', '--plant', plantFile(), '--data', data])
const minutes = async (of = data) =>
  (await lineside(['export', '--data', of, '--line', 'l1', '--plant', plantFile()])).stdout
const counts: [string, Record<string, unknown>][] = [
  ['count', { ts: '2026-11-20T06:00:10Z', good: 5 }],
  ['count', { ts: '2026-11-20T06:01:10Z', good: 3, scrap: 1 }],
]

describe('backup and restore', () => {
  test('a copy while the board runs, put in place of a store that was lost', async () => {
    await makeStore(data, counts)
    const copy = join(dir.path, 'copy.db')
    const board = await serve()
    const before = await minutes()
    const made = await lineside(['backup', '--data', data, copy])
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(made.stdout).toMatch(/was copied to .*copy\.db \(\d+\.\d MB\) and checked\.\n$/)
    expectSentence(await lineside(['backup', '--data', data, copy]), 2, /there already.*--force/)
    expect((await lineside(['backup', '--force', '--data', data, copy])).code).toBe(0)
    expectSentence(await lineside(['restore', '--data', data, copy]), 2, /A board runs on .*: stop it/)
    expect(await board.end()).toBe(0)
    expect(before.split('\r\n')).toHaveLength(5)
    expect(readdirSync(dir.path).sort()).toEqual(['copy.db', 'data', 'plant.yaml'])

    const elsewhere = join(dir.path, 'new', 'data')
    expect(await lineside(['restore', '--data', elsewhere, copy])).toMatchObject({ code: 0, stderr: '' })
    expect(await minutes(elsewhere)).toBe(before)

    writeFileSync(databaseFile(data), 'lost')
    const put = await lineside(['restore', '--data', data, copy])
    expect(put).toMatchObject({ code: 0, stderr: '' })
    const kept = /The one before is kept as (\S+)\./.exec(put.stdout)?.[1] ?? ''
    expect(readFileSync(join(data, kept), 'utf8')).toBe('lost')
    expect(await minutes()).toBe(before)
  }, 90_000)

  test('what cannot be copied or restored is one sentence, and nothing is changed', async () => {
    await makeStore(data, counts)
    const store = readFileSync(databaseFile(data))
    const backup = (...args: string[]) => lineside(['backup', ...args])
    const restore = (file: string) => lineside(['restore', '--data', data, file])
    expectSentence(await backup('--data', dir.path, join(dir.path, 'a.db')), 2, /No data of Lineside in/)
    expectSentence(await backup('--data', data, data), 2, /is a folder: name the file/)
    expectSentence(await backup('--data', data, join(dir.path, 'no/a.db')), 2, /There is no folder/)
    expectSentence(await backup('--force', '--data', data, databaseFile(data)), 2, /is the store itself/)
    expectSentence(await restore(join(dir.path, 'none.db')), 2, /There is no file/)
    const other = join(dir.path, 'other.db')
    writeFileSync(other, store.subarray(0, store.length / 2))
    expectSentence(await restore(other), 2, /is damaged or no store at all.*Nothing was changed/)
    new Sqlite(other.replace('other', 'empty')).exec('CREATE TABLE a (x)').close()
    expectSentence(await restore(join(dir.path, 'empty.db')), 2, /is no store of Lineside/)
    const newer = new Sqlite(join(dir.path, 'newer.db'))
    newer.pragma('user_version = 990')
    newer.close()
    expectSentence(await restore(join(dir.path, 'newer.db')), 2, /written by a newer Lineside/)
    expect(readFileSync(databaseFile(data)).equals(store)).toBe(true)
    expect(readdirSync(data).filter((name) => name !== 'plant.json')).toEqual(['lineside.db'])
  }, 90_000)
})

test('a board starts on a damaged store: it is set aside, and said', async () => {
  mkdirSync(data)
  const garbage = 'no database at all, '.repeat(500)
  writeFileSync(databaseFile(data), garbage)
  const board = await serve()
  const page = await fetch(board.url)
  expect(page.status).toBe(200)
  expect(await board.end()).toBe(0)
  expect(board.output()).toMatch(
    /The store was damaged and was set aside as lineside\.db\.damaged-\S+Z; the board goes on/,
  )
  const [aside] = readdirSync(data).filter((name) => name.includes('damaged'))
  expect(readFileSync(join(data, aside ?? ''), 'utf8')).toBe(garbage)
}, 60_000)

test('the build has the thread that copies the store, and the engine finds it', async () => {
  await makeStore(data, counts)
  const entry = 'dist/app/store-worker.cjs'
  const code = readdirSync('dist/app')
    .filter((name) => name.startsWith('chunk-') || name === 'engine.cjs')
    .map((name) => readFileSync(join('dist/app', name), 'utf8'))
    .find((text) => text.includes('store-worker.cjs'))
  expect(code).toContain('__filename')
  expect(existsSync(entry)).toBe(true)
  const target = join(dir.path, 'copy.db')
  const worker = new Worker(join(process.cwd(), entry), {
    workerData: { file: databaseFile(data), target },
    execArgv: [],
  })
  const outcome = await new Promise((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  )
  expect(outcome).toEqual({ ok: true })
  rmSync(target)
}, 60_000)
