import { memo } from 'react'
import { useBoardOf } from '../board-view.tsx'
import type { BoardView } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { problemWords } from './problem.ts'
import { Shape } from './Shape.tsx'

/** A longer problem takes the place of what comes next. Characters. */
const longProblem = 56

type FooterProps = { slots: number; slot: number; note: string; withWeek: boolean }

function footLook(view: BoardView) {
  const [objective] = view.board.keyResults.objectives
  const problem = problemWords(view)
  return {
    problem,
    crowded: problem !== null && (view.density === 'far' || problem.length > longProblem),
    week: objective ? view.t('week', { week: objective.week, weeks: objective.weeks }) : null,
  }
}

/** Position in the rotation, age of the data, and the reserved place for our own problems. Never red: that is the line's. */
export const Footer = memo(function Footer(props: FooterProps) {
  const { problem, crowded, week } = useBoardOf(footLook)
  const shownWeek = problem === null && props.withWeek ? week : null
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
      {problem !== null && (
        <span className="foot-problem" role="status">
          <Shape status="none" size="3.2rem" />
          <Fit text={problem} testId="problem" />
        </span>
      )}
      {shownWeek !== null && <span className="push">{shownWeek}</span>}
      <Age pushed={problem === null && shownWeek === null} />
    </footer>
  )
})

/** How old the line's newest reading is, in words. */
function ageLook({ board, trust, nowMs, format, linkLost, lastPushMs, t }: BoardView): {
  age: 'live' | 'ageing' | 'old'
  words: string
} {
  const { freshness, lastReadingMs } = board.line
  const lastMs = linkLost ? (lastReadingMs ?? lastPushMs) : lastReadingMs
  if (trust !== 'live') {
    if (lastMs === null) return { age: 'old', words: t('noReadingYet') }
    const time = format.clockOrDay(lastMs, nowMs)
    return { age: 'old', words: t(trust === 'withdrawn' ? 'noDataSince' : 'lastReading', { time }) }
  }
  if (freshness === 'ageing' && lastMs !== null)
    return { age: 'ageing', words: t('lastReadingAgo', { span: format.span(nowMs - lastMs) }) }
  return { age: 'live', words: t('live') }
}

const Age = memo(function Age({ pushed }: { pushed: boolean }) {
  const { age, words } = useBoardOf(ageLook)
  return (
    <span className={pushed ? 'foot-live push' : 'foot-live'} data-testid="age" data-value={age}>
      {age === 'old' && <Shape status="none" size="3.2rem" />}
      {age === 'live' && <Shape status="ok" size="2.8rem" calm />}
      {words}
    </span>
  )
})
