import { mkdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { at, fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { goTo } from './touch-page.ts'

const pictures = 'test-results/screens'
beforeAll(() => void mkdirSync(pictures, { recursive: true }))

const stop = {
  startMs: at('08:13'),
  startedMs: at('08:13'),
  endMs: at('08:22'),
  closedMs: at('08:22'),
  state: 'stopped',
  reason: null,
  cell: 'Labeller',
  durationMs: 540_000,
  micro: false,
}

describeInChromium('rules of touch in Chromium', () => {
  const served = servedPage(pictures)

  test.each([
    [1920, 1080, 'dark'],
    [1280, 800, 'light'],
  ] as const)(
    'pages of entries: targets of 20 mm, unlike actions 13 mm apart, %i x %i, %s',
    { timeout: 120_000 },
    async (width, height, theme) => {
      const open = await served.open({ width, height, hasTouch: true })
      const { page } = open
      const board = makeBoard()
      const { site } = board
      await open.show({ ...board, site: { ...site, display: { ...site.display, theme } } }, fixtureNowMs)
      await open.answer({
        openStops: { ok: true, value: [stop] },
        people: { ok: true, value: [{ id: 'p', name: 'Ada', role: 'admin', badge: true }] },
      })
      await page.locator('.stage').tap()
      await page.waitForSelector('.touch')
      const ids = ['home', 'stop', 'changeover', 'checkIn', 'screens', 'stops', 'daily', 'people'] as const
      const faults: Record<string, string[]> = {}
      for (const id of ids) {
        await goTo(page, id)
        await page.waitForTimeout(300)
        await page.screenshot({ path: `${pictures}/touch-rules-${id}-${height}.png` })
        const found = await touchFaults(page)
        if (found.length > 0) faults[id] = found
      }
      expect(faults).toEqual({})
      await page.context().close()
    },
  )
})
