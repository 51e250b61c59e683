import { Minus, Plus } from 'lucide-react'
import type { HuddleNow } from '../../../shared/contract/board-huddle.ts'
import { maxPresent, stepClock } from '../../../shared/domain/huddle/agenda.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { askWords, stepName } from '../../screens/huddle/step-words.ts'
import { Shape } from '../../widgets/Shape.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { huddleForms, type HuddleForm } from './HuddlePage.tsx'

/** Back, on, who is here, and what can be entered; the crew looks at the TV meanwhile. */
export function HuddleRemote(props: {
  now: HuddleNow
  entry: PageProps['entry']
  onDone: PageProps['onDone']
  onForm: (form: HuddleForm) => void
}) {
  const { now, entry, onDone, onForm } = props
  const { board, format, nowMs, t } = useBoard()
  const { lineId } = board.site
  const { id: huddle, step: index, steps, present } = now
  const step = steps[index]!
  const { spentMs, plannedMs, over } = stepClock(step, now.stepMs, nowMs)
  const isLast = index === steps.length - 1
  const count = (by: number) => {
    const next = Math.max(0, Math.min(maxPresent, (present ?? 0) + by))
    void entry.send('countPresent', { lineId, huddle, present: next })
  }
  const finish = async () => {
    const ended = await entry.send('finishHuddle', { lineId, huddle })
    if (ended === null) return
    onDone(ended.raised === 0 ? t('huddle.finished') : t('huddle.finishedRaised', { count: ended.raised }))
  }
  return (
    <>
      <div className="huddle-now">
        <div>
          <Fit
            className="touch-title"
            text={`${index + 1} / ${steps.length}\u2002${stepName(step, t)}`}
            floor={0.7}
            testId="remote-step"
            raw={index}
          />
          <Fit className="touch-label" text={askWords(step, t)} floor={0.7} maxLines={2} />
        </div>
        <div className="huddle-left">
          {over && <Shape status="warn" size="6rem" />}
          <span className="touch-timer" data-testid="remote-timer">
            {format.timer(spentMs).text}
          </span>
          <span className="touch-label">{t('huddle.of', { time: format.timer(plannedMs).text })}</span>
        </div>
      </div>
      <div className="huddle-present">
        <Fit className="touch-label" text={t('huddle.present')} floor={0.7} maxLines={2} />
        <TouchButton label={t('touch.less')} onTap={() => count(-1)} fast disabled={(present ?? 0) === 0}>
          <Minus />
        </TouchButton>
        <output className="quantity-number" data-testid="present" data-value={present ?? ''}>
          {present ?? 0}
        </output>
        <TouchButton label={t('touch.more')} onTap={() => count(1)} fast testId="one-more">
          <Plus />
        </TouchButton>
      </div>
      <div className="four huddle-forms">
        {huddleForms.map((form) => (
          <TouchButton key={form} onTap={() => onForm(form)} testId={`huddle-${form}`}>
            <Fit text={t(`huddle.${form}`)} floor={0.7} maxLines={2} />
          </TouchButton>
        ))}
      </div>
      <div className="two-buttons">
        <TouchButton
          className="side"
          onTap={() => void entry.send('stepHuddle', { lineId, huddle, step: index - 1 })}
          disabled={index === 0 || entry.busy}
          testId="huddle-back"
        >
          {t('huddle.back')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          onTap={() =>
            void (isLast ? finish() : entry.send('stepHuddle', { lineId, huddle, step: index + 1 }))
          }
          disabled={entry.busy}
          testId={isLast ? 'huddle-finish' : 'huddle-next'}
        >
          {isLast ? t('huddle.finish') : `${t('huddle.next')}: ${stepName(steps[index + 1]!, t)}`}
        </TouchButton>
      </div>
    </>
  )
}
