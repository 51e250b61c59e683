import { memo } from 'react'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import { minuteOf } from '../../shared/domain/local-time.ts'
import { useBoardOf } from '../board-view.tsx'
import type { BoardView } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { Figure } from '../widgets/Figure.tsx'
import { NotchBar } from '../widgets/NotchBar.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { keyResultGoal, keyResultLook, keyResultNumber, keyResultUnit } from './look.ts'

/** Longer units would push the status word out of the rail; the key result's name says what is counted. */
const longestRailUnit = 4

/** What `keyResultLook` needs; it says times to the minute. */
const momentLook = ({ trust, linkLost, nowMs, format, t }: BoardView) => ({
  trust,
  linkLost,
  nowMs: minuteOf(nowMs),
  format,
  t,
})

/** One key result of the rail. `lit`: it is the one that the screen's own KPI moves. */
export const KeyResultBlock = memo(function KeyResultBlock(props: { item: KeyResultView; lit: boolean }) {
  const { item, lit } = props
  const view = useBoardOf(momentLook)
  const { t } = view
  const look = keyResultLook(item, view)
  const number = look.value === null ? '' : keyResultNumber(item, look.value, view.format)
  const unit = item.unit.length <= longestRailUnit ? keyResultUnit(item, number) : null
  return (
    <section className={lit ? 'kr lit' : 'kr'} data-kr={item.id}>
      {lit && (
        <Fit
          className="kr-link micro"
          text={view.t('movesWithKpi')}
          tier="near"
          testId={`kr-${item.id}-link`}
        />
      )}
      <div className="kr-top">
        <Fit className="kr-name" text={item.name} tier="line" />
        <Shape status={look.status} size="5rem" />
      </div>
      <div className="kr-mid">
        {look.value !== null && (
          <Figure
            id={`kr-${item.id}`}
            raw={look.value}
            className={look.old ? 'value old' : 'value'}
            unit={unit}
          >
            {number}
          </Figure>
        )}
        <Fit
          className="kr-word"
          text={look.word}
          tier="line"
          maxLines={look.value === null ? 2 : 1}
          testId={`kr-${item.id}-word`}
        />
      </div>
      <div className="kr-low">
        {look.progress?.worseThanStart && !look.old ? (
          <Fit className="kr-note" text={t('worseThanStart')} tier="line" />
        ) : (
          <NotchBar fill={look.progress?.progress ?? null} notch={look.progress?.expected ?? null} />
        )}
        <span
          className="kr-target"
          data-tier="line"
          data-testid={`kr-${item.id}-target`}
          data-value={item.target}
        >
          {keyResultGoal(item, item.target, view.format)}
        </span>
      </div>
    </section>
  )
})
