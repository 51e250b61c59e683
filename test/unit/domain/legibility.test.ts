import { describe, expect, it } from 'vitest'
import {
  arcminFloors,
  capHeightMm,
  capRatio,
  densityClass,
  fontScale,
  fontSizeU,
  screenHeightMm,
  unitsPerArcmin,
} from '../../../shared/domain/legibility.ts'

describe('legibility', () => {
  it('gives the published height of 20 arcminutes at 10 m on 55 inches', () => {
    const heightMm = capHeightMm(10, 20)
    expect(heightMm).toBeCloseTo(58.2, 1)
    expect(Math.round((heightMm / screenHeightMm(55)) * 1080)).toBe(92)
  })

  it('agrees with the table of the screen specification', () => {
    const row = (diagonalIn: number, distanceM: number) => {
      const am = unitsPerArcmin(distanceM, diagonalIn)
      return [
        am.toFixed(2),
        ...Object.values(arcminFloors).map((floor) => Math.round((floor * am) / capRatio)),
      ]
    }
    expect(row(43, 3)).toEqual(['1.76', 25, 40, 50, 76])
    expect(row(55, 5)).toEqual(['2.29', 33, 53, 66, 99])
    expect(row(55, 12)).toEqual(['5.50', 79, 126, 158, 237])
    expect(row(65, 8)).toEqual(['3.11', 44, 71, 89, 133])
  })

  it('picks the density class', () => {
    const classOf = (diagonalIn: number, distanceM: number) =>
      densityClass(unitsPerArcmin(distanceM, diagonalIn))
    expect([classOf(55, 3), classOf(55, 3.55), classOf(65, 4.2)]).toEqual(['near', 'near', 'near'])
    expect([classOf(43, 3.9), classOf(55, 5), classOf(65, 5.9)]).toEqual(['standard', 'standard', 'standard'])
    expect([classOf(43, 6.3), classOf(55, 8), classOf(65, 9.6)]).toEqual(['far', 'far', 'far'])
    expect([classOf(55, 8.3), classOf(43, 12)]).toEqual(['hero', 'hero'])
  })

  it('scales inside a class, between 0.9 and 1, and never below the floor', () => {
    expect([fontScale(0.5), fontScale(1.65), fontScale(2.31), fontScale(9)]).toEqual([0.9, 0.9, 1, 1])
    expect(fontScale(2.2)).toBeCloseTo(2.2 / 2.31, 12)
    const am = unitsPerArcmin(5, 55)
    expect(fontSizeU(124, 20, am)).toBeCloseTo(124 * (am / 2.31), 9)
    expect(fontSizeU(34, 20, am)).toBeCloseTo((20 * am) / capRatio, 9)
  })

  it('refuses a screen or a distance of nothing', () => {
    expect(() => capHeightMm(0, 20)).toThrow('the distance must be a number above zero, not 0')
    expect(() => screenHeightMm(-1)).toThrow('the screen size')
  })
})
