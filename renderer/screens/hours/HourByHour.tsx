import { useRef } from 'react'
import type { HoursPart } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import { Why } from '../../widgets/Why.tsx'
import { hourStatus, hoursInView, worstHour } from './hour-look.ts'
import { HourTable } from './HourTable.tsx'
import { useHourLayout } from './use-hour-layout.ts'

/** With a longer sentence than this, the right side of the strip says only the gap. */
const shortWords = 20

/** Plan and pieces of every hour of the shift, the gaps, and the hour that hurt most. */
export function HourByHour() {
  const { board, density, trust } = useBoard()
  const ref = useRef<HTMLDivElement>(null)
  const layout = useHourLayout(ref, board.hours.rows, density)
  return (
    <div className="screen hours">
      <div className="hour-frame" ref={ref}>
        <HourTable rows={hoursInView(board.hours.rows, layout.count)} layout={layout} />
      </div>
      <WorstHour hours={board.hours} live={trust === 'live'} far={density === 'far'} />
    </div>
  )
}

function WorstHour({ hours, live, far }: { hours: HoursPart; live: boolean; far: boolean }) {
  const view = useBoard()
  const { format, t } = view
  const worst = worstHour(hours.rows)
  if (hours.gap === null || !worst) {
    const words = hours.gap === null ? t('noPlan') : t('everyHourOnPlan')
    const status = hours.gap === null ? undefined : live ? 'ok' : 'none'
    return <Why status={status} words={words} right={far ? undefined : sumWords(hours, view, false)} />
  }
  const { topStop } = worst
  const reason = topStop ? (topStop.reason ?? t('noReasonYet')) : t('slowHour')
  const length = topStop ? t('then', { text: format.span(topStop.ms) }) : ''
  return (
    <Why
      status={live ? (hourStatus(worst) ?? 'none') : 'none'}
      bold={worst.label}
      words={reason}
      keep={length}
      right={far ? undefined : sumWords(hours, view, reason.length + length.length > shortWords)}
      testId="worst-hour"
    />
  )
}

function sumWords(
  { made, gap }: HoursPart,
  { format, t }: Pick<BoardView, 'format' | 't'>,
  short: boolean,
): string {
  const count = format.pieces(made)
  if (gap === null) return t('madeOnly', { made: count })
  const rounded = Math.round(gap)
  if (rounded === 0) return t('madeOnPlan', { made: count })
  const gapText = format.pieces(Math.abs(rounded))
  const values = { made: count, gap: gapText }
  if (rounded < 0) return short ? t('gapBehind', values) : t('madeAndBehind', values)
  return short ? t('gapAhead', values) : t('madeAndAhead', values)
}
