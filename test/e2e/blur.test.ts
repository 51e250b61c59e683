import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unitsPerArcmin } from '../../shared/domain/legibility.ts'
import type { DensityClass } from '../../shared/domain/legibility.ts'
import { statusCases } from '../fixtures/board-cases.ts'
import { fixtureNowMs } from '../fixtures/board.ts'
import { redrawn, wordsIn } from '../gallery/blur.ts'
import { boardOf, views } from '../gallery/cases.ts'
import { findPart } from '../helpers/parts.ts'
import { launchBrowser, openBoard, servePage } from './screens-page.ts'

const chromiumPath = findPart('chromium')
const tesseract = findPart('tesseract')
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

describe.skipIf((!chromiumPath || !tesseract) && process.env.CI_REQUIRE_ALL !== '1')(
  'one arcminute of blur',
  () => {
    let dir = ''
    let served: Awaited<ReturnType<typeof servePage>>
    let browser: Browser

    beforeAll(async () => {
      if (!chromiumPath || !tesseract)
        throw new Error('chromium and tesseract are required here (CI_REQUIRE_ALL=1)')
      dir = mkdtempSync(join(tmpdir(), 'lineside-blur-'))
      mkdirSync(folder, { recursive: true })
      served = await servePage(dir)
      browser = await launchBrowser(chromiumPath)
    })
    afterAll(async () => {
      await browser?.close()
      await served?.close()
      rmSync(dir, { recursive: true, force: true })
    })

    test.each(Object.keys(views) as DensityClass[])(
      '%s class: state and number can still be read',
      { timeout: 400_000 },
      async (view) => {
        const { distanceM, diagonalIn } = views[view]
        // At 1080p a unit is a pixel.
        const sigmaPx = unitsPerArcmin(distanceM, diagonalIn)
        const open = await openBoard(browser, served.url, {
          query: '?screen=status',
          reducedMotion: 'reduce',
        })
        // Another page blurs: the board's content policy takes no pictures out of it.
        const desk = await browser.newPage()
        for (const { name, word, number } of wanted) {
          const one = statusCases.find((state) => state.name === name)!
          const picture = {
            screen: 'status',
            one,
            view,
            theme: 'dark',
            size: '1080p',
            language: 'en',
          } as const
          await open.show(boardOf(picture, `blur-${name}`), fixtureNowMs, `blur-${name}`)
          const sharp = await open.page.screenshot()
          const seen: string[] = []
          const found = () =>
            seen.includes(word) && seen.some((text) => text.replace(/[^\d:]/g, '') === number)
          for (const { scale, reading } of looks) {
            const file = join(folder, `${name}-${view}-${scale}.png`)
            writeFileSync(file, await redrawn(desk, sharp, { sigmaPx, scale }))
            seen.push(...(await wordsIn(tesseract!, file, reading)))
            if (found()) break
          }
          expect(found(), `${word} and ${number} on ${name}, ${view}, in "${seen.join(' ')}"`).toBe(true)
        }
        await desk.close()
        await open.page.context().close()
      },
    )
  },
)
