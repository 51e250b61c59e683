import { memo, useImperativeHandle, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Ref } from 'react'
import { directionOf, isolated } from '../i18n/isolate.ts'
import { useWords } from '../i18n/language.tsx'
import { shownUnit } from '../i18n/unit.ts'
import { writeNumber } from '../widgets/written.ts'
import type { Written } from '../widgets/written.ts'
import { fitText } from './fit-text.ts'
import type { Fitted } from './fit-text.ts'
import { fontVersion, widthAt100 } from './measure.ts'

export type FitProps = {
  text: string
  className?: string
  /** Smallest size as a share of the role's own size, 0..1. */
  floor?: number
  maxLines?: number
  /** Written after the text and never cut away. */
  keep?: string
  /** Stands in place of a text that would have to be cut. */
  shorter?: string
  tier?: 'far' | 'number' | 'line' | 'near'
  testId?: string
  raw?: string | number | null
  /** Set small after the text; its width counts. */
  unit?: string | null
  /** For a number that counts on. */
  written?: Ref<Written>
}

/** Size of the unit and its distance, as shares of the text's size (see .fit-unit). */
const unitScale = 0.42
const unitGapEm = 0.06

/** A text that always fits the width its parent gives it. The class gives base size, weight, width and spacing. */
export const Fit = memo(function Fit({
  text: given,
  className = '',
  floor = 1,
  maxLines = 1,
  tier,
  testId,
  raw,
  unit: givenUnit,
  keep = '',
  shorter,
  written,
}: FitProps) {
  const unit = givenUnit ? shownUnit(givenUnit) : null
  const { dir } = useWords()
  // In a page of the other direction each line runs its own way, and what is never cut away the way of the page.
  const text = dir === 'rtl' && keep !== '' ? isolated(given) : given
  const ref = useRef<HTMLSpanElement>(null)
  const [widthPx, setWidthPx] = useState(0)
  const [fitted, setFitted] = useState<Fitted | null>(null)
  const fonts = useSyncExternalStore(fontVersion.subscribe, fontVersion.get)
  // Digits are as wide as each other: a number that only counts on fits as the one before it did.
  const isWhole = fitted !== null && fitted.lines.length === 1 && !fitted.cut && !fitted.shortened
  const shape = isWhole ? shapeOf(text) : text

  useImperativeHandle(
    written,
    () => ({
      write: (next, value) =>
        isWhole &&
        unit === null &&
        keep === '' &&
        shapeOf(next) === shape &&
        writeNumber(ref.current, dir === 'rtl' ? isolated(next) : next, value),
    }),
    [isWhole, unit, keep, shape, dir],
  )

  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const look = () => setWidthPx(element.clientWidth)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    const element = ref.current
    if (!element || widthPx === 0) return
    element.style.fontSize = ''
    element.style.fontStretch = ''
    const style = getComputedStyle(element)
    const basePx = parseFloat(style.fontSize)
    const font = {
      weight: style.fontWeight,
      // Digits beside an Arabic unit are one run with it, and browsers leave such a run unspaced.
      letterSpacingEm:
        unit && directionOf(unit) === 'rtl' ? 0 : (parseFloat(style.letterSpacing) || 0) / basePx,
    }
    const unitWidth = unit
      ? unitGapEm * 100 + widthAt100(unit, 88, { weight: '500', letterSpacingEm: 0 }) * unitScale
      : 0
    const next = fitText(
      {
        text: shape,
        widthPx: widthPx - 1,
        basePx,
        floorPx: basePx * floor,
        stretchPercent: parseFloat(style.fontStretch),
        maxLines,
        keep,
        ...(shorter !== undefined && { shorter }),
      },
      (part, stretch) => widthAt100(part, stretch, font) + unitWidth,
    )
    element.style.fontSize = `${next.sizePx}px`
    element.style.fontStretch = `${next.stretchPercent}%`
    setFitted((before) => (before && sameLook(before, next) ? before : next))
  }, [shape, className, floor, maxLines, widthPx, fonts, unit, keep, shorter])

  const lines = fitted === null || isWhole ? [text + keep] : fitted.lines
  return (
    <span
      ref={ref}
      className={`fit ${className}`}
      data-tier={tier}
      data-testid={testId}
      data-value={raw ?? undefined}
      data-cut={fitted?.cut || undefined}
    >
      {unit ? (
        <bdi dir={directionOf(unit)}>
          {lines.join('\n')}
          <span className="fit-unit" data-tier="near">
            {unit}
          </span>
        </bdi>
      ) : dir === 'rtl' ? (
        lines.map(isolated).join('\n')
      ) : (
        lines.join('\n')
      )}
    </span>
  )
})

const shapeOf = (text: string): string => text.replace(/\d/g, '0')

function sameLook(a: Fitted, b: Fitted): boolean {
  return (
    a.sizePx === b.sizePx &&
    a.stretchPercent === b.stretchPercent &&
    a.cut === b.cut &&
    a.lines.join('\n') === b.lines.join('\n')
  )
}
