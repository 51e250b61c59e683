import { describe, expect, test } from 'vitest'
import { buildBoard } from '../../../../electron/engine/views/build-board.ts'
import { at, board, boardInput, facts, yesterday } from '../../../helpers/board-of.ts'
import { caps, testLine } from '../../../helpers/view-input.ts'

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
