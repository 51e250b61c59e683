import type { OpenCall } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { answerWords, callName } from '../../widgets/call-name.ts'
import { CallIcon } from '../../widgets/CallIcon.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { Shape } from '../../widgets/Shape.tsx'

/**
 * One call: a triangle while nobody has answered, an octagon once that is overdue, nothing when somebody comes. The timer runs
 * from when it was raised.
 */
export function CallRow({ call }: { call: OpenCall }) {
  const { nowMs, format, t } = useBoard()
  const waiting = call.ackMs === null
  const overdue = waiting && nowMs > call.answerByMs
  const ms = nowMs - call.raisedMs
  const age = format.timer(ms)
  const words = waiting ? (call.text ?? t('noAnswerYet')) : answerWords(call.who, t)
  return (
    <div className="list-row call" data-call={call.call}>
      <span className={waiting ? 'call-mark unanswered' : 'call-mark'}>
        {waiting && <Shape status={overdue ? 'stop' : 'warn'} size="1em" />}
      </span>
      <CallIcon category={call.category} />
      <Fit
        className="label ink name"
        text={callName(call.category, t)}
        tier="line"
        testId={`call-${call.call}`}
        raw={overdue ? 'overdue' : waiting ? 'waiting' : 'answered'}
      />
      <Fit className="label what" text={words} tier="line" />
      <Figure id={`call-${call.call}-age`} raw={Math.floor(ms / 1000)} className="number" unit={age.unit}>
        {age.text}
      </Figure>
    </div>
  )
}
