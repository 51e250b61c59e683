import type { HoursPart } from '../../../shared/contract/board.ts'
import { useBoard } from '../../board-view.tsx'
import type { Format } from '../../i18n/format.ts'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { columnChart, columnShare, columnTop } from '../../charts/columns.ts'
import { en } from '../../i18n/en.ts'
import { span } from '../../i18n/format.ts'
import { Why } from '../../widgets/Why.tsx'
import { hourColumn, hoursInView, hourStatus, worstHour } from './hour-look.ts'
import { HourTable } from './HourTable.tsx'

const farColumns = 6
const chartShareLabel = 'Pieces made in each hour against the plan'

/** Plan and pieces of every hour of the shift, the gaps, and the hour that hurt most. */
export function HourByHour() {
  const { board, density, format, trust } = useBoard()
  const far = density === 'far'
  const rows = far ? hoursInView(board.hours.rows, farColumns) : board.hours.rows
  const columns = rows.map(hourColumn)
  return (
    <div className="screen hours">
      <HourTable rows={rows} far={far} barShare={columnShare} top={columnTop(columns)}>
        <ChartCanvas data={columns} build={columnChart} label={chartShareLabel} />
      </HourTable>
      <WorstHour hours={board.hours} format={format} live={trust === 'live'} />
    </div>
  )
}

function WorstHour({ hours, format, live }: { hours: HoursPart; format: Format; live: boolean }) {
  const worst = worstHour(hours.rows)
  const right = sumWords(hours, format)
  if (!worst) return <Why status={live ? 'ok' : 'none'} words={en.everyHourOnPlan} right={right} />
  const { topStop } = worst
  const words = !topStop ? en.slowHour : `${topStop.reason ?? en.noReasonYet}, ${span(topStop.ms)}`
  const status = live ? (hourStatus(worst) ?? 'none') : 'none'
  return <Why status={status} bold={worst.label} words={words} right={right} testId="worst-hour" />
}

function sumWords({ made, gap }: HoursPart, format: Format): string {
  const count = format.pieces(made)
  if (gap === null) return en.madeOnly(count)
  const rounded = Math.round(gap)
  return rounded === 0
    ? en.madeOnPlan(count)
    : en.madeAndGap(count, rounded, format.pieces(Math.abs(rounded)))
}
