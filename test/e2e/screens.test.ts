import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { unitsPerArcmin } from '../../shared/domain/legibility.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { atStep } from '../fixtures/board-huddle.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { measureSwitches } from '../gallery/switches.ts'
import { statusColoursOf } from '../helpers/tokens.ts'
import { auditPage } from './screens-audit.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const darkColours = statusColoursOf(readFileSync('renderer/styles/tokens.css', 'utf8'), 'dark')
/** Screens without key results beside them. */
const wide: readonly ScreenName[] = ['keys', 'result', 'strategy', 'health', 'plant', 'huddle']

describeInChromium('screens in Chromium', () => {
  const served = servedPage()

  test('2160p is 1080p at twice the scale, to the pixel', async () => {
    const places = async (width: number, height: number) => {
      const open = await served.open({ query: '?screen=hours', width, height })
      await open.show(makeBoard(), fixtureNowMs)
      const found = await open.page.$$eval('[data-testid]', (elements) =>
        elements.map((element) => {
          const { left, top, width: w } = element.getBoundingClientRect()
          return { id: element.getAttribute('data-testid'), left, top, w }
        }),
      )
      await open.page.context().close()
      return found
    }
    const small = await places(1920, 1080)
    const large = await places(3840, 2160)
    expect(large.map(({ id }) => id)).toEqual(small.map(({ id }) => id))
    large.forEach((place, index) => {
      const { left, top, w } = small[index]!
      expect(Math.abs(place.left / 2 - left), `${place.id} left`).toBeLessThan(1.5)
      expect(Math.abs(place.top / 2 - top), `${place.id} top`).toBeLessThan(1.5)
      expect(Math.abs(place.w / 2 - w), `${place.id} width`).toBeLessThan(2)
    })
  })

  test('header, rail and footer stay where they are from screen to screen', async () => {
    const open = await served.open()
    const { page } = open
    const places = async (screen: ScreenName) => {
      const display = { ...makeBoard().site.display, screens: [screen] }
      const board = makeBoard({ site: { lineId: screen, display } })
      await open.show(screen === 'huddle' ? atStep(board, 0) : board, fixtureNowMs)
      await page.waitForSelector(`[data-screen="${screen}"]`)
      return page.$$eval('.head, .head-line, .head-title, .head-shift, .head-clock, .rail, .foot', (found) =>
        found.map((element) => {
          const { left, top, bottom } = element.getBoundingClientRect()
          return [element.className, left, top, bottom].join(' ')
        }),
      )
    }
    const status = await places('status')
    expect(status).toHaveLength(7)
    for (const screen of screenNames) {
      const shown = await places(screen)
      const wanted = wide.includes(screen) ? status.filter((place) => !place.startsWith('rail')) : status
      expect(shown, screen).toEqual(wanted)
    }
    await page.context().close()
  })

  test('a pinned screen promises no other one', async () => {
    const open = await served.open({ query: '?screen=hours' })
    await open.show(makeBoard(), fixtureNowMs)
    expect(await open.page.getByTestId('next').count()).toBe(0)
    expect(await open.page.locator('.slots').count()).toBe(0)
    await open.page.context().close()
  })

  test('values carry the raw number that was sent', async () => {
    const open = await served.open({ query: '?screen=status', reducedMotion: 'no-preference' })
    await open.show(makeBoard(), fixtureNowMs)
    const raw = async (id: string) => Number(await open.page.getByTestId(id).getAttribute('data-value'))
    expect(await raw('made')).toBe(1711)
    expect(await raw('plan-by-now')).toBe(1797)
    expect(await raw('gap')).toBe(-86)
    expect(await raw('heading-for')).toBe(2905)
    expect(await raw('kr-throughput')).toBe(962)
    expect(await open.page.getByTestId('gap').textContent()).toBe('\u221286')
    expect(await open.page.getByTestId('clock').textContent()).toBe('10:42')
    await open.page.context().close()
  })

  test('a page that has shown everything else shows what a new one shows', { timeout: 120_000 }, async () => {
    const look = (page: Page) => page.locator('.stage').evaluate((stage) => stage.outerHTML)
    const old = await served.open({ query: '?screen=status' })
    for (const [index, one] of statusCases.entries()) {
      // One key result beside the lit one: the rail shows others at each turn.
      const items = one.board.keyResults.items.slice(0, 2)
      const board = { ...one.board, keyResults: { ...one.board.keyResults, items } }
      const nowMs = fixtureNowMs + index * 61_000
      await old.show(board, nowMs)
      const fresh = await served.open({ query: '?screen=status' })
      await fresh.show(board, nowMs)
      expect(await look(old.page), one.name).toBe(await look(fresh.page))
      await fresh.page.context().close()
    }
    await old.page.context().close()
  })

  test('with reduced motion nothing moves', async () => {
    const open = await served.open()
    await open.show(makeBoard(), fixtureNowMs)
    const down = statusCases.find(({ name }) => name === 'down')!
    await open.show(down.board, fixtureNowMs)
    expect(await open.page.evaluate(() => document.getAnimations().length)).toBe(0)
    await open.page.context().close()
  })

  test('the engine falls silent: grey within 5 s, in words; it speaks again: live by itself', async () => {
    const open = await served.open({ query: '?screen=status', reducedMotion: 'no-preference' })
    const { page } = open
    await open.show(makeBoard(), fixtureNowMs)
    await open.silence()
    await page.waitForSelector('[data-stale="true"]', { timeout: 5_000 })
    expect(await page.getByTestId('state-word').textContent()).toBe('No data')
    expect(await page.getByTestId('problem').textContent()).toBe('No connection to the engine since 10:42')
    const audit = await auditPage(page, { am: unitsPerArcmin(5, 55), statusColours: darkColours })
    expect(audit.statusColours).toEqual([])
    expect(await page.getByTestId('kr-throughput-word').textContent()).not.toBe('Behind')
    await open.show(makeBoard(), fixtureNowMs)
    await page.waitForSelector('[data-stale="false"]')
    expect(await page.getByTestId('state-word').textContent()).toBe('Running')
    await page.context().close()
  })

  test('150 switches through all screens leave nothing behind', { timeout: 400_000 }, async () => {
    const open = await served.open()
    await open.show(makeBoard(), fixtureNowMs)
    const { before, after } = await measureSwitches(open.page, 150)
    expect(after.nodes).toBeLessThanOrEqual(before.nodes)
    expect(after.charts).toBe(before.charts)
    expect(after.heapBytes - before.heapBytes).toBeLessThan(2 * 1024 * 1024)
    expect(open.errors).toEqual([])
    await open.page.context().close()
  })

  test('charts are destroyed with their screen', async () => {
    const open = await served.open({ query: '?screen=keys', reducedMotion: 'no-preference' })
    const { page } = open
    await open.show(makeBoard(), fixtureNowMs)
    const charts = () => page.evaluate(() => document.documentElement.dataset.charts)
    expect(await charts()).toBe('4')
    await page.click('.stage')
    await page.waitForSelector('.touch')
    expect(await charts()).toBe('0')
    await page.context().close()
  })

  test('a screen that cannot be drawn is skipped, and the board goes on', async () => {
    const open = await served.open({ reducedMotion: 'no-preference' })
    const { page } = open
    const broken = makeBoard({
      site: { display: { ...makeBoard().site.display, screens: ['hours', 'oee'] } },
    })
    const rows = broken.hours.rows.map((row) => ({ ...row, label: null as unknown as string }))
    await open.show({ ...broken, hours: { ...broken.hours, rows } }, fixtureNowMs)
    await page.waitForSelector('[data-screen="oee"]', { timeout: 5_000 })
    expect(await page.getByTestId('oee').textContent()).toContain('72.9')
    await page.context().close()
  })
})
