import type { Page } from 'playwright-core'
import { contrastFaults } from '../gallery/contrast.ts'
import { auditPage } from './screens-audit.ts'

/** Smallest target and smallest distance of unlike actions. Millimetres. */
export const targetMm = 20
export const unlikeMm = 13
/** The panel for which the sizes are given: its diagonal. Millimetres. */
export const panelMm = 21.5 * 25.4

/** Groups of buttons that only choose a value: a wrong one is put right by the next tap. They may lie close together. */
const values =
  '.choices, .pad:not(.pin), .quantity, .options, .four, .three, .chips, .stop-rows, .figure-choices, .okr-texts'
/** Groups whose buttons do the same kind of thing: keys, pages, rows of one list, answers to one call. */
const groups =
  '.pad, .touch-nav, .facts-groups, .key-list, .okr-list, .finding-list, .call-tiles, .call-answers'

/**
 * The one check of a touch page as it stands: targets under 20 mm; ones that leave the screen or lie on each other; unlike
 * actions closer than 13 mm; texts that do not fit, lie on one another, are cut or pale. On a 21.5 inch panel of this many
 * pixels. `mayCut`: names as long as these may end in an ellipsis.
 */
export async function touchFaults(page: Page, { mayCut = false } = {}): Promise<string[]> {
  const audit = await auditPage(page, { am: 1, statusColours: [] })
  const cut = mayCut ? [] : audit.cut.map((text) => `"${text}" is cut`)
  const rules = await ruleFaults(page)
  return [...rules, ...audit.overflow, ...audit.collisions, ...cut, ...(await contrastFaults(page))]
}

function ruleFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ([smallest, apart, panel, values, groups]) => {
      const mm = Math.hypot(innerWidth, innerHeight) / panel
      const faults: string[] = []
      const targets = [
        ...document.querySelectorAll('.touch :is(button, input, a[href], [role="button"])'),
        ...document.querySelectorAll('.keyboard .hg-button'),
      ].filter((one) => !one.closest('[hidden]'))
      const nameOf = (one: Element) =>
        `"${(one.textContent || one.getAttribute('aria-label') || one.getAttribute('placeholder') || one.id).slice(0, 40)}"`
      const onKeyboard = (one: Element) => one.closest('.keyboard') !== null
      const isValue = (one: Element) => one.matches('input') || one.closest(values) !== null
      const sameGroup = (one: Element, other: Element) => {
        for (let group = one.closest(groups); group; group = group.parentElement?.closest(groups) ?? null)
          if (group.contains(other)) return true
        return false
      }
      for (const one of targets) {
        const { width, height, top, left, bottom, right } = one.getBoundingClientRect()
        if (Math.min(width, height) < smallest * mm - 0.5)
          faults.push(`${nameOf(one)} is ${(width / mm).toFixed(1)} x ${(height / mm).toFixed(1)} mm`)
        if (bottom > innerHeight + 1 || right > innerWidth + 1 || top < -1 || left < -1)
          faults.push(`${nameOf(one)} leaves the screen`)
      }
      targets.forEach((one, index) => {
        const a = one.getBoundingClientRect()
        for (const other of targets.slice(index + 1)) {
          // The keyboard lies over what is not typed into.
          if (onKeyboard(one) || onKeyboard(other)) continue
          const b = other.getBoundingClientRect()
          const gap = Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom) / mm
          if (gap < -0.3) faults.push(`${nameOf(one)} lies on ${nameOf(other)}`)
          const like = (isValue(one) && isValue(other)) || sameGroup(one, other)
          if (!like && gap < apart - 0.2)
            faults.push(`${nameOf(one)} is only ${gap.toFixed(1)} mm from ${nameOf(other)}`)
        }
      })
      // What a text is written on, and whatever cuts off what leaves it.
      const walker = document.createTreeWalker(document.querySelector('.touch')!, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const text = (walker.currentNode.textContent ?? '').trim()
        const parent = walker.currentNode.parentElement!
        if (text === '' || parent.closest('.unseen, [hidden]')) continue
        const range = document.createRange()
        range.selectNodeContents(walker.currentNode)
        const sizePx = parseFloat(getComputedStyle(parent).fontSize)
        const holders: { name: string; rect: DOMRect }[] = [
          { name: 'the screen', rect: new DOMRect(0, 0, innerWidth, innerHeight) },
        ]
        for (let at: Element | null = parent; at && at.matches('.touch *'); at = at.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(at)
          if (at.matches('.tap, td, th') || overflowX !== 'visible' || overflowY !== 'visible')
            holders.push({ name: at.className || at.tagName, rect: at.getBoundingClientRect() })
        }
        for (const rect of range.getClientRects()) {
          const middle = (rect.top + rect.bottom) / 2
          const [top, bottom] = [middle - sizePx * 0.36, middle + sizePx * 0.36]
          for (const { name, rect: holder } of holders) {
            const outside =
              rect.left < holder.left - 1.5 ||
              rect.right > holder.right + 1.5 ||
              top < holder.top - 1 ||
              bottom > holder.bottom + 1
            if (outside) faults.push(`"${text.slice(0, 40)}" leaves ${name}`)
          }
        }
      }
      return faults
    },
    [targetMm, unlikeMm, panelMm, values, groups] as const,
  )
}
