import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { openDatabase } from '../../db/open-database.ts'
import { createDiskWatch, diskLookMs, reserveFile } from '../../electron/engine/disk-watch.ts'
import { canMount, mountSmallDisk } from '../helpers/faults/full-disk.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

/** Real time passes here, while the watch's own timer is the test's. */
async function until(what: string, check: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (check()) return
    await wait(10)
  }
  throw new Error(`not within 5 s: ${what}`)
}

test.skipIf(!canMount && process.env.CI_REQUIRE_ALL !== '1')(
  'on a full disk SQLite cannot even delete; the reserve is given up, then it can, and comes back with the room',
  async () => {
    const folder = makeTempDir('disk-watch')
    cleanUp.push(folder.remove)
    const disk = mountSmallDisk(join(folder.path, 'disk'))
    cleanUp.push(disk.remove)
    const database = openDatabase({ file: join(disk.path, 'lineside.db') })
    cleanUp.push(database.close)
    const add = database.write.prepare('INSERT INTO memo VALUES (?, ?)')
    database.write.transaction(() => {
      for (let row = 0; row < 2_000; row++) add.run(`row ${row}`, 'x'.repeat(500))
    })()
    database.write.pragma('wal_checkpoint(TRUNCATE)')

    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    cleanUp.push(() => void vi.useRealTimers())
    const watch = createDiskWatch({ dir: disk.path, onChange: () => {}, log: () => {} })
    cleanUp.push(watch.stop)
    const reserve = reserveFile(disk.path)
    watch.start()
    await until('the reserve', () => existsSync(reserve) && statSync(reserve).size === 8 * 1_048_576)
    expect(watch.notice()).toBeNull()

    disk.fill()
    const deleteAll = () => database.write.prepare("DELETE FROM memo WHERE name LIKE 'row %'").run().changes
    expect(deleteAll).toThrow(/full/)
    await until('the first look to end', () => vi.getTimerCount() > 0)
    await vi.advanceTimersByTimeAsync(diskLookMs)
    await until('the notice', () => watch.notice() !== null)
    expect(watch.notice()).toEqual({ kind: 'diskLow', freeMb: expect.any(Number) as number })
    expect(existsSync(reserve)).toBe(false)
    expect(deleteAll()).toBe(2_000)

    disk.free()
    await until('the second look to end', () => vi.getTimerCount() > 0)
    await vi.advanceTimersByTimeAsync(diskLookMs)
    await until('room again', () => watch.notice() === null)
    expect(statSync(reserve).size).toBe(8 * 1_048_576)
  },
)
