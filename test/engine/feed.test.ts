import { afterEach, describe, expect, test } from 'vitest'
import { openReadonly } from '../../db/open-database.ts'
import { databaseFile } from '../../db/data-dir.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { kpiRatios } from '../../shared/domain/kpi.ts'
import { windowSums } from '../../shared/domain/kpis/window-sums.ts'
import { patchIntervalMs } from '../../shared/contract/timing.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { startEngineRig, type EngineRig, type RigOptions } from '../helpers/engine-rig.ts'
import { startAedes } from '../helpers/aedes.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

async function start(options: Partial<RigOptions> = {}): Promise<EngineRig> {
  const rig = await startEngineRig({ nowMs: six + 10 * minute, lines: [testLine()], ...options })
  rigs.push(rig)
  return rig
}

const at = (minutes: number) => six + minutes * minute

describe('from MQTT to the page', () => {
  test('a published message is on the board well within a second', async () => {
    const rig = await start()
    const page = rig.page()
    await page.hello()
    expect(page.board().line).toMatchObject({ word: 'nodata', freshness: 'none', lastReadingMs: null })
    await page.until((b) => b.health.broker.state === 'connected', 'the connection to the broker')
    await rig.publish('state', { state: 'running', ts: at(0) })
    await page.until((b) => b.line.word === 'running', 'running')
    const sentMs = performance.now()
    await rig.publish('count', { good: 7, scrap: 1, ts: at(9) })
    const board = await page.until((b) => b.status.made === 7, 'seven pieces')
    const tookMs = performance.now() - sentMs
    console.log(`publish to page: ${tookMs.toFixed(0)} ms`)
    expect(tookMs).toBeLessThan(1_000)
    expect(board.scrap).toMatchObject({ scrap: 1, total: 8 })
    expect(board.line).toMatchObject({ freshness: 'fresh', product: { id: 'cap', name: 'Cap' } })
  })

  test('a running line: its numbers come first, and then all that a page gets which begins anew', async () => {
    const rig = await start()
    const page = rig.page()
    await page.hello()
    rig.arrive([
      ['state', { state: 'running', ts: at(1) }],
      ['count', { good: 5, ts: at(9) }],
    ])
    await page.until((b) => b.status.made === 5 && b.line.word === 'slow', 'five pieces')
    for (let made = 6; made < 9; made++) {
      // A change after quiet goes out at once.
      await new Promise((resolve) => setTimeout(resolve, patchIntervalMs))
      const known = page.pushes.length
      rig.clock.nowMs += 1_000
      rig.arrive([['count', { good: 1, scrap: 1, ts: rig.clock.nowMs - 500 }]])
      await page.until((b) => b.status.made === made && b.scrap.scrap === made - 5, 'one more')
      const [first, ...others] = page.pushes.slice(known).filter(({ type }) => type !== 'tick')
      expect(first).toMatchObject({ type: 'counts', counts: { made, pace: { made } } })
      expect(others[0]).toMatchObject({ parts: { scrap: { scrap: made - 5 } } })
    }
    const fresh = rig.page()
    await fresh.hello()
    expect(page.board()).toEqual(fresh.board())
  })

  test('two pages with two lines each get their own', async () => {
    const rig = await start({ lines: [testLine(), testLine({ id: 'l2', name: 'Line 2' })] })
    const [one, two] = [rig.page(), rig.page()]
    await Promise.all([one.hello('l1'), two.hello('l2')])
    await one.until((b) => b.health.broker.state === 'connected', 'the connection')
    await rig.publish('count', { good: 3, ts: at(9) }, 'l1')
    await rig.publish('count', { good: 5, ts: at(9) }, 'l2')
    await one.until((b) => b.status.made === 3, 'three')
    await two.until((b) => b.status.made === 5, 'five')
    expect(one.board().site.lineName).toBe('Line 1')
    expect(one.board().site.lines).toEqual([
      { id: 'l1', name: 'Line 1' },
      { id: 'l2', name: 'Line 2' },
    ])
    expect(one.board().status.made).toBe(3)
  })

  test('a refused message is counted and named on the board', async () => {
    const rig = await start()
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.health.broker.state === 'connected', 'the connection')
    await rig.publish('count', { good: -1 })
    const { health } = await page.until((b) => b.health.rejected === 1, 'the refusal')
    expect(health.lastReject).toMatchObject({ atMs: rig.clock.nowMs, topic: 'lineside/v1/l1/count' })
    expect(health.lastReject?.reason).not.toBe('')
  })

  test('the broker address on the board has no credentials', async () => {
    const rig = await start()
    const page = rig.page()
    await page.hello()
    expect(page.board().health.broker.address).toBe(`127.0.0.1:${rig.broker.port}`)
  })
})

describe('numbers, from messages to board and store', () => {
  test('an hour of a shift equals its hand calculation', async () => {
    const rig = await start({ nowMs: at(60) })
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.health.broker.state === 'connected', 'the connection')
    await rig.publish('product', { product: 'cap', ts: at(0) })
    await rig.publish('state', { state: 'running', ts: at(0) })
    for (let m = 0; m < 20; m++)
      await rig.publish('count', { good: 50, scrap: 5, reason: 'Dent', ts: at(m) + 30_000 })
    await rig.publish('state', { state: 'stopped', reason: 'Jam', ts: at(20) })
    await rig.publish('state', { state: 'running', ts: at(30) })
    await rig.publish('changeover', { event: 'start', from: 'cap', to: 'lid', ts: at(40) })
    await rig.publish('product', { product: 'lid', ts: at(45) })
    await rig.publish('changeover', { event: 'end', ts: at(50) })
    for (let m = 50; m < 60; m++) await rig.publish('count', { good: 25, rework: 1, ts: at(m) + 30_000 })
    const board = await page.until((b) => b.status.made === 1_250, 'all pieces')

    // By hand: 60 planned minutes = 40 run + 10 stop + 10 changeover. 20 x 55 caps of 1 s and 10 x 25 lids of 2 s.
    expect(board.oee.sums).toEqual({
      plannedMs: 60 * minute,
      runMs: 40 * minute,
      stopMs: 10 * minute,
      changeoverMs: 10 * minute,
      unknownMs: 0,
      good: 1_250,
      scrap: 100,
      rework: 10,
      total: 1_350,
      unplannedPieces: 0,
      idealTotalMs: 1_100 * 1_000 + 250 * 2_000,
      idealGoodMs: 1_000 * 1_000 + 250 * 2_000,
      stopCount: 1,
      microStopCount: 0,
      // One stop of the line itself, with a reason; one changeover; nobody called; scrap has no price.
      idleMs: 0,
      failureMs: 10 * minute,
      failureCount: 1,
      unexplainedMs: 0,
      changeoverCount: 1,
      changeoverDoneMs: 10 * minute,
      changeoverBestMs: 10 * minute,
      callsRaised: 0,
      callsAcked: 0,
      callAckMs: 0,
      callsResolved: 0,
      callResolveMs: 0,
      scrapCost: null,
      // 600 planned in the hour: a takt of 6 s for each of the 1,350.
      targetPieces: 600,
      taktMs: 1_350 * 6_000,
    })
    expect(board.oee.ratios?.availability).toBeCloseTo(40 / 60, 12)
    expect(board.oee.ratios?.performance).toBeCloseTo(1_600 / 2_400, 12)
    expect(board.oee.ratios?.quality).toBeCloseTo(1_500 / 1_600, 12)
    expect(board.oee.ratios?.qualityRatio).toBeCloseTo(1_250 / 1_350, 12)
    expect(board.oee.ratios?.oee).toBeCloseTo(1_500 / 3_600, 12)
    expect(board.oee.ratios?.firstPassYield).toBeCloseTo(1_240 / 1_350, 12)
    expect(board.status.pace).toMatchObject({ target: 4_500, targetSoFar: 600, made: 1_250, gap: 650 })
    expect(board.scrap).toMatchObject({ ratio: 100 / 1_350, reasons: [{ reason: 'Dent', qty: 100 }] })
    expect(board.changeover.recent).toMatchObject([
      { from: 'cap', to: 'lid', startMs: at(40), closedMs: at(50), durationMs: 10 * minute },
    ])

    const store = openReadonly({ file: databaseFile(rig.dir) })
    try {
      const facts = readLineFacts(store.read, 'l1', { startMs: at(0), endMs: at(60) })
      const sums = windowSums(
        facts,
        lineRules(rig.plant.lines[0]!, 'UTC'),
        { startMs: at(0), endMs: at(60) },
        at(60),
      )
      expect(sums).toEqual(board.oee.sums)
      expect(kpiRatios(sums)).toEqual(board.oee.ratios)
    } finally {
      store.close()
    }
  })

  test('late messages restate a finished shift, in the chart too', async () => {
    const rig = await start({ nowMs: at(24 * 60 + 10) })
    rig.replay([
      ['state', { state: 'running', ts: at(0) }],
      ['count', { good: 90, scrap: 10, ts: at(5) }],
    ])
    rig.arrive([['count', { good: 0 }]])
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.scrap.history[0]?.ratio === 0.1, 'the finished shift')
    rig.replay([['count', { good: 0, scrap: 100, ts: at(6) }]])
    const { scrap } = await page.until((b) => b.scrap.history[0]?.total === 200, 'the restated shift')
    expect(scrap.history).toHaveLength(1)
    expect(scrap.history[0]).toMatchObject({ ratio: 0.55, label: '2026-11-23 Early' })
  })
})

describe('restart', () => {
  const shift: [string, Record<string, unknown>][] = [
    ['product', { product: 'cap', ts: at(0) }],
    ['state', { state: 'running', ts: at(0) }],
    ['count', { good: 300, scrap: 20, reason: 'Dent', ts: at(5) }],
    ['state', { state: 'stopped', reason: 'Jam', ts: at(8) }],
    ['call', { event: 'raise', call: 'c1', category: 'material', ts: at(8) }],
  ]

  test('gives the same board', async () => {
    const rig = await start({ nowMs: at(9) })
    const before = rig.page()
    await before.hello()
    await before.until((b) => b.health.broker.state === 'connected', 'the connection')
    for (const [kind, body] of shift) await rig.publish(kind, body)
    const { health: _then, ...known } = await before.until(
      (b) => b.line.openCalls.length === 1,
      'the last message',
    )
    await rig.restart()
    const after = rig.page()
    await after.hello()
    const { health: _now, ...again } = after.board()
    expect(again).toEqual(known)
    expect(again.line).toMatchObject({ word: 'stopped', reason: 'Jam', sinceMs: at(8) })
  })

  test('after a while shows the last values as stale at once, then live', async () => {
    const rig = await start({ nowMs: at(9) })
    const before = rig.page()
    await before.hello()
    await before.until((b) => b.health.broker.state === 'connected', 'the connection')
    for (const [kind, body] of shift) await rig.publish(kind, body)
    const known = await before.until((b) => b.line.openCalls.length === 1, 'the last message')
    rig.clock.nowMs = at(14)
    await rig.restart()
    const after = rig.page()
    await after.hello()
    const first = after.board()
    expect(first.line).toMatchObject({
      word: 'nodata',
      freshness: 'stale',
      asOfMs: at(9),
      lastReadingMs: at(9),
    })
    for (const key of ['hours', 'oee', 'scrap'] as const) expect(first[key]).toEqual(known[key])
    // Nobody knows whether the stop goes on, so it costs nothing more to the eye.
    expect(first.status).toEqual({ ...known.status, lostInStop: null })
    await after.until((b) => b.health.broker.state === 'connected', 'the connection')
    await rig.publish('state', { state: 'running', ts: at(14) })
    const live = await after.until((b) => b.line.word === 'running', 'live again')
    expect(live.line).toMatchObject({ freshness: 'fresh', asOfMs: at(14) })
    expect(live.oee.sums).toMatchObject({ plannedMs: 14 * minute, unknownMs: 5 * minute, stopMs: minute })
  })
})

test('a broker that goes and comes back needs nobody', async () => {
  const rig = await start()
  const page = rig.page()
  await page.hello()
  await page.until((b) => b.health.broker.state === 'connected', 'the connection')
  await rig.broker.stop()
  await page.until((b) => b.health.broker.state !== 'connected', 'the loss')
  rig.broker = await startAedes({ port: rig.broker.port })
  await page.until((b) => b.health.broker.state === 'connected', 'the return', 30_000)
  await rig.publish('count', { good: 4, ts: at(9) })
  await page.until((b) => b.status.made === 4, 'four pieces')
})
