import { useState } from 'react'
import type { KpiItem } from '../../../shared/contract/board-team.ts'
import type { CallMessage } from '../../../shared/contract/protocol.ts'
import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { xmrChart } from '../../charts/xmr.ts'
import { Fit } from '../../fit/Fit.tsx'
import { listed } from '../../i18n/listed.ts'
import { kpiChart, kpiStatus, kpiWords } from '../../screens/kpis/kpi-words.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { KpiForm } from '../kpis/KpiForm.tsx'
import type { KpiDraft } from '../kpis/KpisPage.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { ActionForm } from './ActionForm.tsx'

type Verdict = CallMessage<'saveReview'>['review']['verdict']
type Step = 'look' | 'act' | { change: KpiDraft }

/**
 * The monthly review: one KPI after the other, the ones that nobody has looked at first. Its target stands, or is changed, or
 * something is done about it; the verdict is kept when that is saved.
 */
export function ReviewPage({ entry, onDone, subject }: PageProps) {
  const view = useBoard()
  const { board, t } = view
  const { lineId } = board.site
  const { send } = entry
  const kpis = (board.kpis?.items ?? []).filter(({ use }) => use === 'kpi')
  const [order] = useState(() => {
    const ids = [...kpis].sort((a, b) => Number(a.reviewed) - Number(b.reviewed)).map(({ id }) => id)
    return subject === null
      ? ids
      : [...ids.filter((id) => id === subject), ...ids.filter((id) => id !== subject)]
  })
  const [index, setIndex] = useState(0)
  const [note, setNote] = useState('')
  const [step, setStep] = useState<Step>('look')
  const item = kpis.find(({ id }) => id === order[index % Math.max(1, order.length)]) ?? kpis[0]
  if (item === undefined) return <p className="touch-empty">{t('notSetUp')}</p>
  const pair = kpis.find(({ id, drives }) => id === item.drives || drives === item.id)
  const next = () => {
    entry.clear()
    setStep('look')
    setNote('')
    setIndex(index + 1)
  }
  const save = async (verdict: Verdict) => {
    const saved = await send('saveReview', { lineId, review: { kpi: item.id, verdict, note } })
    if (!saved) return setStep('look')
    onDone(t('touch.saved', { by: saved.by }))
    next()
  }
  const back = () => {
    entry.clear()
    setStep('look')
  }
  if (step === 'act') {
    const fact = `${item.name}: ${kpiWords(item, view)}`
    const about = { kpi: item.id, owner: item.owner, fact }
    return <ActionForm about={about} entry={entry} onCancel={back} onSaved={() => void save('act')} />
  }
  if (step !== 'look') {
    const { change } = step
    const store = async (kpi: KpiDefinition) => {
      if (await send('saveKpi', { lineId, kpi, version: change.version })) await save('change')
    }
    return <KpiForm draft={change} entry={entry} onCancel={back} onSave={(kpi) => void store(kpi)} />
  }
  const change = async () => {
    const stored = (await send('kpis', { lineId }))?.kpis.find(({ kpi }) => kpi.id === item.id)
    if (stored) setStep({ change: { kpi: stored.kpi, version: stored.version } })
  }
  return (
    <>
      <div className="review-head">
        <p className="touch-label" data-testid="left" data-value={board.kpis?.leftToReview ?? 0}>
          {item.reviewed ? t('gapPage.reviewed') : t('kpi.left', { count: board.kpis?.leftToReview ?? 0 })}
        </p>
        <input
          className="sentence"
          value={note}
          maxLength={200}
          aria-label={t('gapPage.note')}
          placeholder={t('gapPage.note')}
          data-testid="review-note"
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className="review-charts">
        <ReviewChart item={item} />
        {pair && <ReviewChart item={pair} />}
      </div>
      <div className="review-verdicts">
        <TouchButton onTap={next} className="side" disabled={order.length < 2} testId="skip">
          {t('touch.skip')}
        </TouchButton>
        <TouchButton onTap={() => setStep('act')} disabled={entry.busy} testId="verdict-act">
          <Fit text={t('gapPage.act')} floor={0.6} maxLines={2} />
        </TouchButton>
        <TouchButton onTap={() => void change()} disabled={entry.busy} testId="verdict-change">
          <Fit text={t('gapPage.changeKpi')} floor={0.6} maxLines={2} />
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          disabled={entry.busy || item.reviewed || item.target === null}
          onTap={() => void save('keep')}
          testId="confirm"
        >
          <Fit text={t('gapPage.keep')} floor={0.6} maxLines={2} />
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
  ]
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
        text={listed([...new Set([kpiWords(item, view), ...facts])], t)}
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
