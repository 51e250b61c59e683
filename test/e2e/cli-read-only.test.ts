import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { expectSentence, makeStore } from '../helpers/cli-store.ts'
import { build, lineside } from '../helpers/lineside.ts'
import { isRoot } from '../helpers/parts.ts'
import { makeReadOnly } from '../helpers/read-only.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

let dir: ReturnType<typeof makeTempDir>
let data: string
const cleanups: (() => void)[] = []
beforeAll(build)
beforeEach(async () => {
  dir = makeTempDir('read-only')
  cleanups.push(dir.remove)
  data = join(dir.path, 'data')
  await makeStore(data, [['count', { ts: '2026-11-20T06:00:00Z', good: 5 }]])
})
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

function serve() {
  const plant = join(dir.path, 'mine.yaml')
  writeFileSync(
    plant,
    "site: { name: W, timeZone: UTC }\nbroker: { url: 'mqtt://127.0.0.1:9' }\nlines: [{ id: l1, name: L }]\n",
  )
  return lineside(['serve', '--port', '0', '--plant', plant, '--data', data])
}

describe('a board that cannot write ends with one sentence that says what to do', () => {
  test('where its disk is read-only', async (context) => {
    cleanups.push(makeReadOnly(context, data).undo)
    const why = isRoot() ? /is on a read-only disk.*make the disk writable/ : /cannot be used by this user/
    expectSentence(await serve(), 2, why)
    const correct = ['correct', '--data', data, '--line', 'l1', '--at', '2026-11-20T07:00:00Z', '--good', '1']
    const run = await lineside([...correct, '--reason', 'x', '--by', 'Ada'])
    expectSentence(run, 2, why)
  }, 60_000)

  test('where only the store is', async (context) => {
    cleanups.push(makeReadOnly(context, databaseFile(data)).undo)
    const run = await serve()
    expectSentence(run, 2, /lineside\.db is read-only.*make it and its folder writable/)
  }, 60_000)
})
