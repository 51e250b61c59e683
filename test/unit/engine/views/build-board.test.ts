import { describe, expect, test } from 'vitest'
import type { ShiftResult } from '../../../../electron/engine/shift-result.ts'
import { buildBoard, type BoardInput } from '../../../../electron/engine/views/build-board.ts'
import { keyResultsView } from '../../../../electron/engine/views/key-results.ts'
import { siteView } from '../../../../electron/engine/views/site.ts'
import { emptyWindowSums } from '../../../../shared/domain/kpis/window-sums.ts'
import { plantSchema } from '../../../../shared/settings/plant.ts'
import { sampleBoard } from '../../../helpers/sample-board.ts'
import { caps, minute, six, states, testLine, viewInput } from '../../../helpers/view-input.ts'

const at = (minutes: number) => six + minutes * minute
const part = { from: 'cap', to: 'lid' }

/** The shift on the day before. */
const yesterday: ShiftResult = {
  name: 'Early',
  date: '2026-11-20',
  startMs: at(-3 * 1440),
  endMs: at(-3 * 1440 + 480),
  sums: {
    ...emptyWindowSums,
    plannedMs: 450 * minute,
    runMs: 450 * minute,
    good: 900,
    scrap: 100,
    total: 1_000,
  },
  changeovers: [
    { ...part, startMs: at(-4300), endMs: at(-4290), closedMs: at(-4290), durationMs: 10 * minute },
    { ...part, startMs: at(-4200), endMs: at(-4170), closedMs: at(-4170), durationMs: 30 * minute },
  ],
}

type Given = Parameters<typeof viewInput>[0]

function board(options: Given, history: ShiftResult[] = [yesterday]) {
  return buildBoard(boardInput(options, history))
}

function boardInput(options: Given, history: ShiftResult[]): BoardInput {
  const input = viewInput(options)
  const { site, health } = sampleBoard('l1')
  const team = { objectives: [], above: [], baselines: [], checkIns: () => [] }
  return {
    ...input,
    site,
    health,
    history,
    team: {
      keyResults: keyResultsView({ ...input, history, team }),
      boardHealth: { findings: [], counts: { mistake: 0, warning: 0, hint: 0 } },
      cadence: { items: [] },
      strategy: null,
    },
    kpis: null,
    plant: null,
  }
}

/** An hour of an early shift: 40 min running, 5 min stop without and 5 min with a reason, 10 min changeover. */
const facts = {
  states: states(
    [0, 'running'],
    [20, 'stopped'],
    [25, 'stopped', 'Jam'],
    [30, 'running'],
    [40, 'changeover'],
    [50, 'running'],
  ),
  counts: [...caps(0, 20, 50, 5), ...caps(30, 40, 50, 5), ...caps(50, 60, 50, 5)],
  scraps: [
    { startMs: at(1), reason: 'Dent', detected: 'internal' as const, qty: 120 },
    { startMs: at(2), reason: 'Label', detected: 'internal' as const, qty: 80 },
    { startMs: at(31), reason: 'Label', detected: 'internal' as const, qty: 50 },
    { startMs: at(32), reason: 'Leak', detected: 'customer' as const, qty: 3 },
    { startMs: at(-60), reason: 'Dent', detected: 'internal' as const, qty: 999 },
  ],
}

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

test('a running changeover shows its step, and joins the part before the shift', () => {
  const settings = testLine({
    shifts: [
      { name: 'Night', start: '22:00', end: '06:00' },
      { name: 'Early', start: '06:00', end: '14:00' },
    ],
  })
  const night: ShiftResult = {
    ...yesterday,
    startMs: at(-480),
    endMs: at(0),
    changeovers: [{ ...part, startMs: at(-10), endMs: at(0), closedMs: null, durationMs: 10 * minute }],
  }
  const changeovers = [
    { seq: 1, atMs: at(-10), event: 'start' as const, from: 'cap', to: 'lid' },
    { seq: 2, atMs: at(-5), event: 'step' as const, step: 'Line clear' },
    { seq: 3, atMs: at(3), event: 'step' as const, step: 'Star wheels' },
  ]
  const open = board({ nowMs: at(5), facts: { changeovers, states: states([-60, 'running']) }, settings }, [
    night,
  ])
  expect(open.line.word).toBe('changeover')
  expect(open.line.sinceMs).toBe(at(-10))
  expect(open.changeover.current).toMatchObject({
    ...part,
    startMs: at(-10),
    durationMs: 15 * minute,
    step: 'Star wheels',
  })
  const done = [...changeovers, { seq: 4, atMs: at(8), event: 'end' as const }]
  const closed = board(
    { nowMs: at(9), facts: { changeovers: done, states: states([-60, 'running']) }, settings },
    [night],
  )
  expect(closed.changeover.current).toBeNull()
  expect(closed.changeover.recent).toMatchObject([
    { startMs: at(-10), closedMs: at(8), durationMs: 18 * minute },
  ])
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

test('the scrap chart has at most 22 points and limits from 6 on', () => {
  const shifts = Array.from({ length: 30 }, (_, index) => ({
    ...yesterday,
    startMs: at(-(31 - index) * 1440),
    endMs: at(-(31 - index) * 1440 + 480),
    sums: { ...yesterday.sums, scrap: 100 + (index % 2) * 10, total: 1_000 },
  }))
  const { scrap } = board({ nowMs: at(10), facts }, shifts)
  expect(scrap.history).toHaveLength(22)
  expect(scrap.history[21]?.atMs).toBe(shifts[29]?.startMs)
  expect(scrap.segments).toMatchObject([{ from: 0, to: 22 }])
  expect(scrap.segments[0]?.limits?.mean).toBeCloseTo(0.105, 12)
  expect(scrap.signal).toBe('none')
  expect(board({ nowMs: at(10), facts }, shifts.slice(0, 5)).scrap).toMatchObject({
    segments: [{ from: 0, to: 5, limits: null }],
    signal: 'collecting',
    rule: null,
  })
})

test('a confirmed change of the process keeps the old limits and begins new ones; the signal says by which rule', () => {
  const shifts = Array.from({ length: 16 }, (_, index) => ({
    ...yesterday,
    startMs: at(-(17 - index) * 1440),
    endMs: at(-(17 - index) * 1440 + 480),
    sums: { ...yesterday.sums, scrap: (index < 8 ? 100 : 50) + (index % 2) * 10, total: 1_000 },
  }))
  const input = (confirmedMs: number[]) =>
    buildBoard({ ...boardInput({ nowMs: at(10), facts }, shifts), confirmedMs }).scrap
  const before = input([])
  expect(before).toMatchObject({ signal: 'better', rule: 'four' })
  const after = input([shifts[8]!.startMs])
  expect(after.segments).toMatchObject([
    { from: 0, to: 8 },
    { from: 8, to: 16 },
  ])
  expect(after.segments.map(({ limits }) => limits?.mean)).toEqual([
    expect.closeTo(0.105, 12),
    expect.closeTo(0.055, 12),
  ])
  expect(after).toMatchObject({ signal: 'none', rule: null })
})

test('how far a KPI can be trusted: days of history, and whether the newest shifts are steady', () => {
  const daily = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...yesterday,
      startMs: at(-(count - index) * 1440),
      endMs: at(-(count - index) * 1440 + 480),
      sums: { ...yesterday.sums, scrap: 100 + (index % 2) * 10, total: 1_000 },
    }))
  const maturity = (count: number) => board({ nowMs: at(10), facts }, daily(count)).scrap.maturity
  expect(maturity(0)).toEqual({ days: 0, enoughDays: false, stable: null })
  expect(maturity(41)).toEqual({ days: 41, enoughDays: false, stable: true })
  expect(maturity(100)).toEqual({ days: 100, enoughDays: true, stable: true })
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

describe('scrap without a reason', () => {
  const settings = testLine()
  const scrapOf = (scraps: [string, number][], counted: number) =>
    board({
      nowMs: at(60),
      settings,
      facts: {
        ...facts,
        counts: caps(0, 1, 50, counted),
        scraps: scraps.map(([reason, qty]) => ({
          startMs: at(0),
          reason,
          detected: 'internal' as const,
          qty,
        })),
      },
    }).scrap

  test('is what nobody named a reason for: included scrap names pieces that were counted before', () => {
    const { scrap, reasons } = scrapOf(
      [
        ['', 10],
        ['Dent', 4],
      ],
      10,
    )
    expect(scrap).toBe(10)
    expect(reasons).toEqual([
      { reason: '', qty: 6 },
      { reason: 'Dent', qty: 4 },
    ])
  })

  test('is never below zero, and not there when all of it is named', () => {
    expect(
      scrapOf(
        [
          ['', 10],
          ['Dent', 10],
        ],
        10,
      ).reasons,
    ).toEqual([{ reason: 'Dent', qty: 10 }])
    expect(
      scrapOf(
        [
          ['', 10],
          ['Dent', 12],
        ],
        10,
      ).reasons,
    ).toEqual([{ reason: 'Dent', qty: 12 }])
  })

  test('reasons may be called like members of every object', () => {
    expect(
      scrapOf(
        [
          ['__proto__', 2],
          ['constructor', 1],
        ],
        3,
      ).reasons,
    ).toEqual([
      { reason: '__proto__', qty: 2 },
      { reason: 'constructor', qty: 1 },
    ])
  })
})

describe('scrap that somebody typed in', () => {
  const typed = (minutes: number) => ({
    counts: [{ ...caps(minutes, minutes + 1, 0, 3)[0]!, idealTotalMs: null, idealGoodMs: null }],
    scraps: [{ startMs: at(minutes), reason: 'Dent', detected: 'internal' as const, qty: 3 }],
  })

  test('is on the board before the first reading of the line, without a ratio to nothing', () => {
    const { scrap, line } = board({ nowMs: at(61), lastMs: null, facts: typed(60) }, [])
    expect(line.word).toBe('nodata')
    expect(scrap).toMatchObject({ ratio: null, scrap: 3, total: 3, reasons: [{ reason: 'Dent', qty: 3 }] })
  })

  test('counts while the line is silent; the ratio is the one of the last reading', () => {
    const silent = { ...typed(60), counts: [...caps(0, 10, 50), ...typed(60).counts] }
    const { scrap } = board({ nowMs: at(61), lastMs: at(10), facts: silent }, [])
    expect(scrap).toMatchObject({ ratio: 0, scrap: 3, total: 503, reasons: [{ reason: 'Dent', qty: 3 }] })
  })
})

test('a product may be called like a member of every object', () => {
  const run = { seq: 1, atMs: at(0), product: 'constructor', firstGoodMs: null, lastGoodMs: null }
  const { line } = board({ nowMs: at(1), facts: { products: [run] } }, [])
  expect(line.product).toEqual({ id: 'constructor', name: 'constructor' })
})

test('a changeover with planned steps: what is done, what is being done, what could be prepared', () => {
  const settings = testLine({
    changeoverTargetS: 600,
    changeoverSteps: [
      { name: 'Caps staged', while: 'running' },
      { name: 'Film staged', while: 'running' },
      { name: 'Line clear', plannedS: 120 },
      { name: 'Swap parts', plannedS: 300 },
      { name: 'Check', plannedS: 60 },
    ],
  })
  const steps: [number, 'start' | 'step', string?][] = [
    [-20, 'step', 'Caps staged'],
    [0, 'start'],
    [1, 'step', 'Line clear'],
    [3, 'step', 'Swap parts'],
    [4, 'step', 'Film staged'],
    [5, 'step', 'Find the key'],
  ]
  const changeovers = steps.map(([minutes, event, step], seq) => ({ seq, atMs: at(minutes), event, step }))
  const { current } = board({
    nowMs: at(6),
    facts: { changeovers, states: states([-60, 'running']) },
    settings,
  }).changeover
  expect(current?.step).toBe('Find the key')
  expect(current?.steps).toEqual([
    { name: 'Line clear', plannedMs: 120_000, startMs: at(1), endMs: at(3) },
    { name: 'Swap parts', plannedMs: 300_000, startMs: at(3), endMs: at(5) },
    { name: 'Check', plannedMs: 60_000, startMs: null, endMs: null },
    { name: 'Find the key', plannedMs: null, startMs: at(5), endMs: null },
  ])
  expect(current?.prep).toEqual([
    { name: 'Caps staged', done: true },
    { name: 'Film staged', done: true },
  ])
})
