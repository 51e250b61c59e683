import type { Page } from 'playwright-core'

/** Smallest target and smallest distance of unlike actions. Millimetres. */
export const targetMm = 20
export const unlikeMm = 13
/** Buttons that only choose a value, all over the page: a wrong one is put right by the next tap. They may lie close together. */
const values =
  '.choices, .pad:not(.pin), .quantity, .options, .four, .three, .chips, .key-list, .gap-list, .stop-rows, .figure-choices'
/** Groups whose buttons do the same kind of thing. */
const groups =
  '.pad, .call-tiles, .call-answers, .touch-nav, .person-changes, .facts-groups, .three-buttons, .objective-list'

/**
 * Buttons under 20 mm, buttons that leave the screen or lie on each other, texts that do not fit, and unlike actions closer than
 * 13 mm, on a 21.5 inch panel of this many pixels.
 */
export function touchFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ([smallest, apart, values, groups]) => {
      const mm = Math.hypot(innerWidth, innerHeight) / (21.5 * 25.4)
      const faults: string[] = []
      const buttons = [...document.querySelectorAll('.touch button')].filter(
        (one) => !one.closest('[hidden]'),
      )
      const nameOf = (one: Element) => one.textContent || one.getAttribute('aria-label') || ''
      for (const one of buttons) {
        const { width, height, bottom, right } = one.getBoundingClientRect()
        if (Math.min(width, height) < smallest * mm - 0.5)
          faults.push(`${nameOf(one)} is ${(width / mm).toFixed(1)} x ${(height / mm).toFixed(1)} mm`)
        if (bottom > innerHeight + 1 || right > innerWidth + 1)
          faults.push(`${nameOf(one)} leaves the screen`)
      }
      for (const one of document.querySelectorAll<HTMLElement>('.touch-page *')) {
        // A line of text that somebody types runs along in its field.
        const runs = ['H2', 'INPUT'].includes(one.tagName)
        if (one.clientWidth === 0 || runs || getComputedStyle(one).display === 'inline') continue
        const over = one.scrollWidth - one.clientWidth
        if (over > 1 && !one.matches('.unseen')) faults.push(`${one.className} is ${over} px too narrow`)
      }
      buttons.forEach((one, index) => {
        for (const other of buttons.slice(index + 1)) {
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
          const gap = Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom) / mm
          if (gap < -0.3) faults.push(`${nameOf(one)} lies on ${nameOf(other)}`)
          const group = one.closest(groups)
          const like =
            (one.closest(values) !== null && other.closest(values) !== null) ||
            (group !== null && group === other.closest(groups))
          if (!like && gap < apart - 0.2)
            faults.push(`${nameOf(one)} is only ${gap.toFixed(1)} mm from ${nameOf(other)}`)
        }
      })
      return faults
    },
    [targetMm, unlikeMm, values, groups] as const,
  )
}
