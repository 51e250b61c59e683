import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unitsPerArcmin } from '../../shared/domain/legibility.ts'
import type { DensityClass } from '../../shared/domain/legibility.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { fixtureNowMs } from '../fixtures/board.ts'
import { redrawn, wordsIn } from '../gallery/blur.ts'
import { boardOf, views } from '../gallery/cases.ts'
import { needPart } from '../helpers/parts.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const folder = 'test-results/blur'
/** What is looked for, by case: the word, and the number as it is written without its sign. */
const wanted = [
  { name: 'running', word: 'Running', number: '86' },
  { name: 'slow', word: 'Slow', number: '86' },
  { name: 'waiting', word: 'Waiting', number: '86' },
  { name: 'down', word: 'Down', number: '4:32' },
] as const
/** How OCR looks until it has found both: it knows letters of a book's height, not of a screen's. */
const looks = [
  { scale: 0.25, reading: 'sparse' },
  { scale: 0.125, reading: 'block' },
  { scale: 0.5, reading: 'sparse' },
  { scale: 0.125, reading: 'sparse' },
] as const

describeInChromium('one arcminute of blur', () => {
  const served = servedPage(folder)

  // Side by side: OCR of one class beside the drawing of the next.
  test.concurrent.for(Object.keys(views) as DensityClass[])(
    '%s class: state and number can still be read',
    { timeout: 400_000 },
    async (view, context) => {
      const tesseract = needPart(context, 'tesseract')
      const { distanceM, diagonalIn } = views[view]
      // At 1080p a unit is a pixel.
      const sigmaPx = unitsPerArcmin(distanceM, diagonalIn)
      const open = await served.open({ query: '?screen=status' })
      // Another page blurs: the board's content policy takes no pictures out of it.
      const desk = await served.browser().newPage()
      for (const { name, word, number } of wanted) {
        const one = statusCases.find((state) => state.name === name)!
        const picture = { screen: 'status', one, view, theme: 'dark', size: '1080p', language: 'en' } as const
        await open.show(boardOf(picture, `blur-${name}`), fixtureNowMs, `blur-${name}`)
        const sharp = await open.page.screenshot()
        const seen: string[] = []
        const found = () => seen.includes(word) && seen.some((text) => text.replace(/[^\d:]/g, '') === number)
        for (const { scale, reading } of looks) {
          const file = join(folder, `${name}-${view}-${scale}.png`)
          writeFileSync(file, await redrawn(desk, sharp, { sigmaPx, scale }))
          seen.push(...(await wordsIn(tesseract, file, reading)))
          if (found()) break
        }
        expect(found(), `${word} and ${number} on ${name}, ${view}, in "${seen.join(' ')}"`).toBe(true)
      }
      await desk.close()
      await open.page.context().close()
    },
  )
})
