import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { answerWords, callName, capital } from '../../widgets/call-name.ts'
import { CallIcon } from '../../widgets/CallIcon.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { Hero, StateRow } from './parts.tsx'

/** The line is down: the whole main area is red, the stop timer is the hero. The rail stays readable. */
export function Down() {
  const { board, nowMs, format, density, t } = useBoard()
  const { sinceMs, reason, cell, openCalls } = board.line
  const { lostInStop } = board.status
  const ms = sinceMs === null ? 0 : nowMs - sinceMs
  const shown = format.timer(ms)
  const call = openCalls[0]
  const far = density === 'far'
  const answer = call && call.ackMs !== null ? answerWords(call.who, t) : null
  return (
    <div
      className={call ? 'screen down on-stop-fill called' : 'screen down on-stop-fill'}
      data-takeover="down"
    >
      <StateRow aside={sinceMs === null ? undefined : t('since', { time: format.clock(sinceMs) })} />
      <div className="down-timer">
        <Hero id="stop-timer" raw={Math.floor(ms / 1000)} text={shown.text} unit={shown.unit} />
      </div>
      <div className="down-facts">
        <div>
          {!far && <Fit className="label" text={cell ?? t('reason')} tier="line" testId="cell" />}
          <Fit
            className="value"
            text={reason ?? t('noReasonYet')}
            floor={0.62}
            maxLines={2}
            tier="line"
            testId="reason"
          />
        </div>
        {lostInStop !== null && !far && (
          <div className="down-lost">
            <div className="label" data-tier="line">
              {t('lost', { unit: capital(board.site.unit) })}
            </div>
            <Figure id="lost" raw={lostInStop} className="value">
              {format.pieces(lostInStop)}
            </Figure>
          </div>
        )}
      </div>
      {call && (
        <div className="down-call" data-tier="line">
          <CallIcon category={call.category} />
          {!(far && answer) && (
            <Fit
              className="title"
              text={t('called', {
                category: callName(call.category, t),
                time: format.clock(call.raisedMs),
              })}
            />
          )}
          {!(far && !answer) && <Fit className="title answer" text={answer ?? t('noAnswerYet')} />}
        </div>
      )}
    </div>
  )
}
