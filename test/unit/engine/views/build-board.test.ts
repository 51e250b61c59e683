import { describe, expect, test } from 'vitest'
import { siteView } from '../../../../electron/engine/views/site.ts'
import { plantSchema } from '../../../../shared/settings/plant.ts'
import { at, board, facts, yesterday } from '../../../helpers/board-of.ts'
import { minute, states, testLine } from '../../../helpers/view-input.ts'

describe('an hour of a shift, by hand', () => {
  const settings = testLine({ oeeTarget: 0.75, scrapTarget: 0.02, changeoverTargetS: 600 })
  const { status, hours, oee, scrap, changeover } = board({ nowMs: at(60), facts, settings })

  test('pace: 4,500 pieces over 450 planned minutes are 600 by now, 2,000 are made', () => {
    expect(status.pace).toMatchObject({
      planSource: 'calendar',
      target: 4_500,
      targetSoFar: 600,
      made: 2_000,
      gap: 1_400,
    })
    expect(status.made).toBe(2_000)
    expect(status.shift).toEqual({ startMs: at(0), endMs: at(480) })
    expect(status.breaks).toEqual([{ startMs: at(180), endMs: at(210) }])
    expect(status.timeline.map((s) => [s.state, (s.endMs - s.startMs) / minute, s.reason])).toEqual([
      ['running', 20, null],
      ['stopped', 5, null],
      ['stopped', 5, 'Jam'],
      ['running', 10, null],
      ['changeover', 10, null],
      ['running', 10, null],
    ])
  })

  test('hours say the same as pace', () => {
    expect(hours).toMatchObject({ made: 2_000, gap: 1_400 })
    expect(hours.rows).toHaveLength(8)
    expect(hours.rows[0]).toMatchObject({ label: '06', made: 2_000, planSoFar: 600, runningGap: 1_400 })
  })

  test('OEE and its losses add up to the planned time', () => {
    expect(oee.sums).toMatchObject({
      plannedMs: 60 * minute,
      runMs: 40 * minute,
      stopMs: 10 * minute,
      changeoverMs: 10 * minute,
      unknownMs: 0,
      good: 2_000,
      scrap: 200,
    })
    expect(oee.target).toBe(0.75)
    expect(oee.ratios?.availability).toBeCloseTo(40 / 60, 12)
    expect(oee.ratios?.performance).toBeCloseTo(2_200 / 2_400, 12)
    expect(oee.ratios?.oee).toBeCloseTo(2_000 / 3_600, 12)
    const { stopMs, changeoverMs, unknownMs, slowMs, scrapMs, goodMs } = oee.losses!
    expect(stopMs + changeoverMs + unknownMs + slowMs + scrapMs + goodMs).toBe(60 * minute)
  })

  test('scrap by reason, most first; customer escapes apart; nothing of other shifts', () => {
    expect(scrap).toMatchObject({
      scrap: 200,
      total: 2_200,
      target: 0.02,
      customer: 3,
      reasons: [
        { reason: 'Label', qty: 130 },
        { reason: 'Dent', qty: 120 },
      ],
      history: [{ atMs: yesterday.startMs, label: '2026-11-20 Early', ratio: 0.1, total: 1_000 }],
      segments: [{ from: 0, to: 1, limits: null }],
      signal: 'collecting',
    })
    expect(scrap.ratio).toBeCloseTo(200 / 2_200, 12)
  })

  test('changeovers newest first, with mean and best', () => {
    expect(changeover).toMatchObject({ current: null, targetMs: 600_000, bestMs: 10 * minute })
    expect(changeover.recent.map((entry) => entry.durationMs / minute)).toEqual([10, 30, 10])
    expect(changeover.meanMs).toBeCloseTo((50 / 3) * minute, 6)
  })
})

test('a stop costs what the plan wanted meanwhile; breaks cost nothing', () => {
  const stopped = { states: states([0, 'running'], [170, 'stopped']) }
  expect(board({ nowMs: at(178), facts: stopped }).status.lostInStop).toBeCloseTo(80, 9)
  expect(board({ nowMs: at(220), facts: stopped }).status.lostInStop).toBeCloseTo(200, 9)
  expect(board({ nowMs: at(160), facts: stopped }).status.lostInStop).toBeNull()
})

test('when the source is stale, every number is the one of the last reading', () => {
  const then = board({ nowMs: at(59), lastMs: at(59), facts })
  for (const laterMs of [50_000, 5 * minute, 30 * minute]) {
    const later = board({ nowMs: at(59) + laterMs, lastMs: at(59), facts })
    expect(later.line).toMatchObject({
      word: 'nodata',
      sinceMs: at(59),
      asOfMs: at(59),
      lastReadingMs: at(59),
    })
    for (const key of ['status', 'hours', 'oee', 'changeover'] as const) expect(later[key]).toEqual(then[key])
    expect(later.scrap.ratio).toBe(then.scrap.ratio)
  }
})

test('outside shifts and without data no part invents a number', () => {
  for (const options of [
    { nowMs: at(600), facts },
    { nowMs: at(10), lastMs: null },
  ]) {
    const { status, oee, hours, scrap, changeover } = board(options, [])
    expect(status).toMatchObject({ made: 0, lostInStop: null })
    expect(oee.ratios?.oee ?? null).toBeNull()
    expect(oee.ratios?.availability ?? null).toBeNull()
    expect(hours.made).toBe(0)
    expect(scrap).toMatchObject({ ratio: null, reasons: [], signal: 'collecting' })
    expect(changeover).toEqual({ current: null, targetMs: null, recent: [], meanMs: null, bestMs: null })
  }
})

test('the site part is what plant.yaml says, without anything of the broker', () => {
  const plant = plantSchema.parse({
    site: { name: 'North', timeZone: 'UTC' },
    broker: { url: 'mqtt://ana:secret@broker:1883', username: 'ana' },
    lines: [testLine({ scrapReasons: ['Dent'], stopReasons: ['Jam'] })],
  })
  const site = siteView(plant, plant.lines[0]!, { pin: '2468' })
  expect(site).toMatchObject({
    siteName: 'North',
    demo: true,
    demoPin: '2468',
    lineId: 'l1',
    lines: [{ id: 'l1', name: 'Line 1' }],
    scrapReasons: ['Dent'],
    stopReasons: ['Jam'],
    products: [
      { id: 'cap', name: 'Cap' },
      { id: 'lid', name: 'Lid' },
    ],
  })
  expect(siteView(plant, plant.lines[0]!, null)).toMatchObject({ demo: false, demoPin: null })
  expect(JSON.stringify(site)).not.toContain('secret')
})

test('a product may be called like a member of every object', () => {
  const run = { seq: 1, atMs: at(0), product: 'constructor', firstGoodMs: null, lastGoodMs: null }
  const { line } = board({ nowMs: at(1), facts: { products: [run] } }, [])
  expect(line.product).toEqual({ id: 'constructor', name: 'constructor' })
})
