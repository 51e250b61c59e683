import { afterEach, expect, it } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { retentionWriter } from '../../db/writers/retention-writer.ts'
import { kpiReport } from '../../electron/host/kpi-report.ts'
import { chartQueries } from '../helpers/chart-queries.ts'
import { startEngineRig } from '../helpers/engine-rig.ts'
import type { EngineRig, TestMessage } from '../helpers/engine-rig.ts'
import { logQueries } from '../helpers/query-log.ts'
import type { QueryLog } from '../helpers/query-log.ts'
import { planProblems } from '../helpers/query-plans.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const nowMs = Date.parse('2026-03-12T10:00:00Z')
const hourMs = 3_600_000
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const line = (id: string) => ({
  id,
  name: id,
  products: [{ id: 'cola', name: 'Cola', idealCycleS: 1 }],
  defaultProduct: 'cola',
  shifts: [
    { name: 'Early', start: '06:00', end: '14:00', target: 900 },
    { name: 'Late', start: '14:00', end: '22:00', target: 900 },
  ],
})

/** Three days with everything a line says. */
function history(): TestMessage[] {
  return Array.from({ length: 70 }, (_, index) => nowMs - (71 - index) * hourMs).flatMap(
    (ts): TestMessage[] => [
      ['state', { ts, state: 'running' }],
      ['count', { ts: ts + 1_000, good: 30, scrap: 2, reason: 'dent' }],
      ['count', { ts: ts + 2_000, id: `c${ts}`, total_good: ts / hourMs, cell: 'filler' }],
      ['state', { ts: ts + 1_800_000, state: 'stopped', reason: 'jam' }],
      ['state', { ts: ts + 1_900_000, state: 'stopped', cell: 'filler' }],
      ['scrap', { ts: ts + 1_900_000, qty: 1, reason: 'dent' }],
      ['value', { ts: ts + 1_900_000, key: 'near_misses', value: 1 }],
      ['call', { ts: ts + 1_900_000, event: 'raise', call: `call${ts}`, category: 'quality' }],
      ['product', { ts: ts + 2_000_000, product: 'cola' }],
      ['changeover', { ts: ts + 2_000_000, event: 'start', to: 'cola' }],
      ['changeover', { ts: ts + 2_100_000, event: 'end' }],
    ],
  )
}

/** Everything the board and its touch pages do with the store. */
async function useBoard(rig: EngineRig): Promise<void> {
  await rig.restart()
  await rig.engine.settled()
  for (const lineId of ['l1', 'l2']) {
    const page = rig.page()
    await page.hello(lineId)
    await page.call('openStops', { lineId })
    const begun = await page.call('startHuddle', { lineId })
    if (begun.ok) {
      const { huddle } = begun.value
      await page.call('stepHuddle', { lineId, huddle, step: 1 })
      await page.call('finishHuddle', { lineId, huddle })
    }
    await page.call('huddles', { lineId, limit: 50 })
    await page.call('openStops', { lineId, atMs: nowMs - 30 * hourMs })
    await page.call('rejects', { limit: 100 })
    await page.call('sources', {})
    await page.call('selfTest', { lineId })
    const logged = await page.call('logScrap', { lineId, reason: 'dent', qty: 1 })
    if (logged.ok) await page.call('undo', { lineId, entryId: logged.value.entryId })
    await page.call('startChangeover', { lineId, to: 'cola' })
    await page.call('endChangeover', { lineId })
  }
  // Late ones, and one that nobody can use, in the night between: the board then shows the shift before.
  rig.arrive([...history().slice(-40), ['count', { good: -1 }]])
  rig.clock.nowMs += 13 * hourMs
  const page = rig.page()
  await page.hello('l1')
}

function useCharts(rig: EngineRig): void {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  for (const [, ask] of chartQueries(store.read, 'l1', nowMs, 3)) ask()
  const window = { startMs: nowMs - 30 * hourMs, endMs: nowMs - hourMs }
  kpiReport({ read: store.read, line: rig.plant.lines[0]!, timeZone: 'UTC', window, nowMs })
  store.close()
}

it('no statement of the board, its charts or its retention reads a growing table from end to end', async () => {
  const log: QueryLog = logQueries()
  cleanups.push(log.stop)
  const rig = await startEngineRig({ nowMs, lines: [line('l1'), line('l2')], demoPin: '2468' })
  cleanups.push(() => rig.stop())
  rig.replay(history())
  rig.replay(history(), 'l2')
  await useBoard(rig)
  useCharts(rig)
  const database = openDatabase({ file: databaseFile(rig.dir) })
  cleanups.push(database.close)
  retentionWriter(database.write).prune({ rawMs: nowMs, minutesMs: nowMs }, 10)

  const statements = log.queries().filter(({ sql }) => /^(SELECT|INSERT|UPDATE|DELETE|WITH)/i.test(sql))
  const tables = ['reading', 'fact', 'count_rollup', 'scrap_rollup', 'shift_result', 'dead_letter', 'entry']
  for (const table of tables) {
    expect(
      statements.some(({ sql }) => new RegExp(`FROM ${table}\\b`).test(sql)),
      table,
    ).toBe(true)
  }
  expect(statements.length).toBeGreaterThan(60)
  const problems = statements.flatMap(({ sql }) =>
    planProblems(database.read, sql).map((detail) => `${detail}: ${sql}`),
  )
  expect(problems).toEqual([])
}, 60_000)

it('would find a statement that does', () => {
  const dir = makeTempDir('plans')
  cleanups.push(dir.remove)
  const database = openDatabase({ file: databaseFile(dir.path) })
  cleanups.push(database.close)
  const problems = (sql: string) => planProblems(database.read, sql)
  expect(problems('SELECT sum(good) FROM reading WHERE arrived > ?')).toEqual(['SCAN reading'])
  expect(problems("SELECT count(*) FROM count_rollup WHERE start_ms > ? AND product = 'a'")).toHaveLength(1)
  expect(problems('SELECT body FROM fact WHERE at > ? ORDER BY seq')).toHaveLength(1)
  expect(problems('SELECT good FROM reading WHERE ts > ?')).toEqual([])
})
