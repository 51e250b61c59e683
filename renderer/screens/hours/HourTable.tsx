import { Fragment, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { HourRow } from '../../../shared/contract/board.ts'
import { useBoard } from '../../board-view.tsx'
import { fontVersion, widthAt100 } from '../../fit/measure.ts'
import { en } from '../../i18n/en.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { hourStatus } from './hour-look.ts'

/** More columns than this leave no room for the plan row. */
const roomyColumns = 9
const narrow = 75
const shapeRem = 3.8
/** Below this share of the chart a column is too low to carry its number. */
const shortBar = 0.22

type RowKey = 'plan' | 'made' | 'gap' | 'total'
type Layout = { sizePx: number; stretch: number; madeInBars: boolean; shapesApart: boolean }

/** The chart (children) over its table: n equal columns of both line up exactly. */
export function HourTable(props: {
  rows: readonly HourRow[]
  far: boolean
  barShare: number
  /** Value at the chart's upper edge. */
  top: number
  children: ReactNode
}) {
  const { rows, far, barShare, top, children } = props
  const { format, density } = useBoard()
  const ref = useRef<HTMLDivElement>(null)
  const layout = useHourLayout(ref, rows, barShare, density)
  const dense = rows.length > roomyColumns
  const keys: RowKey[] = far
    ? ['gap']
    : dense || !layout.madeInBars
      ? ['gap', 'total']
      : ['plan', 'gap', 'total']
  if (!layout.madeInBars) keys.unshift('made')
  const text = (row: HourRow, key: RowKey): string => {
    if (key === 'plan') return row.plan === null ? '' : format.pieces(row.plan)
    if (key === 'made') return row.made === null ? '' : format.pieces(row.made)
    const value = key === 'gap' ? row.gap : row.runningGap
    return value === null ? '' : format.signed(value)
  }
  return (
    <div
      className={far ? 'hour-grid far-hours' : 'hour-grid'}
      ref={ref}
      style={{
        gridTemplateColumns: `var(--hour-head) repeat(${rows.length}, minmax(0, 1fr))`,
        gridTemplateRows: `minmax(0, 1fr) repeat(${keys.length + 1}, auto)`,
      }}
    >
      <div className="hour-chart" style={{ gridColumn: `2 / span ${rows.length}` }}>
        {children}
        {layout.madeInBars &&
          rows.map((row, index) =>
            row.made === null ? null : (
              <span
                key={row.startMs}
                className={
                  row.made / top < shortBar ? 'bar-number' : `bar-number on-${hourStatus(row) ?? 'ok'}`
                }
                style={{
                  left: `${((index + 0.5) / rows.length) * 100}%`,
                  bottom: row.made / top < shortBar ? `calc(${(row.made / top) * 100}% + 0.8rem)` : undefined,
                  fontSize: layout.sizePx,
                  fontStretch: `${layout.stretch}%`,
                }}
                data-tier="line"
                data-testid={`hour-${row.label}-made`}
                data-value={row.made}
              >
                {format.pieces(row.made)}
              </span>
            ),
          )}
      </div>
      <div className="hour-head">{en.hour.hour}</div>
      {rows.map((row) => (
        <div
          key={row.startMs}
          className={row.phase === 'now' ? 'hour-label now' : 'hour-label'}
          data-tier="line"
        >
          <span style={{ fontStretch: row.label.length > 2 ? `${narrow}%` : undefined }}>{row.label}</span>
        </div>
      ))}
      {keys.map((key) => (
        <Fragment key={key}>
          <div className="hour-head" data-tier="near">
            {en.hour[key]}
          </div>
          {rows.map((row) => {
            const status = hourStatus(row)
            const marked = key === 'gap' && status !== null && status !== 'ok'
            return (
              <div
                key={row.startMs}
                className={`hour-cell ${key}`}
                style={{ fontSize: layout.sizePx, fontStretch: `${layout.stretch}%` }}
                data-tier="line"
                data-testid={`hour-${row.label}-${key}`}
                data-value={
                  (key === 'plan'
                    ? row.plan
                    : key === 'made'
                      ? row.made
                      : key === 'gap'
                        ? row.gap
                        : row.runningGap) ?? ''
                }
              >
                {marked && !layout.shapesApart && <Shape status={status} size={`${shapeRem}rem`} />}
                {text(row, key)}
              </div>
            )
          })}
        </Fragment>
      ))}
    </div>
  )
}

/** Size and letter width at which every number of the table fits its column. */
function useHourLayout(
  ref: React.RefObject<HTMLDivElement | null>,
  rows: readonly HourRow[],
  barShare: number,
  density: string,
): Layout {
  const { format } = useBoard()
  const fonts = useSyncExternalStore(fontVersion.subscribe, fontVersion.get)
  const [widthPx, setWidthPx] = useState(0)
  const [layout, setLayout] = useState<Layout>({
    sizePx: 0,
    stretch: narrow,
    madeInBars: true,
    shapesApart: false,
  })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const look = () => setWidthPx(element.clientWidth)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])

  const made = longest(rows.map((row) => (row.made === null ? '' : format.pieces(row.made))))
  const plain = longest(
    rows.flatMap((row) => [
      row.plan === null ? '' : format.pieces(row.plan),
      row.runningGap === null ? '' : format.signed(row.runningGap),
    ]),
  )
  const gaps = longest(
    rows
      .filter((row) => !['ok', null].includes(hourStatus(row)))
      .map((row) => (row.gap === null ? '' : format.signed(row.gap))),
  )
  const signature = [made, plain, gaps].map((text) => text.replace(/\d/g, '0')).join('|')
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || widthPx === 0) return
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const basePx = cssLength(element, 'var(--number)')
    const floorPx = cssLength(element, 'var(--label)')
    const headPx = cssLength(element, 'var(--hour-head)')
    const columnPx = (widthPx - headPx) / rows.length
    const gapPx = 0.8 * rem
    const [madeText = '', plainText = '', gapText = ''] = signature.split('|')
    const sizeIn = (text: string, px: number, stretch: number) =>
      text === ''
        ? basePx
        : Math.min(basePx, (px / widthAt100(text, stretch, { weight: '700', letterSpacingEm: 0 })) * 100)
    const next = (madeInBars: boolean, shapesApart: boolean, stretch: number): Layout => {
      const shapePx = gapText === '' || shapesApart ? 0 : shapeRem * rem + 0.5 * rem
      const sizePx = Math.min(
        sizeIn(madeText, (madeInBars ? columnPx * barShare : columnPx) - gapPx, stretch),
        sizeIn(plainText, columnPx - gapPx, stretch),
        sizeIn(gapText, columnPx - gapPx / 2 - shapePx, stretch),
      )
      return { sizePx, stretch, madeInBars, shapesApart }
    }
    const choices = [
      next(true, false, 84),
      next(true, false, narrow),
      next(false, false, narrow),
      next(true, true, narrow),
      next(false, true, narrow),
    ]
    const chosen = choices.find((choice) => choice.sizePx >= floorPx) ?? choices[choices.length - 1]!
    setLayout((before) => (JSON.stringify(before) === JSON.stringify(chosen) ? before : chosen))
  }, [ref, widthPx, signature, rows.length, barShare, fonts, density])
  return layout
}

function longest(texts: readonly string[]): string {
  return texts.reduce((a, b) => (b.length > a.length ? b : a), '')
}

/** Resolves a length such as "var(--label)" to px, by the browser itself. */
function cssLength(parent: HTMLElement, length: string): number {
  const probe = document.createElement('i')
  probe.style.cssText = 'position:absolute;visibility:hidden;height:0'
  probe.style.width = length
  parent.append(probe)
  const px = probe.getBoundingClientRect().width
  probe.remove()
  return px
}
