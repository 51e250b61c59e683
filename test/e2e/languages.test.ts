import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { PageLanguage } from '../../renderer/i18n/words.ts'
import type { Board } from '../../shared/contract/board.ts'
import { unitsPerArcmin } from '../../shared/domain/legibility.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { screenCases } from '../fixtures/board-cases.ts'
import { statusCases, type BoardCase } from '../fixtures/status-cases.ts'
import { fixtureNowMs } from '../fixtures/board.ts'
import { auditPage } from './screens-audit.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { goTo } from './touch-page.ts'

const pictures = 'test-results/languages'
/** A picture of every state in every language; else only of those that do not fit. */
const wantsPictures = process.env.LINESIDE_PICTURES === '1'
const distances = { standard: 5, far: 8 } as const

/** Every state of the line, and two of every other screen. */
const shown: readonly { screen: ScreenName; one: BoardCase }[] = screenNames.flatMap((screen) =>
  (screen === 'status' ? statusCases : screenCases[screen].slice(0, 2)).map((one) => ({ screen, one })),
)

/** Where the longest words stand; every language passes these, the pseudo language and `LINESIDE_PICTURES=1` all. */
const wordyNames = ['running', 'down-called', 'maintenance', 'notscheduled', 'stale', 'withdrawn', 'never']
const wordy = shown.filter(({ screen, one }, index) =>
  screen === 'status' ? wordyNames.includes(one.name) : shown[index - 1]?.screen !== screen,
)

function boardOf(screen: ScreenName, { name, board }: BoardCase, distanceM: number): Board {
  const display = { ...board.site.display, distanceM, screens: [screen] }
  return { ...board, site: { ...board.site, display, lineId: `${name}-${screen}` } }
}

/** Every string that the plant itself has given: it is shown as it is. */
function plantTexts(value: unknown): string[] {
  if (typeof value === 'string')
    return value.length < 2 ? [] : [value, value[0]!.toUpperCase() + value.slice(1)]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(plantTexts) : []
}

/** Names of days and months, and ages in days: they come from the browser's own tables, which know no pseudo language. */
function calendarWords(): string[] {
  const name = (options: Intl.DateTimeFormatOptions, month: number, day: number) =>
    new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(Date.UTC(2026, month, day))
  const twelve = Array.from({ length: 12 }, (_, month) => month)
  return [
    ...twelve.flatMap((month) => [name({ month: 'long' }, month, 1), name({ month: 'short' }, month, 1)]),
    ...twelve.slice(0, 7).map((day) => name({ weekday: 'short' }, 0, day + 1)),
    ...['Today', 'Yesterday', 'Tomorrow'],
    ...Array.from({ length: 30 }, (_, day) => new Intl.RelativeTimeFormat('en').format(-day, 'day')),
  ]
}

/** Texts on the page (and names for whoever can't see it) that hold a plain word of at least three letters. */
function plainTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement?.closest('.measure'))
        found.push(walker.currentNode.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label]')) {
      found.push(element.getAttribute('aria-label') ?? '')
    }
    return found.filter((text) => /[a-z]{3}/i.test(text))
  })
}

describeInChromium('languages in Chromium', () => {
  const served = servedPage(pictures)
  const open = (language: PageLanguage) => served.open({ query: `?lang=${language}` })

  const show = (opened: BoardPage, board: Board) => opened.show(board, fixtureNowMs, board.site.lineId)

  test.each(['de', 'es', 'fr', 'pl', 'pt-BR', 'zh-CN', 'ar', 'en-XA'] as const)(
    '%s fits every screen',
    async (language) => {
      const opened = await open(language)
      const faults: string[] = []
      const all = language === 'en-XA' || wantsPictures
      for (const { screen, one } of all ? shown : wordy) {
        for (const [density, distanceM] of Object.entries(distances)) {
          if (density === 'far' && !(all && screen === 'status')) continue
          await show(opened, boardOf(screen, one, distanceM))
          const audit = await auditPage(opened.page, { am: unitsPerArcmin(distanceM, 55), statusColours: [] })
          const found = [...audit.overflow, ...audit.collisions, ...audit.small]
          // Pseudo words are longer than any real ones: they may end in an ellipsis, the others may not.
          if (language !== 'en-XA') found.push(...audit.cut.map((text) => `"${text}" is cut`))
          faults.push(...found.map((fault) => `${one.name} ${density}: ${fault}`))
          if (found.length > 0 || wantsPictures)
            await opened.snap(`${pictures}/${language}-${screen}-${one.name}-${density}.png`)
        }
      }
      const { lang, direction } = await opened.page.evaluate(() => {
        const { lang, dir } = document.documentElement
        return { lang, direction: dir }
      })
      expect([lang, direction]).toEqual([language, language === 'ar' ? 'rtl' : 'ltr'])
      expect(opened.errors).toEqual([])
      await opened.page.context().close()
      expect(faults).toEqual([])
    },
    120_000,
  )

  test('on the pseudo page no word is left that did not come from the plant', async () => {
    const opened = await open('en-XA')
    const left: string[] = []
    const look = async (board: Board) => {
      const given = [...plantTexts(board), ...calendarWords()].sort((a, b) => b.length - a.length)
      const texts = await plainTexts(opened.page)
      for (const text of texts) {
        const cutOff = text.endsWith('\u2026') && given.some((own) => own.startsWith(text.slice(0, -1)))
        const rest = given.reduce((before, own) => before.replaceAll(own, ''), text.replaceAll('\n', ' '))
        if (/[a-z]{3}/i.test(rest) && !cutOff) left.push(text)
      }
    }
    for (const { screen, one } of shown) {
      const board = boardOf(screen, one, 5)
      await show(opened, board)
      await look(board)
    }
    await opened.page.click('.stage')
    const board = boardOf('status', statusCases[0]!, 5)
    await opened.show(board, fixtureNowMs)
    await opened.page.click('.stage')
    for (const id of ['home', 'stop', 'changeover', 'checkIn'] as const) {
      await goTo(opened.page, id)
      await look(board)
    }
    await opened.page.context().close()
    expect([...new Set(left)]).toEqual([])
  })

  test('the letters of each language are drawn by a font of the product', async () => {
    const fonts = { ar: 'IBM Plex Sans Arabic', 'zh-CN': 'Noto Sans SC', pl: 'IBM Plex Sans' } as const
    for (const [language, family] of Object.entries(fonts)) {
      const opened = await open(language as PageLanguage)
      await show(opened, boardOf('status', statusCases[0]!, 5))
      const session = await opened.page.context().newCDPSession(opened.page)
      await session.send('DOM.enable')
      await session.send('CSS.enable')
      const { root } = await session.send('DOM.getDocument')
      const selector = '[data-testid="state-word"]'
      const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
      const used = await session.send('CSS.getPlatformFontsForNode', { nodeId })
      expect(used.fonts.map(({ familyName, isCustomFont }) => [familyName, isCustomFont])).toEqual([
        [expect.stringContaining(family), true],
      ])
      await opened.page.context().close()
    }
  })

  test('a board that changes its language speaks it at once, and remembers it for the next start', async () => {
    const opened = await served.open()
    const board = boardOf('status', statusCases[0]!, 5)
    await show(opened, board)
    const word = opened.page.getByTestId('state-word')
    expect(await word.textContent()).toBe('Running')
    await show(opened, { ...board, site: { ...board.site, language: 'de', locale: 'de-DE' } })
    await opened.page.waitForFunction(() => document.documentElement.lang === 'de')
    expect(await word.textContent()).toBe('Läuft')
    await opened.page.reload()
    await opened.page.waitForSelector('.boot [data-testid="state-word"]')
    expect(await opened.page.getByTestId('state-word').textContent()).toBe('Wartet auf den Rechenkern')
    await opened.page.context().close()
  })
})
