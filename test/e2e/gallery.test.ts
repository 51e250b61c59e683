import { expect, test } from 'vitest'
import { screenNames } from '../../shared/settings/display.ts'
import { allPictures, casesOf, coveringPictures, nameOf, pairsOf } from '../gallery/cases.ts'
import { contactSheets, drawGallery, drawShape, shapes } from '../gallery/gallery.ts'
import { describeInChromium, servedPage } from './served-page.ts'

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

describeInChromium('gallery in Chromium', () => {
  const served = servedPage()

  // Side by side: a page waits for its frames while another one is looked at.
  test.concurrent.for(screenNames)(
    '%s: nothing cut, hidden, small, pale, alike or left behind',
    { timeout: 600_000 },
    async (screen, { expect }) => {
      const pictures = covering.filter((picture) => picture.screen === screen)
      const browser = served.browser()
      // What axe-core looks at is the same in each size: every state once here, all pictures in `npm run gallery`.
      const looked = new Set<string>()
      const axe = ({ one, size }: { one: { name: string }; size: string }) => {
        if (size !== '1080p' || looked.has(one.name)) return false
        looked.add(one.name)
        return true
      }
      const faults = await drawGallery({ browser, url: served.url(), pictures, axe })
      await contactSheets(browser, screen, pictures.map(nameOf))
      expect(faults).toEqual([])
      expect(looked.size).toBe(new Set(pictures.map(({ one }) => one.name)).size)
    },
  )

  test.concurrent.for(Object.keys(shapes) as (keyof typeof shapes)[])(
    'on a screen of %s every screen fits too',
    { timeout: 600_000 },
    async (shape, { expect }) => {
      const pictures = screenNames.flatMap((screen) => {
        const [one] = casesOf(screen)
        return one
          ? [{ screen, one, view: 'near', theme: 'dark', size: '1080p', language: 'en' } as const]
          : []
      })
      expect(await drawShape(served.browser(), served.url(), shape, pictures)).toEqual([])
    },
  )
})
