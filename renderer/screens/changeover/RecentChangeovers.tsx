import type { ChangeoverPart } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { columnChart, columnTop } from '../../charts/columns.ts'
import type { Column } from '../../charts/columns.ts'
import { Fit } from '../../fit/Fit.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { Hero, HeroLine } from '../status/parts.tsx'

const maxColumns = 8
const minuteMs = 60_000
/** Below this share of the chart a column is too low to carry its number. */
const shortBar = 0.22

/** The last changeovers as columns, oldest first, each against the target. */
export function RecentChangeovers({ part }: { part: ChangeoverPart }) {
  const { density, format, nowMs, trust, t } = useBoard()
  const old = trust !== 'live'
  const far = density === 'far'
  const shown = part.recent.slice(0, maxColumns).reverse()
  const newest = part.recent[0]
  const columns = shown.map((entry): Column => {
    const over = entry === newest && part.targetMs !== null && entry.durationMs > part.targetMs
    return {
      value: entry.durationMs / minuteMs,
      notch: part.targetMs === null ? null : part.targetMs / minuteMs,
      soFar: null,
      fill: over && !old ? 'warn-fill' : 'bar',
      future: false,
    }
  })
  const top = columnTop(columns)
  if (!newest) return null
  const met = part.targetMs === null ? undefined : newest.durationMs <= part.targetMs
  return (
    <div className="screen changeover">
      <div className="oee-top">
        <div className="oee-hero">
          <HeroLine
            status={old ? 'none' : met === undefined ? undefined : met ? 'ok' : 'warn'}
            words={
              old || met === undefined ? t('lastChangeover') : met ? t('lastOnTarget') : t('lastOverTarget')
            }
            quiet={old}
          />
          <Hero
            id="changeover-last"
            raw={newest.durationMs / 1000}
            text={minutes(newest.durationMs)}
            unit={t('time.minuteUnit')}
            old={old}
          />
        </div>
        <div className="oee-factors">
          {!far && <Factor id="changeover-mean" name={t('mean')} ms={part.meanMs} old={old} />}
          {!far && <Factor id="changeover-best" name={t('best')} ms={part.bestMs} old={old} />}
          <Factor id="changeover-target" name={t('target')} ms={part.targetMs} old={old} quiet />
        </div>
      </div>
      {!far && (
        <div className="recent" style={{ gridTemplateColumns: `repeat(${shown.length}, minmax(0, 1fr))` }}>
          <div className="recent-chart" style={{ gridColumn: `1 / span ${shown.length}` }}>
            <ChartCanvas data={columns} build={columnChart} label={t('picture.changeovers')} />
            {columns.map((column, index) => {
              const share = (column.value ?? 0) / top
              return (
                <span
                  key={shown[index]!.startMs}
                  className={
                    share < shortBar
                      ? 'bar-mark number'
                      : `bar-mark number on-${column.fill === 'warn-fill' ? 'warn' : 'ok'}`
                  }
                  style={{
                    insetInlineStart: `${((index + 0.5) / shown.length) * 100}%`,
                    bottom: share < shortBar ? `calc(${share * 100}% + 0.8rem)` : undefined,
                  }}
                  data-tier="number"
                >
                  {minutes(shown[index]!.durationMs)}
                </span>
              )
            })}
          </div>
          {shown.map((entry) => (
            <Fit
              key={entry.startMs}
              className="recent-label label"
              text={format.clockOrDate(entry.startMs, nowMs)}
              tier="line"
            />
          ))}
        </div>
      )}
    </div>
  )
}

function minutes(ms: number): string {
  return String(Math.round(ms / minuteMs))
}

function Factor(props: { id: string; name: string; ms: number | null; old: boolean; quiet?: boolean }) {
  const { id, name, ms, old, quiet } = props
  const { t } = useBoard()
  if (ms === null) return null
  return (
    <>
      <span className="label" data-tier="line">
        {name}
      </span>
      <Figure
        id={id}
        raw={ms / 1000}
        className={old ? 'factor old' : quiet ? 'factor quiet' : 'factor'}
        unit={t('time.minuteUnit')}
      >
        {minutes(ms)}
      </Figure>
    </>
  )
}
