import { useState } from 'react'
import type { KpiItem } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { xmrChart } from '../../charts/xmr.ts'
import { Fit } from '../../fit/Fit.tsx'
import { kpiChart, kpiStatus, kpiWords } from '../../screens/kpis/kpi-words.ts'
import { Shape } from '../../widgets/Shape.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'

/** The monthly review: one KPI after the other, the ones that nobody has looked at first. */
export function ReviewPage({ entry, onDone }: PageProps) {
  const { board, t } = useBoard()
  const [index, setIndex] = useState(0)
  const kpis = (board.kpis?.items ?? []).filter(({ use }) => use === 'kpi')
  const [first, ...others] = [
    ...kpis.filter(({ reviewed }) => !reviewed),
    ...kpis.filter(({ reviewed }) => reviewed),
  ]
  if (first === undefined) return <p className="touch-empty">{t('notSetUp')}</p>
  const all = [first, ...others]
  const item = all[index % all.length] ?? first
  const pair = kpis.find(({ id, drives }) => id === item.drives || drives === item.id)
  const keep = async () => {
    const review = { kpi: item.id, verdict: 'keep' as const, note: '' }
    const saved = await entry.send('saveReview', { lineId: board.site.lineId, review })
    if (saved) onDone(t('touch.saved', { by: saved.by }))
  }
  return (
    <>
      <p className="touch-label">{t('kpi.left', { count: board.kpis?.leftToReview ?? 0 })}</p>
      <div className="review-charts">
        <ReviewChart item={item} />
        {pair && <ReviewChart item={pair} />}
      </div>
      <div className="two-buttons">
        <TouchButton onTap={() => setIndex(index + 1)} className="side" disabled={all.length < 2}>
          {t('touch.skip')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          disabled={entry.busy || item.reviewed || item.target === null}
          onTap={() => void keep()}
          testId="confirm"
        >
          {item.reviewed ? t('gapPage.reviewed') : t('gapPage.keep')}
        </TouchButton>
      </div>
    </>
  )
}

function ReviewChart({ item }: { item: KpiItem }) {
  const view = useBoard()
  const { format, t, trust } = view
  const { points, target } = item
  const facts = [
    item.owner ?? '',
    item.targetAgeDays === null ? '' : t('kpi.targetAge', { days: item.targetAgeDays }),
    item.openActions === 0 ? '' : t('gap.openActions', { count: item.openActions }),
  ].filter((fact) => fact !== '')
  return (
    <section className="review-chart" data-kpi={item.id}>
      <div className="stop-facts">
        <Shape status={kpiStatus(item, trust)} size="5rem" />
        <b>{item.name}</b>
        {item.value !== null && <span>{format.amount(item.value, item.decimals, item.unit)}</span>}
        {target !== null && <span>{t('targetIs', { value: format.exact(target, item.decimals) })}</span>}
      </div>
      <Fit
        className="touch-label"
        text={[...new Set([kpiWords(item, view), ...facts])].join(', ')}
        floor={0.7}
      />
      <div className="review-canvas">
        {points.length > 1 && (
          <ChartCanvas data={kpiChart(item)} build={xmrChart} label={t('picture.kpi', { name: item.name })} />
        )}
      </div>
    </section>
  )
}
