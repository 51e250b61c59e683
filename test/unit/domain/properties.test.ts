import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ShiftCalendar } from '../../../shared/domain/calendar.ts'
import { changeoversIn } from '../../../shared/domain/changeovers.ts'
import type { CallFact, Interval, LineFacts } from '../../../shared/domain/facts.ts'
import { lineStates } from '../../../shared/domain/facts.ts'
import { unionOf } from '../../../shared/domain/intervals.ts'
import { kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { liveKpiSpecs } from '../../../shared/domain/kpis/catalogue.ts'
import { kpiValue } from '../../../shared/domain/kpis/kpi-spec.ts'
import { totalOf, windowSums } from '../../../shared/domain/kpis/window-sums.ts'
import { oeeLosses } from '../../../shared/domain/losses.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { buildTimeline } from '../../../shared/domain/timeline.ts'
import { calendarOf, factsOf, minute, rulesOf, shiftPattern } from './line-facts.ts'

/** Random lines over 12 hours around a night without, with 23 and with 25 hours; everything happens on full minutes. */
const nights = ['2026-11-18T20:00Z', '2026-03-28T20:00Z', '2026-10-24T20:00Z'].map((start) =>
  Date.parse(start),
)
const spanMinutes = 12 * 60
const calendar: ShiftCalendar = calendarOf(
  [
    shiftPattern({
      name: 'Night',
      start: '22:00',
      end: '05:30',
      breaks: [{ name: 'Meal', start: '02:30', end: '03:00' }],
    }),
    shiftPattern({
      name: 'Early',
      start: '06:00',
      end: '14:00',
      breaks: [{ name: 'Tea', start: '07:30', end: '07:45' }],
    }),
  ],
  { timeZone: 'Europe/Berlin' },
)
const slot = { kind: 'cleaning' as const, date: null, days: [1, 2, 3, 4, 5, 6, 7], from: null, until: null }
const shorter = calendarOf(
  calendar.shifts.map((shift) => ({ ...shift, movingBreakMs: 20 * minute })),
  {
    timeZone: 'Europe/Berlin',
    slots: [{ ...slot, name: 'Cleaning', start: '01:15', end: '01:45' }],
  },
)
const usual = rulesOf({ calendar, microStopMs: 5 * minute, runningGapMs: 3 * minute })
const ruleSets = [
  usual,
  { ...usual, calendar: shorter },
  { ...usual, cells: { rule: { kind: 'anyDown' as const }, names: [] } },
  { ...usual, calendar: shorter, cells: { rule: { kind: 'bottleneck' as const, cell: 'x' }, names: [] } },
  { ...usual, cells: { rule: { kind: 'minimumRunning' as const, cells: 2 }, names: ['x', 'y', 'z'] } },
]

const minutes = fc.integer({ min: 0, max: spanMinutes })
const interval = fc
  .tuple(minutes, fc.integer({ min: 1, max: 90 }))
  .map(([start, length]) => ({ startMs: start, endMs: start + length }))
const state = fc.record({
  atMs: minutes,
  state: fc.constantFrom(...lineStates),
  reason: fc.constantFrom('Jam', undefined),
  cell: fc.constantFrom(undefined, 'x', 'y', 'z'),
})
const stopEdit = fc.record({ interval, split: fc.boolean(), reason: fc.constantFrom('Belt', null) })
const changeover = fc.record({ atMs: minutes, event: fc.constantFrom('start', 'step', 'end') })
const product = fc.record({
  atMs: minutes,
  product: fc.constantFrom('a', 'b'),
  goods: fc.option(fc.tuple(fc.nat(30), fc.nat(60)), { nil: null }),
})
const stopReason = fc.record({ interval, open: fc.boolean(), reason: fc.constantFrom('Belt', 'Caps') })
const bucket = fc.record({ startMs: minutes, good: fc.nat(50), scrap: fc.nat(5) })

const line = fc
  .record({
    startMs: fc.constantFrom(...nights),
    states: fc.array(state, { maxLength: 16 }),
    ownStates: fc.boolean(),
    stopEdits: fc.array(stopEdit, { maxLength: 4 }),
    rules: fc.constantFrom(...ruleSets),
    changeovers: fc.array(changeover, { maxLength: 4 }),
    products: fc.array(product, { maxLength: 4 }),
    stopReasons: fc.array(stopReason, { maxLength: 4 }),
    activity: fc.array(interval, { maxLength: 5 }),
    silences: fc.array(interval, { maxLength: 2 }),
    counts: fc.array(bucket, { maxLength: 30 }),
    asOf: minutes,
  })
  .map(({ startMs, asOf, rules, ...random }) => {
    const ms = (minutesLater: number) => startMs + minutesLater * minute
    const moved = (one: Interval) => ({ startMs: ms(one.startMs), endMs: ms(one.endMs) })
    const inOrder = <T extends { atMs: number }>(facts: T[]) =>
      facts.sort((a, b) => a.atMs - b.atMs).map((fact, seq) => ({ ...fact, seq, atMs: ms(fact.atMs) }))
    const facts: LineFacts = factsOf({
      states: inOrder(random.states).map(({ cell, ...one }) => ({
        ...one,
        ...(cell === undefined || random.ownStates ? {} : { cell }),
      })),
      stopEdits: random.stopEdits.map(({ interval: when, split, reason }, n) => {
        const at = moved(when)
        return split
          ? { seq: 50 + n, startMs: at.startMs, endMs: at.startMs, reason: null }
          : { seq: 50 + n, ...at, reason }
      }),
      changeovers: inOrder(random.changeovers) as LineFacts['changeovers'],
      products: inOrder(random.products).map(({ goods, ...run }) => ({
        ...run,
        firstGoodMs: goods && run.atMs + goods[0] * minute,
        lastGoodMs: goods && run.atMs + (goods[0] + goods[1]) * minute,
      })),
      stopReasons: random.stopReasons.map(({ interval: when, open, reason }, seq) => ({
        ...moved(when),
        ...(open ? { endMs: null } : {}),
        seq,
        reason,
      })),
      activity: unionOf(random.activity).map(moved),
      silences: unionOf(random.silences).map(moved),
      counts: random.counts
        .sort((a, b) => a.startMs - b.startMs)
        .map(({ startMs: at, good, scrap }) => ({
          startMs: ms(at),
          product: 'a',
          good,
          scrap,
          rework: 0,
          idealTotalMs: (good + scrap) * 1_000,
          idealGoodMs: good * 1_000,
        })),
    })
    return { facts, rules, ms, asOfMs: ms(asOf), whole: { startMs: ms(0), endMs: ms(spanMinutes) } }
  })

/** Two calls; the second one is answered late. */
const calls = (ms: (minutesLater: number) => number): CallFact[] => [
  { seq: 1, atMs: ms(30), call: 'a', event: 'raise' },
  { seq: 2, atMs: ms(34), call: 'a', event: 'ack' },
  { seq: 3, atMs: ms(200), call: 'b', event: 'raise' },
  { seq: 4, atMs: ms(250), call: 'a', event: 'resolve' },
  { seq: 5, atMs: ms(500), call: 'b', event: 'resolve' },
]

describe('for every line', () => {
  it('the timeline is a partition of the window up to asOf, and each border changes something', () => {
    fc.assert(
      fc.property(line, minutes, minutes, ({ facts, rules, ms, asOfMs }, a, b) => {
        const window = { startMs: ms(Math.min(a, b)), endMs: ms(Math.max(a, b)) }
        const segments = buildTimeline(facts, rules, window, asOfMs)
        const endMs = Math.min(window.endMs, asOfMs)
        expect(segments.length > 0).toBe(endMs > window.startMs)
        if (segments.length === 0) return
        expect(segments[0]!.startMs).toBe(window.startMs)
        expect(segments[segments.length - 1]!.endMs).toBe(endMs)
        segments.forEach((segment, i) => {
          expect(segment.endMs).toBeGreaterThan(segment.startMs)
          if (i === 0) return
          const { startMs: _start, endMs: _end, ...was } = segments[i - 1]!
          const { startMs, endMs: _later, ...is } = segment
          expect(startMs).toBe(segments[i - 1]!.endMs)
          expect(is).not.toEqual(was)
        })
      }),
    )
  })

  it('a window shows the same states as the whole, whatever its borders', () => {
    fc.assert(
      fc.property(line, minutes, minutes, ({ facts, rules, ms, asOfMs, whole }, a, b) => {
        const window = { startMs: ms(Math.min(a, b)), endMs: Math.min(ms(Math.max(a, b)), asOfMs) }
        const cut = buildTimeline(facts, rules, whole, asOfMs)
          .map((one) => ({
            ...one,
            startMs: Math.max(one.startMs, window.startMs),
            endMs: Math.min(one.endMs, window.endMs),
          }))
          .filter((one) => one.endMs > one.startMs)
        expect(buildTimeline(facts, rules, window, asOfMs)).toEqual(cut)
      }),
    )
  })

  it('planned = run + stop + changeover + unknown, and the lists add up to the sums', () => {
    fc.assert(
      fc.property(line, minutes, minutes, ({ facts, rules, ms, asOfMs }, a, b) => {
        const window = { startMs: ms(Math.min(a, b)), endMs: ms(Math.max(a, b)) }
        const sums = kpiSums(facts, rules, window, asOfMs)
        expect(sums.runMs + sums.stopMs + sums.changeoverMs + sums.unknownMs).toBe(sums.plannedMs)
        const stops = stopsIn(facts, rules, window, asOfMs)
        expect(stops.reduce((sum, one) => sum + one.durationMs, 0)).toBe(sums.stopMs)
        const changeovers = changeoversIn(facts, rules, window, asOfMs)
        expect(changeovers.reduce((sum, one) => sum + one.durationMs, 0)).toBe(sums.changeoverMs)
        for (const one of [...stops, ...changeovers]) {
          expect(one.startMs >= window.startMs && one.endMs <= Math.min(window.endMs, asOfMs)).toBe(true)
          expect(one.closedMs === null || one.closedMs >= one.endMs).toBe(true)
          expect(one.durationMs > 0 && one.durationMs <= one.endMs - one.startMs).toBe(true)
        }
      }),
    )
  })

  it('every KPI of a window is that of its parts, summed, whatever their order', () => {
    const order = fc.array(fc.nat(), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(
        line,
        fc.array(minutes, { maxLength: 4 }),
        order,
        ({ facts, rules, ms, asOfMs, whole }, cuts, by) => {
          const edges = [0, ...cuts, spanMinutes].sort((a, b) => a - b).map(ms)
          const parts = edges
            .slice(1)
            .map((endMs, i) => windowSums(facts, rules, { startMs: edges[i]!, endMs }, asOfMs, calls(ms)))
          const sums = windowSums(facts, rules, whole, asOfMs, calls(ms))
          const added = totalOf(parts.sort((_a, _b) => by.pop()! % 2 || -1))
          for (const spec of liveKpiSpecs) {
            const [of, from] = [kpiValue(spec, sums), kpiValue(spec, added)]
            const near = (one: number | null) => (one === null ? null : (expect.closeTo(one, 6) as number))
            expect([spec.id, from]).toEqual([
              spec.id,
              {
                value: near(of.value),
                numerator: near(of.numerator),
                denominator: near(of.denominator),
                sampleSize: of.sampleSize,
              },
            ])
          }
        },
      ),
    )
  })

  it('OEE = availability x performance x quality, and the losses add up to planned time', () => {
    fc.assert(
      fc.property(line, ({ facts, rules, asOfMs, whole }) => {
        const sums = kpiSums(facts, rules, whole, asOfMs)
        const { availability, performance, quality, oee } = kpiRatios(sums)
        if (availability !== null) expect(availability >= 0 && availability <= 1).toBe(true)
        if (quality !== null) expect(quality >= 0 && quality <= 1).toBe(true)
        if (availability !== null && performance !== null && quality !== null) {
          expect(Math.abs(oee! - availability * performance * quality)).toBeLessThanOrEqual(
            1e-12 * Math.max(1, oee!),
          )
        }
        const losses = oeeLosses(sums)
        expect(losses === null).toBe(sums.plannedMs === 0)
        if (losses) expect(Object.values(losses).reduce((sum, ms) => sum + ms, 0)).toBe(sums.plannedMs)
      }),
    )
  })

  it('a line of cells runs in exactly the minutes in which its rule lets it', () => {
    fc.assert(
      fc.property(line, minutes, ({ facts, rules, ms, asOfMs, whole }, at) => {
        const instant = ms(at)
        const { cells } = rules
        fc.pre(cells !== null && instant < asOfMs)
        const inside = (one: { startMs: number; endMs: number | null }) =>
          one.startMs <= instant && instant < (one.endMs ?? Infinity)
        const newest = new Map<string, string>()
        for (const { atMs, cell, state: word } of facts.states) {
          const counts = cell !== undefined && (cells!.names.length === 0 || cells!.names.includes(cell))
          if (atMs <= instant && counts) newest.set(cell, word)
        }
        const segments = buildTimeline(
          { ...facts, products: [], changeovers: [], silences: [] },
          rules,
          whole,
          asOfMs,
        )
        const runs = segments.find(inside)!.state === 'running'
        fc.pre(newest.size > 0)
        const running = [...newest.values()].filter((word) => word === 'running').length
        const { rule } = cells!
        if (rule.kind === 'anyDown') expect(runs).toBe(running === newest.size)
        else if (rule.kind === 'minimumRunning') expect(runs).toBe(running >= rule.cells)
        else if (newest.has(rule.cell)) expect(runs).toBe(newest.get(rule.cell) === 'running')
      }),
      { numRuns: 300 },
    )
  })

  it('every minute has the state that the rules, read one by one, give it', () => {
    fc.assert(
      fc.property(line, minutes, ({ facts, rules, ms, asOfMs, whole }, at) => {
        const instant = ms(at)
        fc.pre(instant < asOfMs && facts.products.length === 0 && facts.states.every((one) => !one.cell))
        const inside = (one: { startMs: number; endMs: number | null }) =>
          one.startMs <= instant && instant < (one.endMs ?? Infinity)
        const last = facts.states.filter((one) => one.atMs <= instant).pop()
        const lastPiece = facts.activity.filter((one) => one.startMs <= instant).pop()
        const newest = facts.activity[facts.activity.length - 1]
        let open = false
        for (const one of facts.changeovers) {
          if (one.atMs <= instant && one.event !== 'step') open = one.event === 'start'
        }
        const silence = facts.silences.find(inside)
        const ends = facts.changeovers.some(
          ({ atMs, event }) => event === 'end' && atMs > instant && atMs <= asOfMs,
        )
        const heardMs = silence?.endMs ?? Infinity
        const later = facts.states.filter((one) => one.atMs > instant && one.atMs <= heardMs)
        const stateHeld = [last, ...later].every((one) => one?.state === 'changeover')
        const wentOn = open ? ends || heardMs <= asOfMs : stateHeld && heardMs <= asOfMs
        const byPieces = () => {
          if (!lastPiece) return 'unknown'
          const live = lastPiece === newest && asOfMs - lastPiece.endMs <= rules.runningGapMs
          return inside(lastPiece) || live ? 'running' : 'stopped'
        }
        const expected =
          silence !== undefined && !wentOn
            ? 'unknown'
            : open
              ? 'changeover'
              : facts.states.length > 0
                ? (last?.state ?? 'unknown')
                : byPieces()
        const found = buildTimeline(facts, rules, whole, asOfMs).find(inside)!
        expect(found.state).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })
})
