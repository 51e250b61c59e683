import { afterEach, beforeEach, expect, test } from 'vitest'
import { listEntries } from '../../db/queries/entries.ts'
import { serveBoard, type BoardServer } from '../../electron/host/serve-board.ts'
import type { Link } from '../../renderer/link/link.ts'
import { keepMs, maxKept, type Outbox } from '../../renderer/link/outbox.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import { startLossyProxy, type LossyProxy } from '../helpers/lossy-proxy.ts'
import { openOutboxPage } from '../helpers/outbox-page.ts'
import { until } from '../helpers/until.ts'
import { openDatabase } from '../../db/open-database.ts'
import { databaseFile } from '../../db/data-dir.ts'

/** The page's own link and outbox against a real engine, over real WebSockets whose connection is cut. */

const lines = [
  {
    id: 'l1',
    name: 'Filler 7',
    products: [{ id: 'p1', name: 'Still', idealCycleS: 1 }],
    defaultProduct: 'p1',
    shifts: [
      { name: 'Day', start: '00:00', end: '12:00' },
      { name: 'Night', start: '12:00', end: '00:00' },
    ],
    scrapReasons: ['Cap', 'Label'],
  },
]

let rig: EngineRig
let server: BoardServer
let proxy: LossyProxy
let link: Link | null = null
let memory: Map<string, string>

beforeEach(async () => {
  memory = new Map()
  rig = await startEngineRig({ nowMs: Date.parse('2026-03-02T10:00:00Z'), lines })
  server = await serveBoard({ engine: rig.engine, port: 0, host: '127.0.0.1', folder: rig.dir })
  proxy = await startLossyProxy(server.port)
})
afterEach(async () => {
  link?.stop()
  link = null
  await proxy.close()
  await server.close()
  await rig.stop()
})

/** A page whose storage outlives it. */
function openPage(): Outbox {
  const opened = openOutboxPage({
    port: server.port,
    through: proxy.port,
    nowMs: () => rig.clock.nowMs,
    memory,
  })
  link = opened.link
  return opened.outbox
}
const connected = () => until('the page is connected', () => link!.connected())

let made = 0
function scrap(outbox: Outbox, qty: number, entryId: string = crypto.randomUUID()) {
  made += 1
  return outbox.enter({
    entryId,
    name: 'logScrap',
    input: { lineId: 'l1', reason: 'Cap', qty },
    text: `Logged ${qty} (${made})`,
    madeMs: rig.clock.nowMs,
  })
}

/** Quantities that the store has, in its own words. */
function stored(): number[] {
  const database = openDatabase({ file: databaseFile(rig.dir) })
  try {
    return listEntries(database.read, 'l1', { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }).map(
      ({ what }) => (what as { qty: number }).qty,
    )
  } finally {
    database.close()
  }
}

test('an answer lost on a cut WebSocket: the entry is sent again and counts once', async () => {
  const outbox = openPage()
  await connected()
  expect(await scrap(outbox, 1)).toHaveProperty('receipt')
  proxy.loseNextAnswer()
  const entryId = crypto.randomUUID()
  expect(await scrap(outbox, 7, entryId)).toEqual({ kept: { entryId, atMs: rig.clock.nowMs } })
  expect(outbox.get()).toMatchObject([{ entryId, sent: true, state: 'waiting' }])
  expect(outbox.drop(entryId)).toBe(false)
  await until('the engine has it, though the page does not know', () => stored().includes(7))
  const before = proxy.connections()
  proxy.mend()
  await until('the entry was answered', () => outbox.get().length === 0)
  expect(proxy.connections()).toBeGreaterThan(before)
  expect(stored().sort()).toEqual([1, 7])
})

test('without a connection entries are kept in order, over a reload of the page, and sent once', async () => {
  const first = openPage()
  await connected()
  proxy.cut()
  await until('the page knows', () => !link!.connected())
  for (const qty of [1, 2, 3]) expect(await scrap(first, qty)).toHaveProperty('kept')
  const [, second] = first.get()
  expect(first.drop(second!.entryId)).toBe(true)
  link!.stop()

  const next = openPage()
  expect(next.get().map(({ input }) => (input as { qty: number }).qty)).toEqual([1, 3])
  proxy.mend()
  await until('all were answered', () => next.get().length === 0)
  expect(stored()).toHaveLength(2)
  expect(stored().sort()).toEqual([1, 3])
  expect(memory.get('lineside-kept-entries')).toBe('[]')
})

test('what waited too long, and what the engine refuses, stays on the list until somebody has read it', async () => {
  const outbox = openPage()
  await connected()
  proxy.cut()
  await until('the page knows', () => !link!.connected())
  await scrap(outbox, 5)
  rig.clock.nowMs += keepMs + 1
  await outbox.enter({
    entryId: crypto.randomUUID(),
    name: 'endChangeover',
    input: { lineId: 'l1' },
    text: 'Changeover ended',
    madeMs: rig.clock.nowMs,
  })
  await scrap(outbox, 6)
  proxy.mend()
  await until('the last one was answered', () => outbox.get().length === 2)
  expect(outbox.get()).toMatchObject([
    { name: 'logScrap', state: 'refused', refusal: { code: 'closed' } },
    { name: 'endChangeover', state: 'refused', refusal: { code: 'not-found' } },
  ])
  for (const { entryId } of outbox.get()) expect(outbox.drop(entryId)).toBe(true)
  expect(stored()).toEqual([6])
})

test('no more than the limit is kept: one more is refused in words', async () => {
  const outbox = openPage()
  proxy.cut()
  for (let count = 0; count < maxKept; count += 1) await scrap(outbox, 1)
  await expect(scrap(outbox, 1)).rejects.toThrow(/wait for the connection already: this one was not saved/)
  expect(outbox.get()).toHaveLength(maxKept)
})

test('where the plant wants a PIN, what was kept waits for somebody to sign in', async () => {
  await server.close()
  await rig.stop()
  rig = await startEngineRig({
    nowMs: Date.parse('2026-03-02T10:00:00Z'),
    lines,
    people: { stationNeedsPin: true },
    demoPin: '2468',
  })
  server = await serveBoard({ engine: rig.engine, port: 0, host: '127.0.0.1', folder: rig.dir })
  await proxy.close()
  proxy = await startLossyProxy(server.port)
  const outbox = openPage()
  await connected()
  proxy.cut()
  await until('the page knows', () => !link!.connected())
  await scrap(outbox, 4)
  proxy.mend()
  await until('it waits for a PIN', () => outbox.get()[0]?.state === 'pin')
  expect(stored()).toEqual([])
  await link!.call('signIn', { pin: '2468' })
  outbox.flush()
  await until('it is in', () => outbox.get().length === 0)
  expect(stored()).toEqual([4])
})
