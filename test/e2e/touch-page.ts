import type { Page } from 'playwright-core'
import { groupOf, type PageId } from '../../renderer/touch/pages.ts'
import { bounceMs } from '../../renderer/touch/tap-timing.ts'
import type { Board } from '../../shared/contract/board.ts'
import { fixtureNowMs, makeBoard, makeKeyResult } from '../fixtures/board.ts'
import type { BoardPage } from './screens-page.ts'
import type { ServedPage } from './served-page.ts'

/** u per millimetre on a 21.5 inch panel, and so px at 1080p. */
const perMm = 1080 / ((21.5 * 25.4 * 9) / Math.sqrt(337))

/** A plain board of the demo, with a key result that is fed by hand. */
export function touchBoard() {
  const plain = makeBoard({ site: { demo: true, demoPin: '2468' } })
  const nearMisses = makeKeyResult({
    id: 'near-misses',
    name: 'Near misses',
    baseline: 4,
    target: 12,
    value: 6,
    decimals: 0,
    unit: '',
    source: { kind: 'manual' },
  })
  return { ...plain, keyResults: { ...plain.keyResults, items: [...plain.keyResults.items, nearMisses] } }
}

/** The touch pages over a board, for which an engine answers what the test says. */
export async function openTouchPage(
  served: ServedPage,
  board: Board = touchBoard(),
  options: Parameters<ServedPage['open']>[0] = {},
): Promise<BoardPage> {
  const open = await served.open(options)
  await open.show(board, fixtureNowMs)
  await open.page.click('.stage')
  await open.page.waitForSelector('.touch')
  return open
}
/** Taps that lead to a touch page: that of its group first, where the group does not stand open. */
export async function goTo(page: Page, id: PageId): Promise<void> {
  const button = page.getByTestId(`page-${id}`)
  if ((await button.count()) === 0) await page.getByTestId(`group-${groupOf(id)}`).click()
  await button.click()
}
export const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
/** A second touch on the same spot counts only after a while. */
export const unbounced = async (page: Page) => {
  const fromMs = await page.evaluate(() => performance.now())
  await page.waitForFunction(([from, wait]) => performance.now() - from! > wait!, [fromMs, bounceMs])
}
export const lastCall = async (open: BoardPage) => (await open.calls()).at(-1)

/** Buttons under 20 mm, texts that do not fit, and unlike actions closer than 13 mm. */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate((mm) => {
    const faults: string[] = []
    // The page behind the PIN pad keeps what was entered, unseen.
    const buttons = [...document.querySelectorAll('.touch button')].filter((one) => !one.closest('[hidden]'))
    const nameOf = (element: Element) => element.textContent || element.getAttribute('aria-label') || ''
    for (const button of buttons) {
      const { width, height } = button.getBoundingClientRect()
      if (Math.min(width, height) < 20 * mm - 0.5) {
        faults.push(`${nameOf(button)} is ${(width / mm).toFixed(1)} x ${(height / mm).toFixed(1)} mm`)
      }
    }
    for (const element of document.querySelectorAll<HTMLElement>('.touch *')) {
      if (
        element.clientWidth > 0 &&
        // A line of text that somebody types runs along in its field.
        !['H2', 'INPUT'].includes(element.tagName) &&
        !element.matches('.unseen') &&
        getComputedStyle(element).display !== 'inline'
      ) {
        const over = element.scrollWidth - element.clientWidth
        if (over > 1) faults.push(`${element.className} is ${over} px too narrow`)
      }
    }
    const bottom = window.innerHeight
    for (const button of buttons) {
      const rect = button.getBoundingClientRect()
      if (rect.bottom > bottom) faults.push(`${nameOf(button)} leaves the screen`)
      for (const other of buttons) {
        const near = other.getBoundingClientRect()
        const overlap =
          button !== other &&
          rect.left < near.right - 1 &&
          near.left < rect.right - 1 &&
          rect.top < near.bottom - 1 &&
          near.top < rect.bottom - 1
        if (overlap) faults.push(`${nameOf(button)} lies on ${nameOf(other)}`)
      }
    }
    const gap = (one: Element | null, two: Element | null) => {
      if (!one || !two) return Number.POSITIVE_INFINITY
      const [a, b] = [one.getBoundingClientRect(), two.getBoundingClientRect()]
      return Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom) / mm
    }
    const confirm = buttons.find((one) => one.matches('.confirm')) ?? null
    for (const [name, selector] of [
      ['undo', '[data-testid="undo"]'],
      ['the side button', '.side'],
      ['the pages', '.touch-nav button'],
    ] as const) {
      const apart = gap(confirm, buttons.find((one) => one.matches(selector)) ?? null)
      if (apart < 13) faults.push(`${name} is only ${apart.toFixed(1)} mm from the main button`)
    }
    return faults
  }, perMm)
}
