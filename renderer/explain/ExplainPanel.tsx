import { useEffect } from 'react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { TouchButton } from '../touch/TouchButton.tsx'
import { explain } from './explain.ts'

/** The panel goes away by itself. Milliseconds. */
export const explainShownMs = 30_000

/** A finger may miss the digits by this much. rem. */
const missRem = 1

/** Id of the number whose digits were tapped; null: none. The room around a number is no number. */
export function tappedNumber({ target, clientX, clientY }: Tap): string | null {
  const figure = target instanceof Element ? target.closest('[data-testid][data-value]') : null
  if (!figure) return null
  const digits = document.createRange()
  digits.selectNodeContents(figure)
  const miss = missRem * parseFloat(getComputedStyle(document.documentElement).fontSize)
  const hit = [...digits.getClientRects()].some(
    ({ left, right, top, bottom }) =>
      clientX >= left - miss && clientX <= right + miss && clientY >= top - miss && clientY <= bottom + miss,
  )
  return hit ? figure.getAttribute('data-testid') : null
}

type Tap = { target: EventTarget; clientX: number; clientY: number }

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
