import type { Browser, Page } from 'playwright-core'
import { openFinger } from './finger.ts'

/** A hand at a touch screen in a real Chromium: taps by coordinates as a finger does, and what the page made of them. */
export type TouchHand = {
  page: Page
  /** A button by selector, and by its text where the selector finds several; waits until it can be tapped. */
  tap: (selector: string, text?: string) => Promise<void>
  /** Waits until the page says something new was saved; answers what it took since the last tap. */
  saved: () => Promise<Confirmed>
  /** Ids of entries that the page sent, each once however often it was sent. */
  sent: ReadonlySet<string>
  /** What the page could not do, in its words. */
  failures: () => Promise<string[]>
  /** Entries that the page still keeps. */
  kept: () => Promise<number>
}

/** `ms`: from the tap to the words on the page; `kept`: the connection was away, so that the page only kept the entry. */
export type Confirmed = { ms: number; kept: boolean }

/** Panels of a shop floor. */
export const panels = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const waitMs = 20_000

export async function openHand(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<TouchHand> {
  const page = await browser.newPage({ viewport, hasTouch: true, reducedMotion: 'reduce' })
  const sent = new Set<string>()
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      for (const [, id] of String(payload).matchAll(/"entryId":"([0-9a-f-]{36})"/g)) sent.add(id!)
    }),
  )
  await page.addInitScript(watchPage)
  await page.goto(`${url}?touch`)
  await page.waitForSelector('.touch')
  const finger = openFinger(page)
  return {
    page,
    sent,
    async tap(selector, text) {
      await finger.tapAt(await page.evaluate(whereToTap, [selector, text ?? null, waitMs] as const))
    },
    saved: () => page.evaluate((limit) => window.hand.next(limit), waitMs),
    failures: () => page.evaluate(() => window.hand.failures),
    kept: async () => Number((await page.getByTestId('kept').all()).length),
  }
}

/** The middle of a button, once it is there and can be tapped. Runs in the page. */
function whereToTap([selector, text, limitMs]: readonly [string, string | null, number]) {
  const startMs = performance.now()
  return new Promise<{ x: number; y: number }>((resolve, reject) => {
    const look = () => {
      const found = [...document.querySelectorAll<HTMLButtonElement>(selector)].find(
        (one) => !one.disabled && (text === null || one.textContent === text),
      )
      if (found) {
        const { left, top, width, height } = found.getBoundingClientRect()
        return resolve({ x: left + width / 2, y: top + height / 2 })
      }
      if (performance.now() - startMs > limitMs)
        return reject(new Error(`no button ${selector} ${text ?? ''} in: ${document.body.innerText}`))
      requestAnimationFrame(look)
    }
    look()
  })
}

declare global {
  interface Window {
    hand: {
      failures: string[]
      next: (limitMs: number) => Promise<{ ms: number; kept: boolean }>
    }
  }
}

/** Notes each tap and each change of what the page says was saved. Runs in the page before its own code. */
function watchPage(): void {
  const told: { ms: number; kept: boolean }[] = []
  const failures: string[] = []
  let tappedMs = 0
  let before = ''
  let waiting: (() => void) | null = null
  const text = (id: string) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? ''
  window.addEventListener('click', ({ timeStamp }) => (tappedMs = timeStamp), true)
  new MutationObserver(() => {
    const failure = text('failure')
    if (failure !== '' && failures.at(-1) !== failure) failures.push(failure)
    const saved = text('saved')
    if (saved === '' || saved === before) return
    before = saved
    told.push({ ms: performance.now() - tappedMs, kept: text('kept') !== '' })
    waiting?.()
  }).observe(document, { subtree: true, childList: true, characterData: true })
  window.hand = {
    failures,
    next: (limitMs) =>
      new Promise((resolve, reject) => {
        const take = () => {
          const one = told.shift()
          if (one === undefined) return
          clearTimeout(timer)
          waiting = null
          resolve(one)
        }
        const timer = setTimeout(
          () => reject(new Error(`nothing was saved: ${document.body.innerText}`)),
          limitMs,
        )
        waiting = take
        take()
      }),
  }
}
