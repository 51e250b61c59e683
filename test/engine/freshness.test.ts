import { afterEach, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readShifts } from '../../db/queries/history.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import { until } from '../helpers/until.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const at = (minutes: number) => six + minutes * minute
const seed = {
  objectives: [
    {
      id: 'o1',
      line: 'l1',
      title: 'More',
      cycle: { name: 'Q4', start: '2026-11-16', end: '2026-12-18' },
      keyResults: [
        {
          id: 'k1',
          name: 'Throughput',
          unit: 'pcs',
          baseline: 850,
          target: 1_100,
          kpi: 'throughput',
          shifts: 5,
        },
        { id: 'k2', name: 'Ideas', baseline: 0, target: 10 },
      ],
    },
  ],
}

/** A line that runs at full speed until minute 30, whose yesterday is known. */
async function runningLine() {
  const rig = await startEngineRig({ nowMs: at(30), lines: [testLine()], seed })
  rigs.push(rig)
  const friday = at(-3 * 1440)
  rig.replay([
    ['state', { state: 'running', ts: friday }],
    ['count', { good: 900, scrap: 100, ts: friday + 5 * minute }],
    ['state', { state: 'off', ts: friday + 480 * minute }],
  ])
  const page = rig.page()
  await page.hello()
  await page.until((b) => b.health.broker.state === 'connected', 'the connection')
  await rig.publish('state', { state: 'running', ts: at(0) })
  for (let m = 0; m < 30; m++) await rig.publish('count', { good: 58, scrap: 2, ts: at(m) + 30_000 })
  await page.until((b) => b.status.made === 30 * 58 && b.keyResults.items[0]?.value === 900, 'all values')
  return { rig, page }
}

test('the publisher stops: late, then no data and frozen, then withdrawn; it returns: live, and the gap is unknown', async () => {
  const { rig, page } = await runningLine()
  const known = page.board()
  expect(known.line).toMatchObject({ word: 'running', freshness: 'fresh' })
  expect(known.keyResults.items).toMatchObject([{ freshness: 'fresh', value: 900 }, { freshness: 'none' }])

  rig.clock.nowMs = at(30) + 40_000
  const late = await page.until((b) => b.line.freshness === 'ageing', 'ageing')
  expect(late.line).toMatchObject({ word: 'running', asOfMs: at(30) + 40_000 })

  rig.clock.nowMs = at(30) + 50_000
  const stale = await page.until((b) => b.line.freshness === 'stale', 'stale')
  expect(stale.line).toMatchObject({ word: 'nodata', sinceMs: at(30), asOfMs: at(30), lastReadingMs: at(30) })
  for (const key of ['status', 'hours', 'oee', 'scrap', 'changeover'] as const)
    expect(stale[key]).toEqual(known[key])
  expect(stale.keyResults.items).toMatchObject([{ freshness: 'stale', value: 900 }, { freshness: 'none' }])

  rig.clock.nowMs = at(39)
  await page.until((b) => b.line.freshness === 'stale', 'still stale')
  rig.clock.nowMs = at(40)
  const gone = await page.until((b) => b.line.freshness === 'withdrawn', 'withdrawn')
  expect(gone.line.word).toBe('nodata')
  expect(gone.keyResults.items[0]?.freshness).toBe('withdrawn')

  await rig.publish('count', { good: 10, ts: at(40) })
  const live = await page.until((b) => b.line.freshness === 'fresh', 'fresh')
  expect(live.oee.sums).toMatchObject({ plannedMs: 40 * minute, runMs: 30 * minute, unknownMs: 10 * minute })
  expect(live.line.asOfMs).toBe(at(40))
  expect(live.keyResults.items[0]).toMatchObject({ freshness: 'fresh', value: 900 })
})

test('silence that began before the end of a shift is unknown time of that shift, not run time', async () => {
  const { rig, page } = await runningLine()
  rig.clock.nowMs = at(479.5)
  await page.until((b) => b.line.freshness === 'withdrawn', 'the long silence')
  await rig.publish('count', { good: 1, ts: at(479.5) })
  await page.until((b) => b.status.made === 30 * 58 + 1, 'the last piece')
  rig.clock.nowMs = at(480)
  await page.until(
    (b) => b.line.word === 'notscheduled' && b.scrap.history.length === 2,
    'the end of the shift',
  )
  rig.clock.nowMs = at(481)
  await page.until((b) => b.line.freshness === 'stale', 'stale')
  await until('the corrected shift', () => shiftSums(rig, at(0))?.unknownMs === 420 * minute)
  expect(shiftSums(rig, at(0))).toMatchObject({
    plannedMs: 450 * minute,
    runMs: 30 * minute,
    stopMs: 0,
    unknownMs: 420 * minute,
  })
})

function shiftSums(rig: EngineRig, startMs: number) {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return readShifts(store.read, 'l1', startMs)[0]?.sums
  } finally {
    store.close()
  }
}
