import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ewmaChart } from '../../../shared/domain/ewma.ts'
import { pChart } from '../../../shared/domain/p-chart.ts'
import { xmrSegments } from '../../../shared/domain/spc.ts'
import { westernElectric } from '../../../shared/domain/western-electric.ts'

describe('Western Electric rules', () => {
  const limits = { mean: 0, ucl: 3, lcl: -3 }
  const rules = (...values: number[]) =>
    westernElectric(values, limits).map(({ index, rule, side }) => `${index} ${rule} ${side}`)

  it('each at its very border: a value on a zone border is inside', () => {
    expect(rules(3.1)).toEqual(['0 beyond 1'])
    expect(rules(3)).toEqual([])
    expect(rules(2.1, 0, 2.1)).toEqual(['2 two 1'])
    expect(rules(2.1, 0, 2)).toEqual([])
    expect(rules(-2.1, 2.1, -2.1)).toEqual(['2 two -1'])
    expect(rules(1.1, 1.1, 0, 1.1, 1.1)).toEqual(['4 four 1'])
    expect(rules(1.1, 1, 1, 1.1, 1.1)).toEqual([])
    expect(rules(...Array<number>(7).fill(0.1))).toEqual([])
    expect(rules(...Array<number>(8).fill(-0.1))).toEqual(['7 run -1'])
  })

  it('are met again by every point that goes on', () => {
    expect(rules(...Array<number>(10).fill(0.5)).length).toBe(3)
  })

  it('say the same of a mirrored chart, on the other side', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 30 }), (tenths) => {
        const values = tenths.map((one) => one / 10)
        const mirrored = westernElectric(
          values.map((one) => -one),
          limits,
        )
        const own = westernElectric(values, limits)
        expect(mirrored.map((one) => ({ ...one, side: -one.side }))).toEqual(own)
      }),
    )
  })
})

describe('segments on confirmed shifts', () => {
  it('have limits of their own, and signals by the index of the whole chart', () => {
    const before = [10, 11, 10, 9, 10, 11, 9, 10]
    const after = [20, 21, 20, 19, 20, 21, 19, 40]
    const [one, two] = xmrSegments([...before, ...after], [8])
    expect([one!.from, one!.to, two!.from, two!.to]).toEqual([0, 8, 8, 16])
    expect(one!.limits!.mean).toBe(10)
    expect(one!.signals).toEqual([])
    expect(two!.signals.map(({ index, rule }) => [index, rule])).toContainEqual([15, 'beyond'])
    const whole = xmrSegments([...before, ...after])
    expect(whole.length).toBe(1)
    expect(whole[0]!.signals.length).toBeGreaterThan(0)
  })

  it('say nothing while they collect, and ignore a shift outside of the chart', () => {
    const [only] = xmrSegments([1, 2, 3], [0, 3, 99])
    expect(only).toMatchObject({ from: 0, to: 3, limits: null, signals: [] })
  })
})

describe('EWMA chart', () => {
  /** NIST/SEMATECH e-Handbook 6.3.2.4: lambda 0.3, mean 50, s 2.0539; limits there for a large number of points. */
  const values = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6,
    52.4, 53.6, 52.1,
  ]
  const published = [
    50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38,
    49.92, 50.73, 51.23, 51.94, 51.99,
  ]

  it('recomputes the published example', () => {
    const chart = ewmaChart(values, { mean: 50, sigma: 2.0539 }, { lambda: 0.3, width: 3 })
    chart.forEach((point, i) => expect(Math.abs(point.value - published[i]!)).toBeLessThanOrEqual(0.0051))
    expect(chart[19]!.ucl).toBeCloseTo(52.5884, 2)
    expect(chart[19]!.lcl).toBeCloseTo(47.4115, 2)
    expect(chart.every((point) => !point.outside)).toBe(true)
    expect(chart[0]!.ucl).toBeLessThan(chart[1]!.ucl)
  })

  it('sees a small shift that no single point shows', () => {
    const chart = ewmaChart(Array<number>(20).fill(1.2), { mean: 0, sigma: 1 })
    expect(chart[0]!.outside).toBe(false)
    expect(chart[19]!.outside).toBe(true)
  })

  it('refuses a weight outside of (0, 1]', () => {
    expect(() => ewmaChart([1], { mean: 0, sigma: 1 }, { lambda: 0, width: 3 })).toThrow(RangeError)
  })
})

describe('p-chart', () => {
  it('has the limits of the counts proportions chart: pBar +/- 3 sqrt(pBar (1 - pBar) / n)', () => {
    // NIST/SEMATECH 6.3.3.2: 30 wafers of 50 chips.
    const counts = [
      12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9,
      6,
    ]
    const chart = pChart(counts.map((count) => ({ count, size: 50 })))!
    expect(chart.mean).toBeCloseTo(0.2313, 4)
    expect(chart.points[0]!.ucl).toBeCloseTo(0.4102, 4)
    expect(chart.points[0]!.lcl).toBeCloseTo(0.0524, 4)
    expect(chart.points.flatMap((point, i) => (point.outside === 0 ? [] : [[i + 1, point.outside]]))).toEqual(
      [
        [15, 1],
        [23, 1],
      ],
    )
  })

  it('is wider where there are few pieces, stays within 0..1, and knows nothing without a piece', () => {
    const chart = pChart([
      { count: 1, size: 10 },
      { count: 20, size: 1_000 },
      { count: 0, size: 0 },
    ])!
    expect(chart.mean).toBe(21 / 1_010)
    expect(chart.points[0]!.ucl).toBeGreaterThan(chart.points[1]!.ucl)
    expect(chart.points[0]!.lcl).toBe(0)
    expect(chart.points[2]).toEqual({ ratio: null, ucl: 1, lcl: 0, outside: 0 })
    expect(pChart([{ count: 0, size: 0 }])).toBeNull()
  })
})
