import { describe, expect, it } from 'vitest'
import { forecastCrossing, minForecastPoints } from '../../../shared/domain/crossing.ts'
import { holt, holtForecast, trendLine } from '../../../shared/domain/holt.ts'
import { seededRandom } from '../../helpers/random.ts'

const line = (count: number, slope: number, start = 0) =>
  Array.from({ length: count }, (_, i) => start + slope * i)

describe("Holt's method", () => {
  it('follows a straight line exactly and carries it on', () => {
    const fit = holt(line(10, 2, 5), { alpha: 0.5, beta: 0.3 })
    expect([fit.level, fit.trend, fit.sigma]).toEqual([23, 2, 0])
    expect(holtForecast(fit, 3)).toEqual({ value: 29, sigma: 0 })
  })

  it('computes by hand: alpha 0.5, beta 0.5, from the first two points', () => {
    // level 1, trend 2: forecast 3 for 3, 5 for 4 (error -1: level 4.5, trend 1.75), 6.25 for 6 (error -0.25).
    const fit = holt([1, 3, 4, 6], { alpha: 0.5, beta: 0.5 })
    expect(fit.level).toBeCloseTo(6.125, 12)
    expect(fit.trend).toBeCloseTo(1.6875, 12)
    expect(fit.sigma).toBeCloseTo(Math.sqrt((0 + 1 + 0.0625) / 3), 12)
  })

  it('is less sure the farther it looks', () => {
    const fit = holt([1, 3, 2, 5, 4, 6], { alpha: 0.4, beta: 0.2 })
    const sigmas = [1, 2, 5, 10].map((steps) => holtForecast(fit, steps).sigma)
    expect(sigmas).toEqual([...sigmas].sort((a, b) => a - b))
    expect(new Set(sigmas).size).toBe(4)
  })

  it('needs points', () => {
    expect(() => holt([1, 2, 3], { alpha: 0.5, beta: 0.5 })).toThrow(RangeError)
    expect(() => trendLine([1, 2])).toThrow(RangeError)
  })

  it('a trend line knows its slope and how sure it is', () => {
    expect(trendLine([5, 5, 5])).toMatchObject({ slope: 0, t: 0 })
    expect(trendLine(line(5, 2))).toMatchObject({ start: 0, slope: 2, t: Infinity })
    const { slope, t } = trendLine([1, 2, 2, 4])
    expect(slope).toBeCloseTo(0.9, 12)
    expect(t).toBeCloseTo(0.9 / Math.sqrt(0.7 / 2 / 5), 9)
  })
})

describe('out-of-range forecast', () => {
  it('says nothing under the minimum of points, and says so', () => {
    expect(forecastCrossing(line(minForecastPoints - 1, 1), 20, 'above')).toEqual({
      say: 'too few points',
      have: minForecastPoints - 1,
      need: minForecastPoints,
    })
  })

  it('a clean drift crosses when it crosses, upwards and downwards', () => {
    // 15 points from 0 to 14, limit 17: three more.
    expect(forecastCrossing(line(15, 1), 17, 'above')).toMatchObject({
      say: 'crosses',
      about: 3,
      earliest: 3,
      latest: 3,
    })
    expect(forecastCrossing(line(15, -1), -17, 'below')).toMatchObject({ say: 'crosses', about: 3 })
  })

  it('is silent about a drift away from the limit, a far limit and no drift; names what is beyond', () => {
    expect(forecastCrossing(line(15, -1), 17, 'above')).toEqual({ say: 'nothing' })
    expect(forecastCrossing(line(15, 1), 100, 'above')).toEqual({ say: 'nothing' })
    expect(forecastCrossing(Array<number>(15).fill(3), 4, 'above')).toEqual({ say: 'nothing' })
    expect(forecastCrossing(line(15, 1), 10, 'above')).toMatchObject({ say: 'beyond' })
  })

  it('seldom cries wolf on noise, and often sees a drift in it', () => {
    const random = seededRandom(7)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    let [wolf, seen] = [0, 0]
    for (let series = 0; series < 300; series++) {
      const noise = Array.from({ length: 20 }, normal)
      if (forecastCrossing(noise, 3, 'above').say === 'crosses') wolf++
      const drift = noise.map((one, i) => one + Math.max(0, i - 9) * 0.25)
      if (forecastCrossing(drift, 3.5, 'above').say === 'crosses') seen++
    }
    expect(wolf).toBeLessThanOrEqual(3)
    expect(seen).toBeGreaterThan(90)
  })
})
