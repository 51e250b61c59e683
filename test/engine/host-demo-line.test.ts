import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cycleAround } from '../../electron/host/demo/demo-cycle.ts'
import { reporting } from '../../electron/host/demo/demo-line.ts'
import type { DemoMessage } from '../../electron/host/demo/demo-line.ts'
import { demoLineOf, demoSettings } from '../../electron/host/demo/demo-plant.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { shiftsBetween } from '../../shared/domain/calendar.ts'

const nowMs = Date.parse('2026-11-22T13:07:21.500Z')
const hourMs = 3_600_000
const settings = demoSettings()
const cycle = cycleAround(settings.site.timeZone, nowMs)
const makeLine = () => demoLineOf(settings, cycle)

type Sums = { good: number; scrap: number; rework: number }
function pieces(messages: Iterable<DemoMessage>): Sums {
  const sums = { good: 0, scrap: 0, rework: 0 }
  for (const { kind, body } of messages) {
    if (kind !== 'count') continue
    sums.good += Number(body.good ?? 0)
    sums.scrap += Number(body.scrap ?? 0)
    sums.rework += Number(body.rework ?? 0)
  }
  return sums
}

describe('the simulated line', () => {
  test('says the same of the same time, however the time is cut', () => {
    const fromMs = nowMs - 30 * hourMs
    const whole = pieces(makeLine().messages(fromMs, nowMs))
    expect(whole.good).toBeGreaterThan(2_000)
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 * 3600 * 1000 - 1 }), { maxLength: 6 }),
        (offsets) => {
          const cuts = [...offsets].sort((a, b) => a - b).map((offset) => fromMs + offset)
          const line = makeLine()
          const sums = { good: 0, scrap: 0, rework: 0 }
          let afterMs = fromMs
          for (const untilMs of [...cuts, nowMs]) {
            let lastCountMs = afterMs
            const messages = [...line.messages(afterMs, untilMs)]
            for (const message of messages) if (message.kind === 'count') lastCountMs = message.atMs
            const part = pieces(messages)
            sums.good += part.good
            sums.scrap += part.scrap
            sums.rework += part.rework
            afterMs = Math.max(lastCountMs, afterMs)
          }
          expect(sums).toEqual(whole)
        },
      ),
      { numRuns: 15 },
    )
  })

  test('reports in the order of time, each message with a time and an id of its own', () => {
    const messages = [...makeLine().messages(nowMs - 50 * hourMs, nowMs)]
    const ids = new Set(messages.map((message) => `${message.kind} ${String(message.body.id)}`))
    expect(ids.size).toBe(messages.length)
    const times = messages.map((message) => message.atMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(messages.every((message) => message.body.ts === message.atMs)).toBe(true)
  })

  test('shows life every 5 seconds in what lies just behind, and is coarser before', () => {
    const messages = [...makeLine().messages(nowMs - 10 * 24 * hourMs, nowMs)].filter(
      (m) => m.kind === 'count',
    )
    const recent = messages.filter((message) => message.atMs > nowMs - 60_000).map((message) => message.atMs)
    expect(new Set(recent).size).toBe(12)
    for (const [hours, { bucketMs }] of [
      [200, reporting[0]],
      [20, reporting[1]],
    ] as const) {
      const old = messages.filter(({ atMs }) => Math.abs(nowMs - hours * hourMs - atMs) < 2 * hourMs)
      expect(old.length).toBeGreaterThan(20)
      expect(old.every((message) => (message.atMs + 1) % bucketMs === 0)).toBe(true)
    }
  })

  test('runs as the story says: 850 pieces a shift before the cycle, about 1,000 by now, yield behind, changeovers ahead', () => {
    const line = makeLine()
    const { calendar } = lineRules(settings.lines[0]!, settings.site.timeZone)
    const over = (startMs: number, endMs: number) => {
      const shifts = shiftsBetween(calendar, { startMs, endMs }).length
      const messages = [...line.messages(startMs - 1, endMs - 1)]
      const sums = pieces(messages)
      const starts = messages.filter((m) => m.body.event === 'start').map((m) => m.atMs)
      const ends = messages.filter((m) => m.body.event === 'end').map((m) => m.atMs)
      const changeoverMs = ends.reduce((sum, end, index) => sum + end - (starts[index] ?? end), 0)
      return {
        throughput: sums.good / shifts,
        firstPass: (sums.good - sums.rework) / (sums.good + sums.scrap),
        changeoverMin: changeoverMs / ends.length / 60_000,
      }
    }
    const before = over(Date.parse('2026-09-01T04:00:00Z'), Date.parse('2026-09-11T04:00:00Z'))
    expect(before.throughput).toBeGreaterThan(825)
    expect(before.throughput).toBeLessThan(875)
    expect(before.firstPass).toBeCloseTo(0.87, 1.7)
    expect(before.changeoverMin).toBeGreaterThan(43)
    expect(before.changeoverMin).toBeLessThan(47)
    const lately = over(Date.parse('2026-11-17T05:00:00Z'), Date.parse('2026-11-22T05:00:00Z'))
    expect(lately.throughput).toBeGreaterThan(970)
    expect(lately.throughput).toBeLessThan(1030)
    expect(lately.firstPass).toBeGreaterThan(0.89)
    expect(lately.firstPass).toBeLessThan(0.92)
    expect(lately.changeoverMin).toBeLessThan(30)
  })

  test('is worth watching: something besides pieces happens every few minutes in a running hour', () => {
    const messages = [
      ...makeLine().messages(Date.parse('2026-11-20T09:00:00Z'), Date.parse('2026-11-20T10:00:00Z')),
    ]
    const states = messages.filter((message) => message.kind === 'state')
    expect(states.length).toBeGreaterThan(10)
  })
})

test('the cycle is 13 weeks from a Monday 7 to 8 weeks ago', () => {
  expect(cycle).toEqual({ name: 'Q4 2026', start: '2026-09-28', end: '2026-12-27' })
})
