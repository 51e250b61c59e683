import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { groupOf } from '../../renderer/touch/pages.ts'
import { fixtureNowMs } from '../fixtures/board.ts'
import { openBoard, type BoardPage } from '../e2e/screens-page.ts'
import { touchFaults } from '../e2e/touch-faults.ts'
import { axeFaults } from './axe.ts'
import { galleryFolder } from './gallery.ts'
import { touchDataOf, touchNameOf, touchSizes, type TouchPicture } from './touch-cases.ts'

let shown = 0

/** Taps its way through the page, and waits until nothing changes any more. */
function walk(page: Page, taps: readonly string[]): Promise<void> {
  return page.evaluate(async (steps) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const untilMs = performance.now() + 3_000
    const found = async (selector: string): Promise<HTMLElement> => {
      for (;;) {
        const one = document.querySelector<HTMLElement>(`.touch ${selector}:not(:disabled)`)
        if (one) return one
        if (performance.now() > untilMs) throw new Error(`${selector} does not come`)
        await frame()
      }
    }
    /** Each far from the one before: near ones would be a bounce of the same finger. */
    let x = 0
    for (const step of steps) {
      const [selector = '', text] = step.split('=')
      const isSelector = /^[.#[]/.test(step)
      const one = await found(
        isSelector
          ? text === undefined || step.startsWith('[')
            ? step
            : selector
          : `[data-testid="${step}"]`,
      )
      if (one instanceof HTMLInputElement && text !== undefined) {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(one, text)
        one.dispatchEvent(new Event('input', { bubbles: true }))
      } else {
        x += 100_000
        one.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: x }))
      }
      await frame()
    }
    let changedMs = performance.now()
    const observer = new MutationObserver(() => (changedMs = performance.now()))
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    while (performance.now() - changedMs < 60) {
      if (performance.now() > untilMs) throw new Error('the page does not come to rest')
      await frame()
    }
    observer.disconnect()
  }, taps)
}

/** Shows a picture's place on a page that is open; everything of it is drawn anew. */
export async function showTouch(open: BoardPage, picture: TouchPicture): Promise<void> {
  const { place, page } = picture
  await open.page.evaluate(
    (search) => window.history.replaceState(null, '', search),
    `?touch&lang=${picture.language}`,
  )
  const id = `line-${++shown + 100}`
  const { board, answers } = touchDataOf(picture, id)
  await open.answer(answers)
  await open.show(board, fixtureNowMs, id)
  await walk(open.page, [`group-${groupOf(page)}`, `page-${page}`, ...(place.taps ?? [])])
}

/** Draws pictures and returns everything that is wrong with them. `axe`, `snap`: for which of them. */
export async function drawTouch(options: {
  browser: Browser
  url: string
  pictures: readonly TouchPicture[]
  axe: (picture: TouchPicture) => boolean
  snap: (picture: TouchPicture, faults: readonly string[]) => boolean
}): Promise<string[]> {
  mkdirSync(galleryFolder, { recursive: true })
  const faults: string[] = []
  for (const size of Object.keys(touchSizes) as TouchPicture['size'][]) {
    const pictures = options.pictures.filter((picture) => picture.size === size)
    if (pictures.length === 0) continue
    const [width, height] = touchSizes[size]
    const opened = () =>
      openBoard(options.browser, options.url, { width, height, query: '?touch', reducedMotion: 'reduce' })
    let open = await opened()
    for (const picture of pictures) {
      const name = touchNameOf(picture)
      let found: string[]
      try {
        found = await check(open, picture, options.axe(picture))
      } catch (error) {
        // What follows shall be judged by itself.
        found = [String(error).split('\n')[0]!, ...open.errors]
        await open.page.context().close()
        open = await opened()
      }
      if (options.snap(picture, found)) await open.snap(join(galleryFolder, `${name}.png`))
      faults.push(...found.map((fault) => `${name}: ${fault}`))
    }
    faults.push(...open.errors.map((error) => `${size}: ${error}`))
    await open.page.context().close()
  }
  return faults
}

async function check(open: BoardPage, picture: TouchPicture, axe: boolean): Promise<string[]> {
  await showTouch(open, picture)
  const found = await touchFaults(open.page, { mayCut: picture.data === 'worst' })
  return axe ? [...found, ...(await axeFaults(open.page))] : found
}
