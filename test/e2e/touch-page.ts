import type { Page } from 'playwright-core'
import { groupOf, type PageId } from '../../renderer/touch/pages.ts'
import { bounceMs } from '../../renderer/touch/tap-timing.ts'
import type { Board } from '../../shared/contract/board.ts'
import { fixtureNowMs, makeBoard, makeKeyResult } from '../fixtures/board.ts'
import type { BoardPage } from './screens-page.ts'
import type { ServedPage } from './served-page.ts'

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
/** What the page asked for last. It goes through a port: a tap just now may not have arrived yet. */
export const lastCall = async (open: BoardPage) => {
  await open.page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
  return (await open.calls()).at(-1)
}
