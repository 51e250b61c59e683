import { describe, expect, it } from 'vitest'
import { smoothed } from '../../../shared/domain/forecast.ts'
import { xmrLimits, xmrSignal } from '../../../shared/domain/spc.ts'

const nist = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

describe('XmR chart', () => {
  it('has the limits that NIST prints', () => {
    const limits = xmrLimits(nist)!
    expect(limits.mean).toBeCloseTo(50.81, 2)
    expect(limits.mrBar).toBeCloseTo(1.8778, 4)
    expect(limits.ucl).toBeCloseTo(55.8041, 4)
    expect(limits.lcl).toBeCloseTo(45.8159, 4)
  })

  it('has none under 6 points', () => {
    expect(xmrLimits(nist.slice(0, 5))).toBeNull()
    expect(xmrLimits(nist.slice(0, 6))).not.toBeNull()
    expect(xmrSignal(nist.slice(0, 5), 'lower')).toBe('collecting')
    expect(xmrSignal([], 'lower')).toBe('collecting')
  })

  it('signals a newest point outside the limits, in the sense of the series', () => {
    const limits = { mean: 10, ucl: 13, lcl: 7 }
    const newest = (value: number, betterIs: 'lower' | 'higher') =>
      xmrSignal([10, 11, 9, 10, 11, value], betterIs, limits)
    expect(newest(13.1, 'lower')).toBe('worse')
    expect(newest(13.1, 'higher')).toBe('better')
    expect(newest(6.9, 'lower')).toBe('better')
    expect(newest(6.9, 'higher')).toBe('worse')
    expect([newest(13, 'lower'), newest(7, 'lower')]).toEqual(['none', 'none'])
  })

  it('signals eight in a row on one side, not seven, and not over a point on the mean', () => {
    const limits = { mean: 10, ucl: 13, lcl: 7 }
    expect(xmrSignal([11, 9, 9, 9, 9, 9, 9, 9, 9], 'lower', limits)).toBe('better')
    expect(xmrSignal([11, 9, 9, 9, 9, 9, 9, 9], 'lower', limits)).toBe('none')
    expect(xmrSignal([9, 9, 9, 9, 10, 9, 9, 9], 'lower', limits)).toBe('none')
    expect(xmrSignal([11, 11, 11, 11, 11, 11, 11, 11], 'lower', limits)).toBe('worse')
  })

  it('forgets a signal that is over', () => {
    expect(xmrSignal([10, 11, 9, 30, 10, 11], 'lower', { mean: 10, ucl: 13, lcl: 7 })).toBe('none')
  })

  it('finds none in a series that never moves, in spite of rounding', () => {
    expect(xmrSignal(Array(11).fill(0.1), 'lower')).toBe('none')
    expect(xmrSignal(Array(11).fill(0), 'lower')).toBe('none')
  })
})

describe('exponential smoothing', () => {
  it('forecasts as NIST prints', () => {
    const { next, mse } = smoothed([71, 70, 69, 68, 64, 65, 72, 78, 75, 75, 75, 70], 0.1)
    expect(next).toBeCloseTo(71.5, 1)
    expect(mse).toBeCloseTo(19, 1)
  })

  it('refuses what it cannot smooth', () => {
    expect(() => smoothed([1], 0.1)).toThrow('at least 2 points')
    expect(() => smoothed([1, 2], 0)).toThrow('alpha')
  })
})
