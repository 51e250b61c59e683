import type { Locator, Page } from 'playwright-core'
import { bounceMs, bounceRem } from '../../renderer/touch/tap-timing.ts'

/** A finger on a touch screen that never bounces: a tap near the one before it waits until it counts as one of its own. */
export type Finger = {
  tapAt: (point: { x: number; y: number }) => Promise<void>
  /** Waits until it can be tapped. */
  tap: (button: Locator) => Promise<void>
}

export function openFinger(page: Page): Finger {
  let last = { atMs: Number.NEGATIVE_INFINITY, x: 0, y: 0 }
  let nearPx: number | null = null
  async function rest({ x, y }: { x: number; y: number }): Promise<void> {
    nearPx ??= await page.evaluate(
      (rem) => rem * parseFloat(getComputedStyle(document.documentElement).fontSize),
      bounceRem,
    )
    const waitMs = bounceMs + 10 - (performance.now() - last.atMs)
    if (waitMs > 0 && Math.hypot(x - last.x, y - last.y) < nearPx) await page.waitForTimeout(waitMs)
    last = { atMs: performance.now(), x, y }
  }
  return {
    async tapAt(point) {
      await rest(point)
      await page.touchscreen.tap(point.x, point.y)
    },
    async tap(button) {
      const box = await button.boundingBox()
      if (box !== null) await rest({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
      await button.tap()
      last.atMs = performance.now()
    },
  }
}
