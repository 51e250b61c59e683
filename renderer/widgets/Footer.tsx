import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { problemWords } from './problem.ts'
import { Shape } from './Shape.tsx'

/** A longer problem takes the place of what comes next. Characters. */
const longProblem = 56

/** Position in the rotation, age of the data, and the reserved place for our own problems. Never red: that is the line's. */
export function Footer(props: { slots: number; slot: number; note: string; withWeek: boolean }) {
  const view = useBoard()
  const { t } = view
  const [objective] = view.board.keyResults.objectives
  const problem = problemWords(view)
  const crowded = problem !== null && (view.density === 'far' || problem.length > longProblem)
  return (
    <footer className="foot" data-tier="near">
      {props.slots > 1 && (
        <div className="slots" aria-hidden="true">
          {Array.from({ length: props.slots }, (_, index) => (
            <i key={index} className={index === props.slot ? 'here' : undefined} />
          ))}
        </div>
      )}
      {props.note !== '' && !crowded && (
        <span className="foot-next" data-testid="next">
          {props.note}
        </span>
      )}
      {problem ? (
        <span className="foot-problem" role="status">
          <Shape status="none" size="3.2rem" />
          <Fit text={problem} testId="problem" />
        </span>
      ) : (
        props.withWeek &&
        objective && (
          <span className="push">{t('week', { week: objective.week, weeks: objective.weeks })}</span>
        )
      )}
      <Age pushed={!problem && !(props.withWeek && objective)} />
    </footer>
  )
}

function Age({ pushed }: { pushed: boolean }) {
  const { board, trust, nowMs, format, linkLost, lastPushMs, t } = useBoard()
  const { freshness, lastReadingMs } = board.line
  const className = pushed ? 'foot-live push' : 'foot-live'
  const lastMs = linkLost ? (lastReadingMs ?? lastPushMs) : lastReadingMs
  if (trust !== 'live') {
    if (lastMs === null) return <Mark className={className} words={t('noReadingYet')} />
    const time = format.clockOrDay(lastMs, nowMs)
    return (
      <Mark
        className={className}
        words={trust === 'withdrawn' ? t('noDataSince', { time }) : t('lastReading', { time })}
      />
    )
  }
  if (freshness === 'ageing' && lastMs !== null) {
    return (
      <span className={className} data-testid="age" data-value="ageing">
        {t('lastReadingAgo', { span: format.span(nowMs - lastMs) })}
      </span>
    )
  }
  return (
    <span className={className} data-testid="age" data-value="live">
      <Shape status="ok" size="2.8rem" calm />
      {t('live')}
    </span>
  )
}

function Mark({ className, words }: { className: string; words: string }) {
  return (
    <span className={className} data-testid="age" data-value="old">
      <Shape status="none" size="3.2rem" />
      {words}
    </span>
  )
}
