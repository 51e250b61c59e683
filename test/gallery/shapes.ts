import type { Page } from 'playwright-core'

/** What a status looks like without its colour: one bit for each pixel of a small grey picture. */
export type GreyShape = { status: string; bits: string }

/** Pixels along a side of the grey picture. */
const side = 24
/** Shapes of two statuses differ in at least this share of the pixels. */
export const leastDifference = 0.06

/**
 * Every kind of status mark on the page, the shapes and the days of the letters, drawn small and grey, each pixel only lighter
 * or darker than the middle of its picture.
 */
export function greyShapes(page: Page): Promise<GreyShape[]> {
  return page.evaluate(async (size) => {
    const grey = (colour: string) => {
      const [r = 0, g = 0, b = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
      if (colour === 'none' || alpha === 0) return 'none'
      const value = Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b)
      return `rgb(${value},${value},${value})`
    }
    const draw = async (parts: readonly Element[], viewBox: string) => {
      const body = parts.map((part) => {
        const style = getComputedStyle(part)
        const copy = part.cloneNode(false) as Element
        // Attributes, not a style: the page's content policy refuses inline styles.
        copy.removeAttribute('class')
        copy.setAttribute('fill', grey(style.fill))
        copy.setAttribute('stroke', grey(style.stroke))
        copy.setAttribute('stroke-width', style.strokeWidth)
        copy.setAttribute('stroke-dasharray', style.strokeDasharray)
        return copy.outerHTML
      })
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${viewBox}">${body.join('')}</svg>`
      const image = new Image()
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
      await image.decode()
      const context = new OffscreenCanvas(size, size).getContext('2d')!
      const [r = 0, g = 0, b = 0] = (
        getComputedStyle(document.querySelector('.board')!).backgroundColor.match(/[\d.]+/g) ?? []
      ).map(Number)
      const paper = 0.2126 * r + 0.7152 * g + 0.0722 * b
      context.fillStyle = `rgb(${paper},${paper},${paper})`
      context.fillRect(0, 0, size, size)
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, size, size)
      const levels = Array.from({ length: size * size }, (_, index) => data[index * 4]!)
      const middle = (Math.min(...levels) + Math.max(...levels)) / 2
      return levels.map((level) => (level > middle ? '1' : '0')).join('')
    }
    const found = new Map<string, { status: string; bits: string }>()
    for (const shape of document.querySelectorAll('svg.shape')) {
      const status = `shape ${shape.getAttribute('data-shape')}`
      const bits = await draw([...shape.querySelectorAll('path, circle')], '0 0 24 24')
      found.set(`${status} ${bits}`, { status, bits })
    }
    for (const day of document.querySelectorAll('.letter .day')) {
      const status = day.getAttribute('class')!.replace('today', '').trim()
      if (found.has(status) || day.classList.contains('today')) continue
      found.set(status, { status, bits: await draw([...day.children], '-0.6 -0.6 10 10') })
    }
    return [...found.values()]
  }, side)
}

/** Pairs of statuses that look nearly alike in grey. Shapes are compared with shapes, days with days. */
export function alikeFaults(all: readonly GreyShape[]): string[] {
  const faults = new Set<string>()
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      if (a.status === b.status || a.status.split(' ')[0] !== b.status.split(' ')[0]) continue
      const different = [...a.bits].filter((bit, at) => bit !== b.bits[at]).length / a.bits.length
      const inverted = 1 - different
      if (Math.min(different, inverted) < leastDifference)
        faults.add(`${a.status} and ${b.status} look alike in grey: ${(different * 100).toFixed(1)} % differ`)
    }
  }
  return [...faults]
}
