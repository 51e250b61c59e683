/** Bound of the width cache; it is emptied when full. */
const maxCachedWidths = 2_000

const cache = new Map<string, number>()
const listeners = new Set<() => void>()
let probe: HTMLSpanElement | null = null
let version = 0

export type FontLook = { weight: string; letterSpacingEm: number }

function probeSpan(): HTMLSpanElement {
  if (probe) return probe
  const box = document.createElement('div')
  box.className = 'measure'
  box.ariaHidden = 'true'
  probe = box.appendChild(document.createElement('span'))
  probe.style.fontSize = '100px'
  document.body.append(box)
  document.fonts.addEventListener('loadingdone', () => {
    cache.clear()
    version++
    for (const listener of listeners) listener()
  })
  return probe
}

/** Width in px at a font size of 100 px. Digits are tabular, so "4:32" and "4:33" share one measurement. */
export function widthAt100(text: string, stretchPercent: number, look: FontLook): number {
  const key = `${document.documentElement.lang} ${look.weight} ${look.letterSpacingEm} ${stretchPercent} ${text.replace(/\d/g, '0')}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const span = probeSpan()
  span.style.fontWeight = look.weight
  span.style.letterSpacing = `${look.letterSpacingEm}em`
  span.style.fontStretch = `${stretchPercent}%`
  span.textContent = text
  const width = span.getBoundingClientRect().width
  if (cache.size >= maxCachedWidths) cache.clear()
  cache.set(key, width)
  return width
}

/** For useSyncExternalStore: changes whenever newly loaded fonts make earlier widths wrong. */
export const fontVersion = {
  get: () => version,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
