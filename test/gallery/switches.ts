import type { CDPSession, Page } from 'playwright-core'
import type { Push } from '../../shared/contract/protocol.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'

/** A huddle keeps the screen for a while after its end: no other can be asked for at once. */
const screens = screenNames.filter((name) => name !== 'huddle')

/** What the page holds after a garbage collection. */
export type Held = { heapBytes: number; nodes: number; charts: number }

async function held(cdp: CDPSession, page: Page): Promise<Held> {
  // Twice: what a finaliser lets go of in the first round goes in the second.
  for (let round = 0; round < 2; round++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { nodes } = await cdp.send('Memory.getDOMCounters')
  const charts = await page.evaluate(() => Number(document.documentElement.dataset.charts ?? 0))
  return { heapBytes: usedSize, nodes, charts }
}

/** Goes through all screens `count` times one, each drawn to the end, and comes back to the first one. */
async function switchScreens(page: Page, count: number): Promise<number[]> {
  // Nothing that would interrupt the rotation: no call, no stop.
  const board = makeBoard()
  const pushes = [...screens, screens[0]!].map((screen: ScreenName): Push => {
    const display = { ...board.site.display, screens: [screen] }
    return {
      type: 'snapshot',
      seq: 1,
      nowMs: fixtureNowMs,
      board: { ...board, site: { ...board.site, display } },
    }
  })
  return page.evaluate(
    async ({ given, names, times }) => {
      const { engine } = window as unknown as { engine: { send: (push: unknown) => void } }
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const took: number[] = []
      for (let index = 1; index <= times; index++) {
        const place = index === times ? 0 : index % names.length
        const startedMs = performance.now()
        engine.send({ ...given[place]!, seq: performance.now() })
        while (document.querySelector('.stage')?.getAttribute('data-screen') !== names[place]) await frame()
        took.push(performance.now() - startedMs)
        await frame()
      }
      return took
    },
    { given: pushes, names: screens, times: count },
  )
}

/** Warms up, then switches `count` times, and says what the page held before and after. `tookMs`: until drawn, each switch. */
export async function measureSwitches(
  page: Page,
  count: number,
): Promise<{ before: Held; after: Held; tookMs: number[] }> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.enable')
  await switchScreens(page, screens.length * 5)
  const before = await held(cdp, page)
  const tookMs = await switchScreens(page, count)
  const after = await held(cdp, page)
  await cdp.detach()
  return { before, after, tookMs }
}
