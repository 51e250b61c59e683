import { expect, test } from 'vitest'
import { lineRules } from '../../../shared/settings/line-rules.ts'
import { lineSchema } from '../../../shared/settings/plant.ts'

test("the line's settings in the KPI core's units", () => {
  const line = lineSchema.parse({
    id: 'l1',
    name: 'Line 1',
    microStopS: 90,
    planFactor: 0.9,
    products: [
      { id: 'a', name: 'A', idealCycleS: 2.4 },
      { id: 'b', name: 'B', idealCycleS: 30 },
      { id: 'c', name: 'C' },
    ],
    shifts: [
      { name: 'Day', start: '06:00', end: '14:00', days: [1], breaks: [{ start: '09:00', end: '09:15' }] },
    ],
    closedDates: ['2026-12-25'],
  })
  const rules = lineRules(line, 'Europe/Berlin')
  expect(rules.products).toEqual({
    a: { id: 'a', name: 'A', idealCycleMs: 2_400 },
    b: { id: 'b', name: 'B', idealCycleMs: 30_000 },
    c: { id: 'c', name: 'C', idealCycleMs: null },
  })
  expect(rules).toMatchObject({ microStopMs: 90_000, runningGapMs: 90_000, planFactor: 0.9 })
  expect(rules.calendar).toMatchObject({ timeZone: 'Europe/Berlin', closedDates: ['2026-12-25'] })
  expect(rules.calendar.shifts[0]).toMatchObject({
    days: [1],
    target: null,
    breaks: [{ name: 'Break', start: '09:00' }],
  })
})

test('fast lines are called stopped after 60 s at the earliest', () => {
  const line = lineSchema.parse({ id: 'l1', name: 'L', products: [{ id: 'a', name: 'A', idealCycleS: 0.4 }] })
  expect(lineRules(line, 'UTC').runningGapMs).toBe(60_000)
})
