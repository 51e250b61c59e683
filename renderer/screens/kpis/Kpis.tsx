import type { KpiItem } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { xmrChart } from '../../charts/xmr.ts'
import { Fit } from '../../fit/Fit.tsx'
import { Arrow, Shape } from '../../widgets/Shape.tsx'
import { pageRange } from '../page-range.ts'
import { kpiChart, kpiStatus, kpiWords } from './kpi-words.ts'

/** KPIs of one page; more take turns. */
export const kpiRows = { near: 5, standard: 4, far: 2, hero: 1 } as const

/** Every KPI with its chart, a leading one right above the one that it drives: what the monthly review walks. */
export function Kpis({ turn }: { turn: number }) {
  const { board, density, t } = useBoard()
  const items = board.kpis?.items ?? []
  const size = kpiRows[density]
  const pages = pagesOf(items, size)
  const page = turn % Math.max(1, pages.length)
  const shown = pages[page] ?? []
  const from = pages.slice(0, page).reduce((sum, { length }) => sum + length, 0)
  const left = board.kpis?.leftToReview ?? 0
  return (
    <div className="screen kpis">
      {shown.map((item) => (
        <KpiRow key={item.id} item={item} pair={shown.some(({ id }) => id === item.drives)} />
      ))}
      <div className="kpis-foot" data-tier="near">
        <div className="kpis-sum">
          {left > 0 && (
            <b data-testid="left-to-review" data-value={left}>
              {t('kpi.left', { count: left })}
            </b>
          )}
          {pages.length > 1 && (
            <b data-testid="kpi-page">
              {t('pageOf', { shown: pageRange(from, shown.length), all: items.length })}
            </b>
          )}
        </div>
        <span>{t('kpi.chance')}</span>
      </div>
    </div>
  )
}

/** Pages that keep a leading KPI together with the one that it drives. */
export function pagesOf(items: readonly KpiItem[], size: number): KpiItem[][] {
  const pages: KpiItem[][] = []
  let page: KpiItem[] = []
  items.forEach((item, index) => {
    const next = items[index + 1]
    const needs = next !== undefined && item.drives === next.id && size > 1 ? 2 : 1
    if (page.length > 0 && page.length + needs > size && !isDriven(page, item)) {
      pages.push(page)
      page = []
    } else if (page.length >= size) {
      pages.push(page)
      page = []
    }
    page.push(item)
  })
  return page.length > 0 ? [...pages, page] : pages
}

function isDriven(page: readonly KpiItem[], item: KpiItem): boolean {
  return page[page.length - 1]?.drives === item.id
}

function KpiRow({ item, pair }: { item: KpiItem; pair: boolean }) {
  const view = useBoard()
  const { format, t, trust } = view
  const { target, points } = item
  const old = trust !== 'live'
  return (
    <section className={pair ? 'kpi-row leads' : 'kpi-row'} data-kpi={item.id}>
      <div className="kpi-name">
        <Fit className="label ink bold" text={item.name} tier="line" floor={0.82} />
        <div className="kpi-word">
          <Shape status={kpiStatus(item, trust)} size="0.9em" />
          <Fit
            className="label"
            text={kpiWords(item, view)}
            maxLines={view.density === 'far' ? 2 : 1}
            tier="line"
            testId={`kpi-${item.id}-word`}
          />
        </div>
        {/* Far away there is no room for the word: no line stands between the two. */}
        {pair && view.density !== 'far' && (
          <span className="kpi-drives" data-tier="near">
            <Arrow size="1em" />
            {t('kpi.drives')}
          </span>
        )}
      </div>
      <div className="kpi-chart">
        {points.length > 1 && (
          <ChartCanvas data={kpiChart(item)} build={xmrChart} label={t('picture.kpi', { name: item.name })} />
        )}
      </div>
      <div className="kpi-value">
        {item.value === null ? (
          <Fit className="value" text={'\u2013'} tier="number" />
        ) : (
          <Fit
            className={old ? 'value old' : 'value'}
            text={format.decimal(item.value, item.decimals)}
            floor={0.6}
            tier="number"
            unit={item.unit}
            testId={`kpi-${item.id}`}
            raw={item.value}
          />
        )}
        {target !== null && (
          <Fit
            className="label"
            text={t('targetIs', { value: format.exact(target, item.decimals) })}
            tier="line"
            floor={0.8}
          />
        )}
      </div>
    </section>
  )
}
