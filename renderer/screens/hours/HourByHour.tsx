import { useRef } from 'react'
import type { HoursPart } from '../../../shared/contract/board.ts'
import { useBoard } from '../../board-view.tsx'
import type { Format } from '../../i18n/format.ts'
import { en } from '../../i18n/en.ts'
import { span } from '../../i18n/format.ts'
import { Why } from '../../widgets/Why.tsx'
import { hourStatus, hoursInView, worstHour } from './hour-look.ts'
import { HourTable } from './HourTable.tsx'
import { useHourLayout } from './use-hour-layout.ts'

/** With a longer sentence than this, the right side of the strip says only the gap. */
const shortWords = 20

/** Plan and pieces of every hour of the shift, the gaps, and the hour that hurt most. */
export function HourByHour() {
  const { board, density, format, trust } = useBoard()
  const ref = useRef<HTMLDivElement>(null)
  const layout = useHourLayout(ref, board.hours.rows, density)
  return (
    <div className="screen hours">
      <div className="hour-frame" ref={ref}>
        <HourTable rows={hoursInView(board.hours.rows, layout.count)} layout={layout} />
      </div>
      <WorstHour hours={board.hours} format={format} live={trust === 'live'} far={density === 'far'} />
    </div>
  )
}

function WorstHour({
  hours,
  format,
  live,
  far,
}: {
  hours: HoursPart
  format: Format
  live: boolean
  far: boolean
}) {
  const worst = worstHour(hours.rows)
  if (hours.gap === null || !worst) {
    const words = hours.gap === null ? en.noPlan : en.everyHourOnPlan
    const status = hours.gap === null ? undefined : live ? 'ok' : 'none'
    return <Why status={status} words={words} right={far ? undefined : sumWords(hours, format, false)} />
  }
  const { topStop } = worst
  const reason = topStop ? (topStop.reason ?? en.stopsWithoutReason) : en.slowHour
  const length = topStop ? `, ${span(topStop.ms)}` : ''
  return (
    <Why
      status={live ? (hourStatus(worst) ?? 'none') : 'none'}
      bold={worst.label}
      words={reason}
      keep={length}
      right={far ? undefined : sumWords(hours, format, reason.length + length.length > shortWords)}
      testId="worst-hour"
    />
  )
}

function sumWords({ made, gap }: HoursPart, format: Format, short: boolean): string {
  const count = format.pieces(made)
  if (gap === null) return en.madeOnly(count)
  const rounded = Math.round(gap)
  if (rounded === 0) return en.madeOnPlan(count)
  const gapText = format.pieces(Math.abs(rounded))
  return short ? en.gapOnly(rounded, gapText) : en.madeAndGap(count, rounded, gapText)
}
