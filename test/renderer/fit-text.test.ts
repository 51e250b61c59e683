import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FitOptions, WidthAt100 } from '../../renderer/fit/fit-text.ts'
import { fitText } from '../../renderer/fit/fit-text.ts'

/** A font whose letters are all 0.6 of their size wide at full width. */
const widthAt100: WidthAt100 = (text, stretch) => text.length * 60 * (stretch / 100)
const plain = { basePx: 100, floorPx: 80, stretchPercent: 100, maxLines: 1 }
const fit = (patch: Partial<FitOptions> & Pick<FitOptions, 'text' | 'widthPx'>) =>
  fitText({ ...plain, ...patch }, widthAt100)

test('what fits stays as it is', () => {
  expect(fit({ text: 'Running', widthPx: 420 })).toEqual({
    lines: ['Running'],
    sizePx: 100,
    stretchPercent: 100,
    cut: false,
  })
})

test('first narrower letters, then smaller ones, then two lines, then a cut', () => {
  expect(fit({ text: 'Running', widthPx: 320 })).toMatchObject({ sizePx: 100, stretchPercent: 75 })
  expect(fit({ text: 'Running', widthPx: 284 })).toMatchObject({ stretchPercent: 75, cut: false })
  expect(fit({ text: 'Oat drink', widthPx: 230, maxLines: 2 }).lines).toEqual(['Oat', 'drink'])
  expect(fit({ text: 'Running', widthPx: 150 })).toMatchObject({ lines: ['Run\u2026'], cut: true })
})

test('the end that matters is kept', () => {
  const { lines, cut } = fit({ text: 'A very long reason indeed', keep: ', 18 min', widthPx: 600 })
  expect(cut).toBe(true)
  expect(lines[0]).toMatch(/^A.*\u2026, 18 min$/)
})

test('a shorter text stands in the place of one that would be cut, and is cut itself where even that is too long', () => {
  const name = { text: 'Maximilian Oberhuber', shorter: 'Maximilian O.' }
  expect(fit({ ...name, widthPx: 1_200 })).not.toHaveProperty('shortened')
  expect(fit({ ...name, widthPx: 480 })).toMatchObject({
    lines: ['Maximilian O.'],
    cut: false,
    shortened: true,
  })
  expect(fit({ ...name, widthPx: 480, maxLines: 2 })).toMatchObject({ lines: ['Maximilian', 'Oberhuber'] })
  expect(fit({ ...name, widthPx: 200 })).toMatchObject({ cut: true, shortened: true })
  expect(fit({ text: 'Maximilian', shorter: 'Maximilian', widthPx: 200 })).toMatchObject({ cut: true })
})

test('no line is ever wider than the place, and no letter below the floor', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,12}){0,6}$/),
      fc.integer({ min: 200, max: 2_000 }),
      fc.integer({ min: 1, max: 3 }),
      (text, widthPx, maxLines) => {
        const fitted = fit({ text, widthPx, maxLines })
        expect(fitted.sizePx).toBeGreaterThanOrEqual(80)
        expect(fitted.lines.length).toBeLessThanOrEqual(maxLines)
        for (const line of fitted.lines) {
          const width = (widthAt100(line, fitted.stretchPercent) * fitted.sizePx) / 100
          expect(width).toBeLessThanOrEqual(widthPx + 0.001)
        }
        if (!fitted.cut) expect(fitted.lines.join(' ')).toBe(text)
      },
    ),
  )
})
