import type { Page } from 'playwright-core'

/** Text needs at least this contrast against what it is written on. WCAG 2.2, 1.4.3. */
export const minContrast = 4.5

/** Texts whose contrast against their ground, be it an element's or a canvas's, is below `minContrast`. */
export function contrastFaults(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    type Rgb = [number, number, number]
    const board = document.querySelector('.board')
    if (!board) throw new Error('no board')
    const rightToLeft = document.documentElement.dir === 'rtl'
    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (rgb: Rgb) => {
      const [r, g, b] = rgb.map((part) => {
        const value = part / 255
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
      }) as Rgb
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const canvases = [...board.querySelectorAll('canvas')].map((canvas) => ({
      canvas,
      rect: canvas.getBoundingClientRect(),
    }))
    const painted = (x: number, y: number): Rgb | null => {
      for (const { canvas, rect } of canvases) {
        if (x < rect.left || x >= rect.right || y < rect.top || y >= rect.bottom) continue
        const shareX = (rightToLeft ? rect.right - x : x - rect.left) / rect.width
        const pixel = canvas
          .getContext('2d')!
          .getImageData(shareX * canvas.width, ((y - rect.top) / rect.height) * canvas.height, 1, 1).data
        if (pixel[3] === 255) return [pixel[0]!, pixel[1]!, pixel[2]!]
      }
      return null
    }
    const ground = (element: Element): Rgb => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const [r = 0, g = 0, b = 0, alpha = 1] = numbers(getComputedStyle(at).backgroundColor)
        if (alpha === 1) return [r, g, b]
      }
      return [0, 0, 0]
    }
    const faults: string[] = []
    const walker = document.createTreeWalker(board, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const parent = node.parentElement
      const text = (node.textContent ?? '').trim()
      if (text === '' || !parent || getComputedStyle(parent).visibility === 'hidden') continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { left, right, top, bottom } = range.getBoundingClientRect()
      const [r = 0, g = 0, b = 0] = numbers(getComputedStyle(parent).color)
      const on = painted((left + right) / 2, (top + bottom) / 2) ?? ground(parent)
      const [low = 0, high = 0] = [luminance([r, g, b]), luminance(on)].sort((x, y) => x - y)
      const ratio = (high + 0.05) / (low + 0.05)
      if (ratio < least) faults.push(`"${text}" has a contrast of ${ratio.toFixed(2)} to its ground`)
    }
    return faults
  }, minContrast)
}
