import { afterEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { listShiftStarts } from '../../db/queries/history.ts'
import { startEngineRig, type EngineRig, type RigOptions } from '../helpers/engine-rig.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const day = 1440
const at = (minutes: number) => six + minutes * minute
const kpi = (id: string, more: Record<string, unknown>) => ({ id, name: id, shifts: 3, ...more })
const seed = {
  objectives: [
    {
      id: 'o1',
      line: 'l1',
      title: 'Right first time',
      cycle: { name: 'Q4', start: '2026-11-23', end: '2026-12-18' },
      keyResults: [
        kpi('throughput', { kpi: 'throughput', unit: 'pcs', baseline: 850, target: 1_100 }),
        kpi('scrap', { kpi: 'scrap_ratio', unit: '%', baseline: 12, target: 2 }),
        kpi('oee', { kpi: 'oee', unit: '%', baseline: 1, target: 10 }),
        kpi('fpy', { kpi: 'first_pass_yield', unit: '', baseline: 0.5, target: 1 }),
        kpi('change', { kpi: 'changeover_min', unit: 'min', baseline: 45, target: 20 }),
      ],
    },
  ],
}

async function start(options: Partial<RigOptions> = {}): Promise<EngineRig> {
  const rig = await startEngineRig({ nowMs: at(3 * day + 60), lines: [testLine()], seed, ...options })
  rigs.push(rig)
  return rig
}

/** One early shift `days` after Monday: running all the time but for one changeover. */
function shift(
  days: number,
  good: number,
  scrap: number,
  changeoverMinutes: number,
): [string, Record<string, unknown>][] {
  const of = (minutes: number) => at(days * day + minutes)
  return [
    ['product', { product: 'cap', ts: of(0) }],
    ['state', { state: 'running', ts: of(0) }],
    ['count', { good, scrap, rework: 10, ts: of(30) }],
    ['changeover', { event: 'start', ts: of(100) }],
    ['changeover', { event: 'end', ts: of(100 + changeoverMinutes) }],
    ['state', { state: 'off', ts: of(480) }],
  ]
}

const week = [...shift(0, 900, 100, 40), ...shift(1, 1_000, 50, 30), ...shift(2, 1_100, 25, 20)]

describe('live key results', () => {
  test('follow the finished shifts of the store, by hand', async () => {
    const rig = await start()
    rig.replay(week)
    rig.arrive([['state', { state: 'running' }]])
    const page = rig.page()
    await page.hello()
    const { keyResults } = await page.until((b) => b.keyResults.items[0]?.sampleSize === 3, 'three shifts')
    const [objective] = keyResults.objectives
    expect(objective).toMatchObject({ id: 'o1', title: 'Right first time', week: 1, weeks: 4 })
    const [throughput, scrap, oee, fpy, change] = keyResults.items
    expect(throughput).toMatchObject({ value: 1_000, sampleSize: 3, valueAtMs: at(2 * day + 480) })
    expect(throughput?.progress?.progress).toBeCloseTo(0.6, 12)
    // Three of twenty working days have passed.
    expect(throughput?.progress?.expected).toBeCloseTo(3 / 20, 12)
    expect(throughput?.progress?.status).toBe('On pace')
    expect(scrap?.value).toBeCloseTo((100 * 175) / 3_175, 10)
    expect(oee?.value).toBeCloseTo((100 * 3_000) / (3 * 450 * 60), 10)
    expect(fpy?.value).toBeCloseTo((3_000 - 30) / 3_175, 12)
    expect(change).toMatchObject({ value: 30, progress: { progress: 0.6 } })
  })

  test('move when the running shift ends', async () => {
    const rig = await start()
    rig.replay([...week, ...shift(3, 1_300, 0, 10).slice(0, -1)])
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.keyResults.items[0]?.value === 1_000, 'three shifts')
    rig.clock.nowMs = at(3 * day + 480) - 1_000
    rig.arrive([['count', { good: 0 }]])
    rig.clock.nowMs = at(3 * day + 960)
    const board = await page.until((b) => b.keyResults.items[0]?.value !== 1_000, 'the fourth shift')
    expect(board.keyResults.items[0]?.value).toBeCloseTo((1_000 + 1_100 + 1_300) / 3, 9)
    expect(board.keyResults.items[0]?.freshness).toBe('fresh')
    expect(board.line.word).toBe('notscheduled')
  })

  test('late data restates them', async () => {
    const rig = await start()
    rig.replay(week)
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.keyResults.items[0]?.value === 1_000, 'three shifts')
    rig.replay([['count', { good: 300, ts: at(31) }]])
    await page.until((b) => b.keyResults.items[0]?.value === 1_100, 'the restated mean')
  })
})

describe('the seed of plant.yaml', () => {
  test('is read once, into an empty store', async () => {
    const rig = await start()
    const objective = rig.plant.seed?.objectives[0]
    if (!objective) throw new Error('the rig has a seed')
    objective.title = 'Changed in the file'
    await rig.restart()
    const page = rig.page()
    await page.hello()
    expect(page.board().keyResults.objectives[0]?.title).toBe('Right first time')
    expect(page.board().keyResults.items).toHaveLength(5)
  })
})

describe('results of finished shifts', () => {
  const stored = (rig: EngineRig) => {
    const store = openReadonly({ file: databaseFile(rig.dir) })
    try {
      return listShiftStarts(store.read, 'l1', 0)
    } finally {
      store.close()
    }
  }

  test('are kept in the store and not computed again', async () => {
    const rig = await start()
    rig.replay(week)
    const page = rig.page()
    await page.hello()
    const known = await page.until((b) => b.keyResults.items[0]?.sampleSize === 3, 'three shifts')
    expect(stored(rig)).toEqual([at(0), at(day), at(2 * day)])
    await rig.restart()
    const again = rig.page()
    await again.hello()
    expect(again.board().keyResults).toEqual(known.keyResults)
  })

  test('are forgotten when plant.yaml judges otherwise', async () => {
    const rig = await start()
    rig.replay(week)
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.keyResults.items[0]?.sampleSize === 3, 'three shifts')
    const line = rig.plant.lines[0]
    if (!line) throw new Error('the rig has a line')
    line.shifts[0] = { ...line.shifts[0]!, breaks: [] }
    await rig.restart()
    const again = rig.page()
    await again.hello()
    const board = await again.until((b) => b.keyResults.items[0]?.sampleSize === 3, 'three shifts anew')
    expect(board.keyResults.items[2]?.value).toBeCloseTo((100 * 3_000) / (3 * 480 * 60), 10)
  })

  test('90 days of three shifts: summed up in under 2 s of work, while the board stays live', async () => {
    const shifts = [
      { name: 'Early', start: '06:00', end: '14:00' },
      { name: 'Late', start: '14:00', end: '22:00' },
      { name: 'Night', start: '22:00', end: '06:00' },
    ]
    const rig = await start({ nowMs: at(90 * day + 60), lines: [testLine({ shifts })], seed: undefined })
    const messages: [string, Record<string, unknown>][] = [['product', { product: 'cap', ts: at(0) }]]
    for (let half = 0; half < 90 * 48; half++) {
      messages.push(['state', { state: half % 7 === 3 ? 'stopped' : 'running', ts: at(half * 30) }])
      for (let m = 0; m < 30; m += 3) messages.push(['count', { good: 50, scrap: 1, ts: at(half * 30 + m) }])
    }
    for (let i = 0; i < messages.length; i += 2_000) rig.replay(messages.slice(i, i + 2_000))
    // Without the cached results, as after an update of the rules.
    rig.plant.lines[0]!.microStopS = 60
    await rig.engine.stop()
    const startedMs = performance.now()
    await rig.restart()
    const page = rig.page()
    await page.hello()
    const firstMs = performance.now() - startedMs
    await rig.engine.settled()
    const allMs = performance.now() - startedMs
    console.log(
      `270 shifts: first board after ${firstMs.toFixed(0)} ms, all summed up after ${allMs.toFixed(0)} ms`,
    )
    expect(stored(rig)).toHaveLength(270)
    expect(firstMs).toBeLessThan(2_000)
    expect(allMs).toBeLessThan(10_000)
  })
})
