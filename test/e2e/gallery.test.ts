import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { screenNames } from '../../shared/settings/display.ts'
import { allPictures, casesOf, coveringPictures, pairsOf } from '../gallery/cases.ts'
import { contactSheet, drawGallery, drawShape, shapes } from '../gallery/gallery.ts'
import { findPart } from '../helpers/parts.ts'
import { launchBrowser, servePage } from './screens-page.ts'

const chromiumPath = findPart('chromium')
const covering = coveringPictures()

test('the covering set holds every pair of state, class, theme, resolution and language', () => {
  const covered = new Set(covering.flatMap(pairsOf))
  expect(
    allPictures()
      .flatMap(pairsOf)
      .filter((pair) => !covered.has(pair)),
  ).toEqual([])
  expect(covering.length).toBeLessThan(allPictures().length / 8)
})

describe.skipIf(!chromiumPath && process.env.CI_REQUIRE_ALL !== '1')('gallery in Chromium', () => {
  let dir = ''
  let served: Awaited<ReturnType<typeof servePage>>
  let browser: Browser

  beforeAll(async () => {
    if (!chromiumPath) throw new Error('chromium is required here (CI_REQUIRE_ALL=1) and was not found')
    dir = mkdtempSync(join(tmpdir(), 'lineside-gallery-'))
    served = await servePage(dir)
    browser = await launchBrowser(chromiumPath)
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  test.each(screenNames)(
    '%s: nothing cut, hidden, small, pale, alike or left behind',
    { timeout: 600_000 },
    async (screen) => {
      const pictures = covering.filter((picture) => picture.screen === screen)
      // axe-core takes as long as all the rest: each state once here, all of them in `npm run gallery`.
      const looked = new Set<string>()
      const axe = ({ one, size }: { one: { name: string }; size: string }) => {
        if (size !== '1080p' || looked.has(one.name)) return false
        looked.add(one.name)
        return true
      }
      const faults = await drawGallery({ browser, url: served.url, pictures, axe })
      await contactSheet(browser, screen, pictures)
      expect(faults).toEqual([])
      expect(looked.size).toBe(new Set(pictures.map(({ one }) => one.name)).size)
    },
  )

  test.each(Object.keys(shapes) as (keyof typeof shapes)[])(
    'on a screen of %s every screen fits too',
    { timeout: 600_000 },
    async (shape) => {
      const pictures = screenNames.flatMap((screen) => {
        const [one] = casesOf(screen)
        return one
          ? [{ screen, one, view: 'near', theme: 'dark', size: '1080p', language: 'en' } as const]
          : []
      })
      expect(await drawShape(browser, served.url, shape, pictures)).toEqual([])
    },
  )
})
