import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { en } from '../../i18n/en.ts'
import { timer } from '../../i18n/format.ts'
import { CallIcon } from '../../widgets/CallIcon.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { Hero, StateRow } from './parts.tsx'

/** The line is down: the whole main area is red, the stop timer is the hero. The rail stays readable. */
export function Down() {
  const { board, nowMs, format, density } = useBoard()
  const { sinceMs, reason, cell, openCalls } = board.line
  const { lostInStop } = board.status
  const ms = sinceMs === null ? 0 : nowMs - sinceMs
  const shown = timer(ms)
  const call = openCalls[0]
  const far = density === 'far'
  const answer = call && call.ackMs !== null ? en.onTheWay(call.who) : null
  return (
    <div
      className={call ? 'screen down on-stop-fill called' : 'screen down on-stop-fill'}
      data-takeover="down"
    >
      <StateRow aside={sinceMs === null ? undefined : en.since(format.clock(sinceMs))} />
      <div className="down-timer">
        <Hero id="stop-timer" raw={Math.floor(ms / 1000)} text={shown.text} unit={shown.unit} />
      </div>
      <div className="down-facts">
        <div>
          {!far && <Fit className="label" text={cell ?? en.reason} tier="line" testId="cell" />}
          <Fit
            className="value"
            text={reason ?? en.noReasonYet}
            floor={0.62}
            maxLines={2}
            tier="line"
            testId="reason"
          />
        </div>
        {lostInStop !== null && !far && (
          <div className="down-lost">
            <div className="label" data-tier="line">
              {en.lost(board.site.unit)}
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
              text={en.called(categoryName(call.category), format.clock(call.raisedMs))}
            />
          )}
          {!(far && !answer) && <Fit className="title answer" text={answer ?? en.noAnswerYet} />}
        </div>
      )}
    </div>
  )
}

function categoryName(category: string): string {
  return category.charAt(0).toUpperCase() + category.slice(1).replaceAll('_', ' ')
}
