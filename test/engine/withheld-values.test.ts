import { afterEach, expect, test } from 'vitest'
import { createEngine, type Engine } from '../../electron/engine/engine.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { connectPage, type PageClient } from '../helpers/page-client.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const topics = [
  { topic: 'plc/+line/state', time: { from: '/t', unit: 'ms' }, state: '/state' },
  {
    topic: 'plc/+line/good',
    time: { from: '/t', unit: 'ms' },
    count: { good: { from: '/n', kind: 'total' } },
  },
  { topic: 'plc/+line/heat', value: { key: { const: 'heat' }, value: '/value' } },
  {
    preset: 'uns-json',
    topic: 'uns/+line/mode',
    state: { from: '/value', map: { auto: 'running', '*': 'stopped' } },
  },
]

/** Monday, 7:00, the line runs. `say`: a message that just came. */
async function start(): Promise<{
  engine: Engine
  page: PageClient
  clock: { nowMs: number }
  say: (topic: string, body: object, more?: { retain?: boolean; replay?: boolean }) => void
}> {
  const dir = makeTempDir('withheld')
  const clock = { nowMs: six + 60 * minute }
  const engine = createEngine({
    plant: plantSchema.parse({
      site: { name: 'Plant', timeZone: 'UTC' },
      broker: { url: 'mqtt://127.0.0.1:1' },
      lines: [testLine()],
      topics,
    }),
    dataDir: dir.path,
    demo: null,
    version: 'test',
    now: () => clock.nowMs,
    log: () => {},
  })
  closers.push(dir.remove, engine.stop)
  await engine.start()
  const page = connectPage((channel) => engine.attach(channel))
  closers.push(page.close)
  await page.hello()
  const say = (topic: string, body: object, more: { retain?: boolean; replay?: boolean } = {}) => {
    clock.nowMs += 1_000
    const message = {
      topic,
      payload: Buffer.from(JSON.stringify({ t: clock.nowMs, ...body })),
      arrivedMs: clock.nowMs,
      dup: false,
      retain: more.retain ?? false,
      packetId: null,
    }
    engine.recorder.record([message], { replay: more.replay })
  }
  say('plc/l1/good', { n: 100 })
  say('plc/l1/state', { state: 'running' })
  await page.until((b) => b.line.freshness === 'fresh', 'a running line')
  return { engine, page, clock, say }
}

const isFresh = (page: PageClient, what: string) => page.until((b) => b.line.freshness === 'fresh', what)
const isStale = (page: PageClient, what: string) => page.until((b) => b.line.freshness === 'stale', what)

test('a state that is null is withdrawn: the line is stale, not still running, until its source knows again', async () => {
  const { engine, page, say } = await start()
  say('plc/l1/state', { state: null })
  await isStale(page, 'the null')
  // Pieces go on: they say nothing of the state.
  say('plc/l1/good', { n: 101 })
  expect(engine.recorder.withheldSince('l1')).not.toBeNull()
  await isStale(page, 'stale all the same')
  say('plc/l1/state', { state: 'running' })
  await isFresh(page, 'the state again')
  expect(engine.recorder.counters().rejected).toBe(0)
})

test('so is a counter, and a value of bad quality; a total that comes back goes on from where it was', async () => {
  const { engine, page, say } = await start()
  say('plc/l1/good', { n: null })
  await isStale(page, 'the null')
  say('plc/l1/good', { n: 103 })
  await isFresh(page, 'the total again')
  const { counts } = engine.recorder.model('l1').facts
  expect(counts.reduce((sum, { good }) => sum + good, 0)).toBe(3)

  say('uns/l1/mode', { value: 'auto', quality: 'Bad' })
  await isStale(page, 'bad quality')
  say('uns/l1/mode', { value: 'auto', quality: 'Good' })
  await isFresh(page, 'good quality')
})

test('what is no part of the line, what is missing, and history withdraw nothing', async () => {
  const { engine, say } = await start()
  say('plc/l1/heat', { value: null })
  say('plc/l1/state', { other: 1 })
  say('plc/l1/state', { state: null }, { replay: true })
  expect(engine.recorder.withheldSince('l1')).toBeNull()
})
