import { useEffect } from 'react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { TouchButton } from '../touch/TouchButton.tsx'
import { explain } from './explain.ts'

/** The panel goes away by itself. Milliseconds. */
export const explainShownMs = 30_000

/** The number's id at a tapped place; null: no number that can be explained. */
export function tappedNumber(target: EventTarget): string | null {
  const figure = target instanceof Element ? target.closest('[data-testid][data-value]') : null
  return figure?.getAttribute('data-testid') ?? null
}

/** What stands behind a number: formula, inputs, age, source and sample size. */
export function ExplainPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const view = useBoard()
  const { t } = view
  useEffect(() => {
    const timer = setTimeout(onClose, explainShownMs)
    return () => clearTimeout(timer)
  }, [onClose, id])
  const shown = explain(id, view)
  useEffect(() => {
    if (!shown) onClose()
  }, [shown, onClose])
  if (!shown) return null
  const facts = [
    { name: t('explain.asOf'), value: shown.asOf },
    { name: t('explain.age'), value: shown.age },
    { name: t('explain.source'), value: shown.source },
    { name: t('explain.sample'), value: shown.sample },
  ]
  return (
    <div className="explain-ground" onClick={onClose}>
      <section className="explain" role="dialog" aria-label={shown.title} data-testid="explain" data-of={id}>
        <header className="explain-head">
          <Fit className="title" text={shown.title} floor={0.7} tier="line" />
          <span className="explain-value">{shown.value}</span>
        </header>
        <p className="explain-formula">{shown.formula}</p>
        <dl className="explain-facts">
          {[...shown.inputs, ...facts].map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <TouchButton onTap={onClose} testId="explain-close">
          {t('explain.close')}
        </TouchButton>
      </section>
    </div>
  )
}
