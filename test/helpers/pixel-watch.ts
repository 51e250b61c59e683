import type { Page } from 'playwright-core'

/** When each value of the watched number was on screen: epoch milliseconds with fractions, after the frame that drew it. */
export type Shown = { value: number; atMs: number }

/** Watches `[data-testid=made]` and notes each new value once its frame has been handed over. */
export async function watchMade(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown: { value: number; atMs: number }[] = []
    ;(window as unknown as { shown: typeof shown }).shown = shown
    let last = ''
    const note = () => {
      const value = document.querySelector('[data-testid="made"]')?.getAttribute('data-value') ?? ''
      if (value === '' || value === last) return
      last = value
      // The message is handled after the frame that the callback belongs to.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          shown.push({ value: Number(value), atMs: performance.timeOrigin + performance.now() })
          port1.close()
        }
        port2.postMessage(null)
      })
    }
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-value'],
    })
    note()
  })
}

export function shownValues(page: Page): Promise<Shown[]> {
  return page.evaluate(() => (window as unknown as { shown: { value: number; atMs: number }[] }).shown)
}
