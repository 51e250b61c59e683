import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'
import type { HourRow } from '../../../shared/contract/board-line.ts'
import type { DensityClass } from '../../../shared/domain/legibility.ts'
import { useBoard } from '../../board-view.tsx'
import { columnShare } from '../../charts/columns.ts'
import { fontVersion, widthAt100 } from '../../fit/measure.ts'
import type { Format } from '../../i18n/format.ts'
import { hourStatus, hoursInView, isOffHour } from './hour-look.ts'

export type HourRowKey = 'plan' | 'made' | 'gap' | 'total'

/** How the hour table is drawn so that every number is at least label size and inside its column. */
export type HourLayout = {
  /** Hours in view. */
  count: number
  rows: readonly HourRowKey[]
  sizePx: number
  stretch: number
  spacingEm: number
  madeInBars: boolean
  /** Status shapes stand beside the gap; false: in the columns. */
  shapesInline: boolean
}

/** Size of the status shape in the table, rem. */
export function hourShapeRem(far: boolean): number {
  return far ? 6.4 : 3.8
}
/** More columns than this leave no room for the plan row. */
const roomyColumns = 9
const fewestColumns = 4
const farColumns = 6

/** Width of the letters of a label such as "06:30", percent; see .narrow. */
const labelStretch = 75

/** Room between the numbers of two columns, so that a row never reads as one number, rem. */
const betweenRem = 1.8

type Room = { columnPx: number; rem: number; shapeRem: number; basePx: number; floorPx: number }

function texts(rows: readonly HourRow[], key: HourRowKey, format: Format): string[] {
  return rows.map((row) => hourText(row, key, format)).filter((text) => text !== '')
}

/** What a cell says; empty where there is nothing to say. */
export function hourText(row: HourRow, key: HourRowKey, format: Format): string {
  if (key === 'plan') return row.plan === null ? '' : format.pieces(row.plan)
  if (key === 'made') return row.made === null ? '' : format.pieces(row.made)
  const value = key === 'gap' ? row.gap : row.runningGap
  return value === null ? '' : format.signed(value)
}

function sizeOf(rows: readonly HourRow[], layout: HourLayout, room: Room, format: Format): number {
  const { basePx, columnPx, rem } = room
  const look = { weight: '700', letterSpacingEm: layout.spacingEm }
  const fit = (words: readonly string[], px: number) =>
    words.reduce((size, word) => Math.min(size, (px / widthAt100(word, layout.stretch, look)) * 100), basePx)
  const gapPx = betweenRem * rem
  const marked = rows.filter((row) => layout.shapesInline && !['ok', null].includes(hourStatus(row)))
  const long = rows.filter(isOffHour).map((row) => row.label)
  const labels =
    (room.floorPx / 100) * Math.max(0, ...long.map((label) => widthAt100(label, labelStretch, look)))
  if (labels > columnPx - gapPx) return 0
  const sizes = layout.rows.map((key) => fit(texts(rows, key, format), columnPx - gapPx))
  sizes.push(fit(texts(marked, 'gap', format), columnPx - gapPx / 2 - (room.shapeRem + 0.5) * rem))
  if (layout.madeInBars) sizes.push(fit(texts(rows, 'made', format), columnPx * columnShare - gapPx / 2))
  return Math.min(...sizes)
}

/** Candidates from the best to the barest, for `count` hours in view. */
function candidates(count: number, far: boolean, hasPlan: boolean): HourLayout[] {
  const looks = [
    { stretch: 84, spacingEm: 0 },
    { stretch: 75, spacingEm: 0 },
    { stretch: 75, spacingEm: -0.03 },
  ]
  const shapes = [
    { madeInBars: true, shapesInline: true },
    { madeInBars: false, shapesInline: true },
    { madeInBars: true, shapesInline: false },
    { madeInBars: false, shapesInline: false },
  ]
  const withTotal = far || !hasPlan ? [false] : [true, false]
  return withTotal.flatMap((total) =>
    shapes.flatMap((shape) =>
      looks.map((look): HourLayout => {
        const rows: HourRowKey[] = []
        if (!shape.madeInBars) rows.push('made')
        else if (!far && hasPlan && count <= roomyColumns) rows.push('plan')
        if (hasPlan) rows.push('gap')
        if (total) rows.push('total')
        return { count, rows, sizePx: 0, ...look, ...shape }
      }),
    ),
  )
}

/**
 * The first layout whose numbers reach label size: narrower letters first, then made and shapes elsewhere, then no
 * running total, then fewer hours. A number is never shortened and never too small to read.
 */
export function chooseHourLayout(
  all: readonly HourRow[],
  far: boolean,
  format: Format,
  roomFor: (count: number) => Room,
): HourLayout {
  const most = far ? Math.min(farColumns, all.length) : all.length
  const hasPlan = all.some((row) => row.plan !== null)
  let last: HourLayout | null = null
  for (let count = most; count >= Math.min(most, fewestColumns); count--) {
    const rows = hoursInView(all, count)
    const room = roomFor(count)
    for (const candidate of candidates(count, far, hasPlan)) {
      last = { ...candidate, sizePx: sizeOf(rows, candidate, room, format) }
      if (last.sizePx >= room.floorPx) return last
    }
  }
  return last ?? { ...candidates(Math.max(1, most), far, hasPlan)[0]!, sizePx: 0 }
}

/** Measures the frame and chooses the layout for it. */
export function useHourLayout(
  ref: RefObject<HTMLDivElement | null>,
  all: readonly HourRow[],
  density: DensityClass,
): HourLayout {
  const { format, scale } = useBoard()
  const fonts = useSyncExternalStore(fontVersion.subscribe, fontVersion.get)
  const [widthPx, setWidthPx] = useState(0)
  const far = density === 'far'
  const [layout, setLayout] = useState<HourLayout>(() => candidates(all.length, far, true)[0]!)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const look = () => setWidthPx(element.clientWidth)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || widthPx === 0) return
    const px = (length: string) => cssLength(element, length)
    const [headPx, basePx, floorPx, rem] = [
      px('var(--hour-head)'),
      px('var(--number)'),
      px('var(--label)'),
      px('1rem'),
    ]
    const chosen = chooseHourLayout(all, far, format, (count) => ({
      columnPx: (widthPx - headPx) / count,
      rem,
      shapeRem: hourShapeRem(far),
      basePx,
      floorPx,
    }))
    setLayout((before) => (JSON.stringify(before) === JSON.stringify(chosen) ? before : chosen))
  }, [ref, widthPx, all, far, format, fonts, scale])
  return layout
}

/** Resolves a length such as "var(--label)" to px, by the browser itself. */
function cssLength(parent: HTMLElement, length: string): number {
  const probe = document.createElement('i')
  probe.style.position = 'absolute'
  probe.style.width = length
  parent.append(probe)
  const px = probe.getBoundingClientRect().width
  probe.remove()
  return px
}
