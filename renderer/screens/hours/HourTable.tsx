import { Fragment } from 'react'
import type { HourRow } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { columnChart, columnTop } from '../../charts/columns.ts'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { hourColumn, hourStatus, isOffHour } from './hour-look.ts'
import type { HourLayout, HourRowKey } from './use-hour-layout.ts'
import { hourShapeRem, hourText } from './use-hour-layout.ts'

/** Below this share of the chart a column is too low to carry its number. */
const shortBar = 0.22
/** The heads of the rows may shrink to this share; they stay above the floor of what is read from near. */
const headFloor = 0.78

/** The columns over their table: an HTML grid of n equal columns lines up with n bars exactly. */
export function HourTable({ rows, layout }: { rows: readonly HourRow[]; layout: HourLayout }) {
  const { format, trust, t } = useBoard()
  const columns = rows.map(hourColumn)
  const top = columnTop(columns)
  const look = {
    fontSize: layout.sizePx,
    fontStretch: `${layout.stretch}%`,
    letterSpacing: `${layout.spacingEm}em`,
  }
  return (
    <div
      className="hour-grid"
      data-hours={rows.length}
      style={{
        gridTemplateColumns: `var(--hour-head) repeat(${rows.length}, minmax(0, 1fr))`,
        gridTemplateRows: `minmax(0, 1fr) repeat(${layout.rows.length + 1}, auto)`,
      }}
    >
      <div className="hour-chart" style={{ gridColumn: `2 / span ${rows.length}` }}>
        <ChartCanvas data={columns} build={columnChart} label={t('picture.hours')} />
        {rows.map((row, index) => {
          const short = (row.made ?? 0) / top < shortBar
          const status = hourStatus(row)
          const marked = trust === 'live' && !layout.shapesInline && status !== null && status !== 'ok'
          if (row.made === null || !(layout.madeInBars || marked)) return null
          return (
            <div
              key={row.startMs}
              className={short ? 'bar-mark' : `bar-mark on-${status ?? 'ok'}`}
              style={{
                insetInlineStart: `${((index + 0.5) / rows.length) * 100}%`,
                bottom: short ? `calc(${(row.made / top) * 100}% + 0.8rem)` : undefined,
              }}
            >
              {marked && <Shape status={status} size="4.4rem" />}
              {layout.madeInBars && (
                <span
                  style={look}
                  data-tier="line"
                  data-testid={`hour-${row.label}-made`}
                  data-value={row.made}
                >
                  {format.pieces(row.made)}
                </span>
              )}
            </div>
          )
        })}
      </div>
      <Fit
        className="hour-head"
        text={t(rows.every(isOffHour) ? 'hour.from' : 'hour.hour')}
        floor={headFloor}
        tier="near"
      />
      {rows.map((row) => (
        <div
          key={row.startMs}
          className={row.phase === 'now' ? 'hour-label now' : 'hour-label'}
          data-tier="line"
        >
          <span className={isOffHour(row) ? 'narrow' : undefined}>{row.label}</span>
        </div>
      ))}
      {layout.rows.map((key) => (
        <Fragment key={key}>
          <Fit className="hour-head" text={t(`hour.${key}`)} floor={headFloor} tier="near" />
          {rows.map((row) => (
            <Cell key={row.startMs} row={row} name={key} inline={layout.shapesInline} look={look} />
          ))}
        </Fragment>
      ))}
    </div>
  )
}

function Cell(props: { row: HourRow; name: HourRowKey; inline: boolean; look: React.CSSProperties }) {
  const { row, name, inline, look } = props
  const { format, density, trust } = useBoard()
  const status = hourStatus(row)
  const marked = trust === 'live' && name === 'gap' && inline && status !== null && status !== 'ok'
  const raw = { plan: row.plan, made: row.made, gap: row.gap, total: row.runningGap }[name]
  return (
    <div
      className={`hour-cell ${name}`}
      style={look}
      data-tier="line"
      data-testid={`hour-${row.label}-${name}`}
      data-value={raw ?? ''}
    >
      {marked && <Shape status={status} size={`${hourShapeRem(density === 'far')}rem`} />}
      {hourText(row, name, format)}
    </div>
  )
}
