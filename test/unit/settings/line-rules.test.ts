import { expect, test } from 'vitest'
import { idealCycleAt } from '../../../shared/domain/rules.ts'
import { lineRules } from '../../../shared/settings/line-rules.ts'
import { lineSchema } from '../../../shared/settings/line.ts'

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
    a: { id: 'a', name: 'A', idealCycleMs: 2_400, changes: [] },
    b: { id: 'b', name: 'B', idealCycleMs: 30_000, changes: [] },
    c: { id: 'c', name: 'C', idealCycleMs: null, changes: [] },
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

test('ideal cycle times are kept to the microsecond, as in the store', () => {
  const line = lineSchema.parse({
    id: 'l1',
    name: 'L',
    products: [
      { id: 'a', name: 'A', idealCycleS: 0.8571 },
      { id: 'b', name: 'B', idealCycleS: 1 / 3 },
    ],
  })
  const { products } = lineRules(line, 'UTC')
  expect(products.a!.idealCycleMs).toBe(857.1)
  expect(products.b!.idealCycleMs).toBe(333.333)
})

test('a product may be called like a member of every object', () => {
  const ids = ['__proto__', 'constructor', 'toString']
  const line = lineSchema.parse({
    id: 'l1',
    name: 'L',
    products: ids.map((id, n) => ({ id, name: `Name of ${id}`, idealCycleS: n + 1 })),
  })
  const { products } = lineRules(line, 'UTC')
  expect(Object.keys(products)).toEqual(ids)
  expect(products.__proto__).toEqual({
    id: '__proto__',
    name: 'Name of __proto__',
    idealCycleMs: 1_000,
    changes: [],
  })
  const none = lineRules(lineSchema.parse({ id: 'l1', name: 'L' }), 'UTC').products
  expect(ids.map((id) => none[id])).toEqual([undefined, undefined, undefined])
})

test('cells, and ideal cycle times by date in the plant zone', () => {
  const line = lineSchema.parse({
    id: 'l1',
    name: 'L',
    cells: { rule: 'minimumRunning', minimum: 2, names: ['x', 'y', 'z'] },
    products: [
      {
        id: 'a',
        name: 'A',
        idealCycleS: 2,
        changes: [
          { from: '2026-12-07T06:00', idealCycleS: 30 },
          { from: '2026-03-29', idealCycleS: 3 },
        ],
      },
    ],
  })
  const rules = lineRules(line, 'Europe/Berlin')
  expect(rules.cells).toEqual({ rule: { kind: 'minimumRunning', cells: 2 }, names: ['x', 'y', 'z'] })
  const product = rules.products.a!
  const atUtc = (time: string) => idealCycleAt(product, Date.parse(time))
  expect(
    ['2026-03-28T22:59:59Z', '2026-03-28T23:00Z', '2026-12-07T04:59Z', '2026-12-07T05:00Z'].map(atUtc),
  ).toEqual([2_000, 3_000, 3_000, 30_000])
  expect(rules.runningGapMs).toBe(90_000)
  expect(lineRules(lineSchema.parse({ id: 'l1', name: 'L' }), 'UTC').cells).toBeNull()
})
