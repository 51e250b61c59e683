import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const dir = makeTempDir('log-sync')
afterAll(() => dir.remove())
const faults = join(import.meta.dirname, '../helpers/faults')

it('says when the disk refuses a sync, and believes only a store that was synced whole after that', (context) => {
  needPart(context, 'gcc')
  const library = join(dir.path, 'refused-sync.so')
  execFileSync('gcc', ['-shared', '-fPIC', '-o', library, join(faults, 'refused-sync.c'), '-ldl'])
  const env = { ...process.env, LD_PRELOAD: library, REFUSE_SYNC: join(dir.path, 'refuse') }
  const child = join(faults, 'refused-sync-child.ts')
  const said = execFileSync(process.execPath, [child, join(dir.path, 'lineside.db')], {
    encoding: 'utf8',
    env,
  })
  expect(JSON.parse(said)).toEqual({
    before: 'done',
    refused: 'EIO',
    again: 'SQLITE_IOERR_FSYNC',
    logged: true,
    after: 'done',
    emptied: true,
    last: 'done',
    kept: ['after', 'before', 'refused'],
    // FULL
    synchronous: 2,
  })
})
