import { expect, test } from 'vitest'
import { groupNames, pageGroups, pageIds } from '../../renderer/touch/pages.ts'
import { contactSheets } from '../gallery/gallery.ts'
import { allTouchPictures, coveringTouchPictures, touchNameOf, touchPairsOf } from '../gallery/touch-cases.ts'
import { drawTouch } from '../gallery/touch-gallery.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const covering = coveringTouchPictures()

test('the covering set visits every touch page and form, and holds every pair of page, data, theme, size and language', () => {
  const covered = new Set(covering.flatMap(touchPairsOf))
  const missing = allTouchPictures()
    .flatMap(touchPairsOf)
    .filter((pair) => !covered.has(pair))
  expect(missing).toEqual([])
  expect([...new Set(covering.map(({ page }) => page))].sort()).toEqual([...pageIds].sort())
  const places = (pictures: typeof covering) => new Set(pictures.map(({ place }) => place.name))
  expect(places(covering)).toEqual(places(allTouchPictures()))
  expect(covering.length).toBeLessThan(allTouchPictures().length / 12)
})

describeInChromium('touch gallery in Chromium', () => {
  const served = servedPage()

  // Side by side: a page waits for its frames while another one is looked at.
  test.concurrent.for(groupNames)(
    'pages of the group %s: 20 mm, unlike actions 13 mm apart, nothing cut, overlapping or pale, no serious fault by axe',
    { timeout: 600_000 },
    async (group, { expect }) => {
      const pages: readonly string[] = pageGroups[group]
      const pictures = covering.filter(({ page }) => pages.includes(page))
      const browser = served.browser()
      // Once each place here, all pictures in `npm run gallery`.
      const looked = new Set<string>()
      const axe = ({ place }: (typeof covering)[number]) => {
        const isNew = !looked.has(place.name)
        looked.add(place.name)
        return isNew
      }
      const wrong: string[] = []
      const faults = await drawTouch({
        browser,
        url: served.url(),
        pictures,
        axe,
        snap: (picture, found) => {
          if (found.length > 0) wrong.push(touchNameOf(picture))
          return found.length > 0
        },
      })
      if (wrong.length > 0) await contactSheets(browser, `touch-${group}-wrong`, wrong)
      expect(faults).toEqual([])
    },
  )
})
