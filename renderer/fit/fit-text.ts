import { closingOf } from '../i18n/isolate.ts'

/** Width in px of `text` at a font size of 100 px. */
export type WidthAt100 = (text: string, stretchPercent: number) => number

export type FitOptions = {
  text: string
  widthPx: number
  basePx: number
  /** Never smaller than this. */
  floorPx: number
  stretchPercent: number
  maxLines: number
  /** End of the text that is never cut away. */
  keep?: string
  /** Stands in place of a text that would have to be cut. */
  shorter?: string
}

export type Fitted = {
  lines: readonly string[]
  sizePx: number
  stretchPercent: number
  cut: boolean
  /** The shorter text stands in its place. */
  shortened?: true
}

/** Narrowest width of the font's width axis. */
export const narrowestStretch = 75
const ellipsis = '\u2026'

/**
 * Makes a text fit a width: first narrower letters, then smaller ones down to the floor, then more lines, then the
 * shorter text where there is one, and only then a cut with an ellipsis. Nothing is ever wider than `widthPx`.
 */
export function fitText(options: FitOptions, widthAt100: WidthAt100): Fitted {
  const { widthPx, basePx, stretchPercent, maxLines, keep = '' } = options
  const text = options.text + keep
  const floorPx = Math.min(options.floorPx, basePx)
  const stretches = [stretchPercent, Math.min(stretchPercent, narrowestStretch)]
  const sizeFor = (lines: readonly string[], stretch: number) => {
    const widest = Math.max(...lines.map((line) => widthAt100(line, stretch)))
    return widest === 0 ? basePx : Math.min(basePx, (widthPx / widest) * 100)
  }
  for (const stretch of stretches) {
    if (sizeFor([text], stretch) >= basePx)
      return { lines: [text], sizePx: basePx, stretchPercent: stretch, cut: false }
  }
  const narrow = stretches[1] ?? stretchPercent
  const oneLine = sizeFor([text], narrow)
  if (oneLine >= floorPx) return { lines: [text], sizePx: oneLine, stretchPercent: narrow, cut: false }
  for (let count = 2; count <= maxLines; count++) {
    const lines = split(text, count, (part) => widthAt100(part, narrow))
    const sizePx = sizeFor(lines, narrow)
    if (sizePx >= floorPx) return { lines, sizePx, stretchPercent: narrow, cut: false }
  }
  const { shorter, ...others } = options
  if (shorter !== undefined && shorter !== options.text)
    return { ...fitText({ ...others, text: shorter }, widthAt100), shortened: true }
  const fits = (part: string) => (widthAt100(part, narrow) * floorPx) / 100 <= widthPx
  return {
    lines: cutLines(options.text, keep, maxLines, fits),
    sizePx: floorPx,
    stretchPercent: narrow,
    cut: true,
  }
}

/** Splits at spaces so that the widest of `count` lines is as narrow as possible. */
function split(text: string, count: number, width: (part: string) => number): string[] {
  const words = text.split(' ')
  if (count <= 1 || words.length === 1) return [text]
  let best: string[] = [text]
  let bestWidth = width(text)
  for (let head = 1; head < words.length; head++) {
    const lines = [words.slice(0, head).join(' '), ...split(words.slice(head).join(' '), count - 1, width)]
    const widest = Math.max(...lines.map(width))
    if (widest < bestWidth) [best, bestWidth] = [lines, widest]
  }
  return best
}

function cutLines(text: string, keep: string, maxLines: number, fits: (part: string) => boolean): string[] {
  const lines: string[] = []
  let rest = text
  while (lines.length < maxLines - 1 && rest !== '' && !fits(rest)) {
    let end = rest.length
    while (end > 0 && !fits(rest.slice(0, end))) end = rest.lastIndexOf(' ', end - 1)
    if (end <= 0) break
    lines.push(rest.slice(0, end))
    rest = rest.slice(end + 1)
  }
  if (fits(rest + keep)) return [...lines, rest + keep]
  let end = rest.length
  const tail = ellipsis + closingOf(text) + keep
  while (end > 0 && !fits(rest.slice(0, end).trimEnd() + tail)) end--
  return [...lines, rest.slice(0, end).trimEnd() + tail]
}
