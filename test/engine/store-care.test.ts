import {
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { copyInBackground } from '../../db/copy-in-background.ts'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { listSetAside, markDamaged, openStore, ownCopyFile, setAsideLimit } from '../../db/open-store.ts'
import type { StoreNotice } from '../../shared/contract/board.ts'
import { createStoreCopies, copyLookMs } from '../../electron/engine/store-copies.ts'
import { startEngineRig } from '../helpers/engine-rig.ts'
import type { EngineRig } from '../helpers/engine-rig.ts'
import { message, startRecording } from '../helpers/recording.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const nowMs = Date.parse('2026-11-20T12:00:00Z')
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function folder(): string {
  const dir = makeTempDir('store-care')
  cleanups.push(dir.remove)
  return dir.path
}

/** Overwrites pages in the middle of the file that hold rows of a table. */
function damage(file: string, table: string): void {
  const db = new Sqlite(file, { readonly: true })
  const pages = db
    .prepare<[string], number>(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'`)
    .pluck()
    .all(table)
  db.close()
  const handle = openSync(file, 'r+')
  for (const page of pages.slice(0, 3))
    writeSync(handle, Buffer.alloc(4_096, 0x5a), 0, 4_096, (page - 1) * 4_096)
  closeSync(handle)
}

/** A closed store with some hundred readings of line a. */
function filledStore(dir: string): string {
  const recording = startRecording(nowMs)
  recording.recorder.record(
    Array.from({ length: 500 }, (_, n) =>
      message('a/count', { ts: nowMs - n * 60_000, good: 2, scrap: n % 2 }, nowMs),
    ),
    { replay: true },
  )
  recording.database.write.pragma('wal_checkpoint(TRUNCATE)')
  const file = databaseFile(dir)
  writeFileSync(file, readFileSync(recording.file))
  recording.close()
  return file
}

const readings = (file: string): number => {
  const { read, close } = openReadonly({ file })
  const count = read.prepare('SELECT count(*) FROM reading').pluck().get() as number
  close()
  return count
}

describe('a store that cannot be used is set aside', () => {
  test.each([
    ['text instead of a database', (file: string) => writeFileSync(file, 'no database at all, '.repeat(500))],
    ['pages of roll-ups overwritten', (file: string) => damage(file, 'count_rollup')],
    ['half of the file gone', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 40_000))],
  ])('%s: what lies there is kept, and an empty store takes its place', (_name, spoil) => {
    const dir = folder()
    const file = filledStore(dir)
    spoil(file)
    const spoilt = readFileSync(file)
    const { database, setAside } = openStore(dir, { nowMs })
    expect(setAside).toEqual({ why: 'damaged', name: 'lineside.db.damaged-20261120T120000Z', copyMs: null })
    expect(readFileSync(join(dir, setAside!.name)).equals(spoilt)).toBe(true)
    expect(database.read.prepare('SELECT count(*) FROM reading').pluck().get()).toBe(0)
    database.close()
    const again = openStore(dir, { nowMs })
    expect(again.setAside).toBeNull()
    again.database.close()
  })

  test("the board's own copy takes its place, and stays a copy", () => {
    const dir = folder()
    const file = filledStore(dir)
    writeFileSync(ownCopyFile(dir), readFileSync(file))
    damage(file, 'count_rollup')
    const { database, setAside } = openStore(dir, { nowMs })
    expect(setAside?.copyMs).toBe(Math.round(statSync(ownCopyFile(dir)).mtimeMs))
    expect(database.read.prepare('SELECT count(*) FROM reading').pluck().get()).toBe(500)
    database.close()
    expect(readings(ownCopyFile(dir))).toBe(500)
  })

  test('a copy that is damaged too does not keep the board from starting', () => {
    const dir = folder()
    const file = filledStore(dir)
    damage(file, 'count_rollup')
    writeFileSync(ownCopyFile(dir), readFileSync(file))
    const { database, setAside } = openStore(dir, { nowMs })
    expect(setAside?.copyMs).toBeNull()
    database.close()
  })

  test('a store that was found damaged while it ran, at the next start', () => {
    const dir = folder()
    filledStore(dir)
    markDamaged(dir)
    const { database, setAside } = openStore(dir, { nowMs })
    database.close()
    expect(setAside?.why).toBe('damaged')
    expect(readings(join(dir, setAside!.name))).toBe(500)
    const again = openStore(dir, { nowMs })
    again.database.close()
    expect(again.setAside).toBeNull()
  })

  test('only so many are kept, the largest of them', () => {
    const dir = folder()
    filledStore(dir)
    const sizes = [90_000, 30, 20, 10]
    for (const [index, size] of sizes.entries()) {
      if (index > 0) writeFileSync(databaseFile(dir), 'x'.repeat(size))
      else damage(databaseFile(dir), 'count_rollup')
      openStore(dir, { nowMs: nowMs + index * 1_000 }).database.close()
    }
    const kept = listSetAside(dir)
    expect(kept).toHaveLength(setAsideLimit)
    expect(kept).toContain('lineside.db.damaged-20261120T120000Z')
  })
})

describe('the board says so', () => {
  const lines = [{ id: 'l1', name: 'Line 1' }]
  const rig = async (): Promise<EngineRig> => {
    const started = await startEngineRig({ nowMs, lines })
    cleanups.push(() => started.stop())
    return started
  }
  const notice = async (board: EngineRig): Promise<StoreNotice | null> => {
    const page = board.page()
    await page.hello('l1')
    return page.board().health.storeNotice
  }

  test('for a newer store, until the file is moved away; nothing of it is touched', async () => {
    const board = await rig()
    expect(await notice(board)).toBeNull()
    await board.engine.stop()
    const newer = new Sqlite(databaseFile(board.dir))
    newer.pragma('user_version = 990')
    newer.close()
    await board.restart()
    const [name] = listSetAside(board.dir)
    expect(name).toMatch(/^lineside\.db\.newer-/)
    const said = { kind: 'setAside', why: 'newer', name, copyMs: null }
    expect(await notice(board)).toEqual(said)
    expect(board.log.join('\n')).toContain(
      `The store was written by a newer Lineside and was set aside as ${name}; the board goes on with an empty one. Move that file away when it is dealt with.`,
    )
    await board.restart()
    expect(await notice(board)).toEqual(said)
    renameSync(join(board.dir, name!), join(folder(), 'newer.db'))
    await board.restart()
    expect(await notice(board)).toBeNull()
  }, 60_000)
})

describe('copies', () => {
  test('a copy is one sound file of one instant, while the board writes', async () => {
    const recording = startRecording(nowMs)
    cleanups.push(recording.close)
    const { recorder, file } = recording
    let stored = 0
    const store = (count: number) => {
      const batch = Array.from({ length: count }, () =>
        message('a/count', { ts: nowMs - 1_000 * ++stored, good: 1, note: 'x'.repeat(200) }, nowMs),
      )
      recorder.record(batch)
    }
    store(20_000)
    const target = join(folder(), 'copy.db')
    const { done } = copyInBackground({ file, target })
    let over = false
    void done.then(() => (over = true))
    while (!over) {
      store(50)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(await done).toEqual({ ok: true })
    expect(readdirSync(join(target, '..'))).toEqual(['copy.db'])
    const copy = openReadonly({ file: target })
    const sum = copy.read.prepare(`SELECT sum(good) FROM count_rollup WHERE level = 'shift'`).pluck().get()
    const rows = copy.read.prepare('SELECT count(*) FROM reading').pluck().get() as number
    copy.close()
    expect(rows).toBeGreaterThanOrEqual(20_000)
    expect(rows).toBeLessThan(stored)
    expect(rows % 50).toBe(0)
    expect(sum).not.toBeNull()
  }, 60_000)

  test('a damaged store is found, also in raw readings, and never becomes the copy', async () => {
    const dir = folder()
    const file = filledStore(dir)
    writeFileSync(ownCopyFile(dir), 'the good copy')
    damage(file, 'reading')
    const outcome = await copyInBackground({ file, target: ownCopyFile(dir) }).done
    expect(outcome).toMatchObject({ ok: false, damaged: true })
    expect(readFileSync(ownCopyFile(dir), 'utf8')).toBe('the good copy')
    expect(readdirSync(dir).filter((name) => name.includes('part'))).toEqual([])
  })

  test('are made when they are due, and damage found by one shows on the board', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const dir = folder()
    const file = filledStore(dir)
    const clock = { nowMs: Date.now() }
    const log: string[] = []
    const copies = createStoreCopies({
      dir,
      everyHours: 24,
      now: () => clock.nowMs,
      nativeBinding: undefined,
      onChange: () => log.push('changed'),
      log: (_level, text) => log.push(text),
    })
    cleanups.push(copies.stop)
    copies.start()
    const copied = () => existsSync(ownCopyFile(dir)) && statSync(ownCopyFile(dir)).mtimeMs
    const wait = async (done: () => unknown) => {
      const limitMs = performance.now() + 20_000
      while (!done() && performance.now() < limitMs) await new Promise((resolve) => setImmediate(resolve))
      expect(done()).toBeTruthy()
    }
    expect(copied()).toBe(false)
    await vi.advanceTimersByTimeAsync(copyLookMs)
    await wait(copied)
    const first = copied()
    await wait(() => vi.getTimerCount() === 1)
    clock.nowMs += 23 * 3_600_000
    await vi.advanceTimersByTimeAsync(copyLookMs)
    await wait(() => vi.getTimerCount() === 1)
    expect(copied()).toBe(first)

    damage(file, 'reading')
    clock.nowMs += 2 * 3_600_000
    await vi.advanceTimersByTimeAsync(copyLookMs)
    await wait(copies.notice)
    expect(copies.notice()).toEqual({ kind: 'damaged' })
    expect(copied()).toBe(first)
    expect(log).toContain('changed')
    await copies.stop()
    const { database, setAside } = openStore(dir, { nowMs })
    database.close()
    expect(setAside).toMatchObject({ why: 'damaged', copyMs: Math.round(Number(first)) })
  }, 60_000)
})
