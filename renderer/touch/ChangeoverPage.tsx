import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { NotchBar } from '../widgets/NotchBar.tsx'
import { Arrow } from '../widgets/Shape.tsx'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

/** The bar reaches this far beyond the target. */
const barShare = 1.5

/** Start a changeover to a product by one tap, go through its steps, end it. */
export function ChangeoverPage({ entry, onSaved }: PageProps) {
  const { board, nowMs, format, t } = useBoard()
  const { lineId, products } = board.site
  const { current, targetMs, bestMs } = board.changeover
  const nameOf = (id: string | null) => products.find((product) => product.id === id)?.name ?? id
  if (current) {
    const spentMs = Math.max(0, nowMs - current.startMs)
    const fullMs = Math.max((targetMs ?? 0) * barShare, spentMs, 1)
    const end = async () => {
      const saved = await entry.enter('endChangeover', { lineId }, t('touch.ended'))
      if (saved) onSaved(saved)
    }
    const next = current.steps.find(({ startMs }) => startMs === null)?.name
    const step = async (name: string) => {
      const saved = await entry.enter('changeoverStep', { lineId, step: name }, t('step', { step: name }))
      if (saved) onSaved(saved)
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
        <div className={next ? 'two-buttons steps' : 'two-buttons one'}>
          {next && (
            <TouchButton
              className="side"
              disabled={entry.busy}
              onTap={() => void step(next)}
              testId="next-step"
            >
              <Fit text={t('touch.nextStep', { step: next })} floor={0.6} maxLines={2} />
            </TouchButton>
          )}
          <TouchButton kind="main" className="confirm" disabled={entry.busy} onTap={end} testId="confirm">
            {entry.busy ? t('touch.saving') : t('touch.end')}
          </TouchButton>
        </div>
      </>
    )
  }
  const start = async (to: string | null) => {
    if (entry.busy) return
    const product = nameOf(to)
    const text = product ? t('touch.startedTo', { product }) : t('touch.started')
    const saved = await entry.enter('startChangeover', { lineId, to }, text)
    if (saved) onSaved(saved)
  }
  const free = products.length === 0
  const choices = products.filter((product) => product.id !== board.line.product?.id)
  return (
    <>
      <div className="stop-facts">
        <b>{t('touch.startTo')}</b>
        {board.line.product && (
          <Fit text={t('touch.nowRunning', { product: board.line.product.name })} floor={0.6} />
        )}
      </div>
      <ChoiceGrid choices={choices} chosen={null} onChoose={(to) => void start(to)} few />
      {free && (
        <TouchButton
          kind="main"
          className="confirm"
          disabled={entry.busy}
          onTap={() => void start(null)}
          testId="confirm"
        >
          {entry.busy ? t('touch.saving') : t('touch.startUnknown')}
        </TouchButton>
      )}
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
