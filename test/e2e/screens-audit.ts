import type { Page } from 'playwright-core'

/** What a viewer could not read, or should not see, on the page as it is now. */
export type Audit = {
  /** Elements whose content is wider or higher than they are. */
  overflow: string[]
  /** Texts that lie on one another, or outside the part of the stage they belong to. */
  collisions: string[]
  /** Texts below the floor of their reading tier, with their size in arcminutes. */
  small: string[]
  /** Texts that were cut with an ellipsis. */
  cut: string[]
  /** Those of the given colours that were found, in elements or on a canvas. */
  statusColours: string[]
  texts: number
}

/** Smallest sizes in arcminutes at the reading distance, by data-tier. */
const floors: Record<string, number> = { far: 20, number: 20, line: 16, near: 10 }

export function auditPage(
  page: Page,
  options: { am: number; statusColours: readonly string[] },
): Promise<Audit> {
  return page.evaluate(
    ({ am, statusColours, tierFloors }) => {
      const board = document.querySelector('.board')
      if (!board) throw new Error('no board')
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
      const nameOf = (element: Element) =>
        `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`.replace(/\s+/g, '.') +
        (element.getAttribute('data-testid') ? `#${element.getAttribute('data-testid')}` : '')
      const elements = [...board.querySelectorAll('*')]

      const overflow: string[] = []
      const vertical = [
        'screen',
        'main',
        'rail',
        'kr',
        'stage',
        'head',
        'foot',
        'why',
        'strip',
        'touch-page',
        'choices',
      ]
      for (const element of elements) {
        if (!(element instanceof HTMLElement) || element.clientWidth === 0) continue
        if (getComputedStyle(element).display === 'inline') continue
        const wide = element.scrollWidth - element.clientWidth
        // A line of text that somebody types runs along in its field.
        if (wide > 1 && !element.matches('.unseen, input'))
          overflow.push(`${nameOf(element)} is ${wide} px too narrow`)
        if (!vertical.some((name) => element.classList.contains(name))) continue
        const bottom = element.getBoundingClientRect().bottom
        for (const inner of element.querySelectorAll('*')) {
          if (!(inner instanceof HTMLElement) || inner.closest('.slots, .pad')) continue
          const low = inner.getBoundingClientRect().bottom - bottom
          if (low > 1) overflow.push(`${nameOf(inner)} reaches ${low.toFixed(0)} px below ${nameOf(element)}`)
        }
      }

      type Box = { left: number; right: number; top: number; bottom: number; text: string }
      const boxes: Box[] = []
      const small: string[] = []
      const collisions: string[] = []
      const walker = document.createTreeWalker(board, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const node = walker.currentNode
        const text = (node.textContent ?? '').trim()
        const parent = node.parentElement
        if (text === '' || !parent || getComputedStyle(parent).visibility === 'hidden') continue
        if (parent.closest('.unseen')) continue
        const sizePx = parseFloat(getComputedStyle(parent).fontSize)
        const tier = parent.closest('[data-tier]')?.getAttribute('data-tier') ?? 'none'
        const arcmin = ((sizePx / rem) * 10 * 0.698) / am
        const floor = tierFloors[tier]
        if (floor === undefined) small.push(`"${text}" has no tier`)
        else if (arcmin < floor - 0.1) small.push(`"${text}" ${arcmin.toFixed(1)}' of ${floor}' (${tier})`)
        const range = document.createRange()
        range.selectNodeContents(node)
        const region = parent.closest('.rail, .main, .head, .foot, .hero-only')?.getBoundingClientRect()
        // The comma of a number hangs below its line: the larger the number, the further.
        const hangs = /^[\d\u2009.,]*,[\d\u2009]*$/.test(text) ? 0.18 : 0
        for (const rect of range.getClientRects()) {
          const middle = (rect.top + rect.bottom) / 2
          const box = {
            left: rect.left + 1,
            right: rect.right - 1,
            top: middle - sizePx * 0.32,
            bottom: middle + sizePx * (0.32 + hangs),
            text,
          }
          if (region) {
            const outside =
              box.left < region.left - 1 ||
              box.right > region.right + 1 ||
              box.top < region.top - 1 ||
              box.bottom > region.bottom + 1
            if (outside) collisions.push(`"${text}" leaves its part of the stage`)
          }
          for (const other of boxes) {
            const apart =
              box.right <= other.left ||
              other.right <= box.left ||
              box.bottom <= other.top ||
              other.bottom <= box.top
            if (!apart) collisions.push(`"${text}" lies on "${other.text}"`)
          }
          boxes.push(box)
        }
      }

      const wanted = new Set(statusColours)
      const found = new Set<string>()
      const properties = [
        'color',
        'backgroundColor',
        'backgroundImage',
        'fill',
        'stroke',
        'borderTopColor',
        'boxShadow',
      ]
      for (const element of wanted.size === 0 ? [] : [board, ...elements]) {
        const style = getComputedStyle(element) as unknown as Record<string, string>
        for (const property of properties) {
          for (const [colour] of (style[property] ?? '').matchAll(/rgba?\([^)]*\)/g)) {
            if (wanted.has(colour)) found.add(`${nameOf(element)} ${property} ${colour}`)
          }
        }
      }
      const numbers = new Map(
        statusColours.map((colour) => {
          const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map(Number)
          return [(r << 16) | (g << 8) | b, colour]
        }),
      )
      for (const canvas of wanted.size === 0 ? [] : board.querySelectorAll('canvas')) {
        const context = canvas.getContext('2d')
        if (!context || canvas.width === 0) continue
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
        for (let at = 0; at < data.length; at += 4) {
          const colour = numbers.get((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!)
          if (colour !== undefined && data[at + 3] === 255) found.add(`canvas ${colour}`)
        }
      }
      const cut = [...board.querySelectorAll('[data-cut]')].map((element) => element.textContent ?? '')
      return { overflow, collisions, small, cut, statusColours: [...found], texts: boxes.length }
    },
    { am: options.am, statusColours: [...options.statusColours], tierFloors: floors },
  )
}
