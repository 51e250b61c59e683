import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { NotchBar } from '../widgets/NotchBar.tsx'
import { Arrow } from '../widgets/Shape.tsx'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

/** The bar reaches this far beyond the target. */
const barShare = 1.5

/** Start a changeover to a product, or end the running one. */
export function ChangeoverPage({ entry, onSaved }: PageProps) {
  const { board, nowMs, format, t } = useBoard()
  const { lineId, products } = board.site
  const { current, targetMs, bestMs } = board.changeover
  const [to, setTo] = useState<string | null>(null)
  const nameOf = (id: string | null) => products.find((product) => product.id === id)?.name ?? id
  if (current) {
    const spentMs = Math.max(0, nowMs - current.startMs)
    const fullMs = Math.max((targetMs ?? 0) * barShare, spentMs, 1)
    const end = async () => {
      const receipt = await entry.send('endChangeover', { lineId })
      if (receipt) onSaved({ ...receipt, text: t('touch.ended') })
    }
    return (
      <>
        <div className="running-changeover">
          <div className="from-to">
            <Fit className="touch-from" text={nameOf(current.from) ?? t('unknownProduct')} floor={0.8} />
            <Arrow size="5.2rem" />
            <Fit className="touch-title" text={nameOf(current.to) ?? t('unknownProduct')} floor={0.7} />
          </div>
          <div className="changeover-times">
            <Time
              label={t('touch.runningSince', { time: format.clock(current.startMs) })}
              ms={spentMs}
              testId="changeover-timer"
            />
            {targetMs !== null && <Time label={t('target')} ms={targetMs} quiet />}
            {bestMs !== null && <Time label={t('best')} ms={bestMs} quiet />}
          </div>
          {targetMs !== null && <NotchBar kind="pace" fill={spentMs / fullMs} notch={targetMs / fullMs} />}
        </div>
        <TouchButton kind="main" className="confirm" disabled={entry.busy} onTap={end} testId="confirm">
          {entry.busy ? t('touch.saving') : t('touch.end')}
        </TouchButton>
      </>
    )
  }
  const start = async () => {
    const receipt = await entry.send('startChangeover', { lineId, to })
    if (!receipt) return
    const product = nameOf(to)
    onSaved({ ...receipt, text: product ? t('touch.startedTo', { product }) : t('touch.started') })
    setTo(null)
  }
  const free = products.length === 0
  const choices = products.filter((product) => product.id !== board.line.product?.id)
  return (
    <>
      <div className="stop-facts">
        <b>{t('touch.startTo')}</b>
        {board.line.product && (
          <span className="push">{t('touch.nowRunning', { product: board.line.product.name })}</span>
        )}
      </div>
      <ChoiceGrid choices={choices} chosen={to} onChoose={setTo} few />
      <TouchButton
        kind="main"
        className="confirm"
        disabled={(to === null && !free) || entry.busy}
        onTap={start}
        testId="confirm"
      >
        {entry.busy
          ? t('touch.saving')
          : to !== null
            ? t('touch.start', { product: nameOf(to) ?? to })
            : free
              ? t('touch.startUnknown')
              : t('touch.chooseProduct')}
      </TouchButton>
    </>
  )
}

function Time(props: { label: string; ms: number; quiet?: boolean; testId?: string }) {
  const { format } = useBoard()
  const { text, unit } = format.timer(props.ms)
  return (
    <div className={props.quiet ? 'touch-time quiet' : 'touch-time'}>
      <p className="touch-label">{props.label}</p>
      <p className="touch-timer" data-testid={props.testId}>
        {text}
        {unit && <span className="unit">{unit}</span>}
      </p>
    </div>
  )
}
