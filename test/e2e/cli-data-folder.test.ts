import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { expectSentence, makeStore, storePlant } from '../helpers/cli-store.ts'
import { build, lineside } from '../helpers/lineside.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

let dir: ReturnType<typeof makeTempDir>
let data: string
beforeAll(build)
beforeEach(() => {
  dir = makeTempDir('cli-data')
  data = join(dir.path, 'data')
})
afterEach(() => dir.remove())

const file = (name: string, text: string) => {
  writeFileSync(join(dir.path, name), text)
  return join(dir.path, name)
}

describe('a data folder that cannot be used', () => {
  const serve = (...args: string[]) => lineside(['serve', '--port', '0', ...args])
  const plantFile = () =>
    file(
      'mine.yaml',
      "site: { name: W, timeZone: UTC }\nbroker: { url: 'mqtt://127.0.0.1:9' }\nlines: [{ id: l1, name: L }]\n",
    )

  test('is one sentence, and what lies there stays as it is', async () => {
    const mine = plantFile()
    expectSentence(await serve('--plant', mine, '--data', mine), 2, /is not a folder: give a folder/)
    expectSentence(await serve('--plant', mine, '--data', join(mine, 'x')), 2, /is not a folder/)
    expectSentence(await serve('--plant', mine, '--data', ''), 2, /--data is empty/)
    mkdirSync(data)
    const garbage = 'no database at all, '.repeat(500)
    writeFileSync(databaseFile(data), garbage)
    writeFileSync(join(data, 'plant.json'), JSON.stringify(storePlant))
    const window = ['--line', 'l1', '--from', '2026-11-20', '--to', '2026-11-21']
    for (const run of [
      await lineside(['kpi', '--data', data, ...window]),
      await lineside(['export', '--data', data, ...window]),
    ]) {
      expectSentence(run, 2, /is damaged and was left as it is: restore a copy/)
      expect(run.stdout).toBe('')
    }
    expect(readFileSync(databaseFile(data), 'utf8')).toBe(garbage)
  }, 60_000)

  test('the demo and a real plant keep out of each other', async () => {
    await makeStore(data, [['state', { ts: '2026-11-20T06:00:00Z', state: 'running' }]])
    expectSentence(await serve('--data', data), 2, /holds the data of a real plant/)
    writeFileSync(join(data, 'demo.json'), '{}')
    expectSentence(await serve('--plant', plantFile(), '--data', data), 2, /holds the data of the demo/)
  }, 60_000)

  test('folders that the system never makes do not hang', async () => {
    expectSentence(await serve('--plant', plantFile(), '--data', '/proc/lineside'), 2, /cannot be used/)
  })
})

test('output that cannot be written whole is a failure', async () => {
  await makeStore(data, [['count', { ts: '2026-11-20T06:00:00Z', good: 5 }]])
  const full = openSync('/dev/full', 'w')
  for (const args of [['export'], ['kpi', '--from', '2026-11-20', '--to', '2026-11-21', '--json']]) {
    const run = spawnSync(
      process.execPath,
      ['dist/app/lineside.cjs', ...args, '--data', data, '--line', 'l1'],
      { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
    )
    expect(run.stderr).toMatch(/could not be written whole/)
    expect(run.status).toBe(2)
  }
  closeSync(full)
}, 60_000)

describe('what was not counted, and corrections', () => {
  test('are seen and made on the command line', async () => {
    const ts = Date.now() - 3_600_000
    await makeStore(data, [
      ['count', { good: 20, ts }],
      ['count', { good: 'many', ts }],
    ])
    const rejects = await lineside(['rejects', '--data', data])
    expect(rejects).toMatchObject({ code: 0, stderr: '' })
    expect(rejects.stdout).toMatch(
      /^1 messages not counted, 0 of them quarantined; 0 no longer kept\n {2}field +1\n/,
    )
    expect(rejects.stdout).toContain('{"good":"many"')
    const by = ['--reason', 'Test', '--by', 'Mira']
    expectSentence(await lineside(['settle', '1', '--data', data, ...by]), 2, /give --release or --discard/)
    expectSentence(
      await lineside(['settle', '1', '--data', data, '--release', ...by]),
      2,
      /This quarantined message is not kept any more/,
    )
    expectSentence(await lineside(['settle', 'x', '--data', data, '--discard', ...by]), 2, /no number/)
    const correct = (good: string) => {
      const when = new Date(ts + 60_000).toISOString()
      const by = ['--reason', 'Double counted', '--by', 'Mira']
      return lineside(['correct', '--data', data, '--line', 'l1', '--at', when, '--good', good, ...by])
    }
    expectSentence(await correct('-21'), 2, /Only 20 good pieces were counted/)
    expectSentence(await correct('many'), 2, /many is no number of pieces/)
    expect(await correct('-5')).toMatchObject({ code: 0, stderr: '' })
    const minutes = await lineside(['export', '--data', data, '--line', 'l1', '--format', 'json'])
    const counts = JSON.parse(minutes.stdout) as { good: number }[]
    expect(counts.reduce((sum, { good }) => sum + good, 0)).toBe(15)
  })
})
