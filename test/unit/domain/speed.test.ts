import { describe, expect, it } from 'vitest'
import { shiftAt } from '../../../shared/domain/calendar.ts'
import { changeoversIn } from '../../../shared/domain/changeovers.ts'
import { hourRows } from '../../../shared/domain/hours.ts'
import { kpiSums } from '../../../shared/domain/kpi.ts'
import { shiftPace } from '../../../shared/domain/pace.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { buildTimeline } from '../../../shared/domain/timeline.ts'
import { at, calendarOf, factsOf, minute, rulesOf, shiftPattern } from './line-facts.ts'

/** Views compute these several times a second. Milliseconds. */
const budgetMs = 5

describe('one shift of 500 segments and 480 minutes', () => {
  const rules = rulesOf({
    calendar: calendarOf([shiftPattern({ target: 900 })], { timeZone: 'Europe/Berlin' }),
  })
  const shift = shiftAt(rules.calendar, at('08:00'))!
  const facts = factsOf({
    states: Array.from({ length: 500 }, (_, i) => ({
      seq: i,
      atMs: shift.startMs + i * 57_600,
      state: i % 2 === 0 ? ('running' as const) : ('stopped' as const),
    })),
    stopReasons: Array.from({ length: 60 }, (_, i) => ({
      seq: i,
      startMs: shift.startMs + (8 * i + 1) * 57_600,
      endMs: i % 2 === 0 ? null : shift.startMs + (8 * i + 2) * 57_600,
      reason: `Reason ${i % 7}`,
    })),
    counts: Array.from({ length: 480 }, (_, i) => ({
      startMs: shift.startMs + i * minute,
      product: 'a',
      good: 2,
      scrap: 0,
      rework: 0,
      idealTotalMs: 2_000,
      idealGoodMs: 2_000,
    })),
  })

  it.each([
    ['timeline', () => buildTimeline(facts, rules, shift, shift.endMs).length, 500],
    ['sums', () => kpiSums(facts, rules, shift, shift.endMs).total, 960],
    ['stops', () => stopsIn(facts, rules, shift, shift.endMs).length, 250],
    ['changeovers', () => changeoversIn(facts, rules, shift, shift.endMs).length, 0],
    ['pace', () => shiftPace(facts, rules, shift, shift.endMs)!.made, 960],
    ['hours', () => hourRows(facts, rules, shift, shift.endMs).length, 8],
  ])(`%s within ${budgetMs} ms`, (_name, compute, expected) => {
    expect(compute()).toBe(expected)
    const times = Array.from({ length: 60 }, () => {
      const startedMs = performance.now()
      compute()
      return performance.now() - startedMs
    })
    expect(times.sort((a, b) => a - b)[30]!).toBeLessThan(budgetMs)
  })
})
