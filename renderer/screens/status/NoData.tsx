import { useBoard } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { brokerProblemWords } from '../../widgets/problem.ts'
import { Why } from '../../widgets/Why.tsx'
import { Hero, HeroLine, MadePair, PaceBar, StateRow } from './parts.tsx'

/** The line's source is silent, or the engine is: old values in grey, or none at all, and why. */
export function NoData() {
  const view = useBoard()
  const { t } = view
  const { board, trust, nowMs, format, density } = view
  const { lastReadingMs } = board.line
  const pace = board.status.pace
  const aside =
    lastReadingMs === null ? undefined : t('forSpan', { span: format.span(nowMs - lastReadingMs) })
  const time = lastReadingMs === null ? null : format.clockOrDay(lastReadingMs, nowMs)
  return (
    <div className="screen">
      <StateRow aside={aside} />
      {trust === 'withdrawn' || time === null ? (
        <div className="status-mid">
          <div className="status-hero">
            <HeroLine words={time === null ? t('noReadingYet') : t('lastReadingAt')} quiet />
            {time !== null && <Hero id="last-reading" raw={lastReadingMs} text={time} old />}
            {time === null && density !== 'far' && <Checks />}
          </div>
        </div>
      ) : (
        <>
          <div className="status-mid">
            <div className="status-hero">
              <HeroLine words={t('lastReading', { time })} quiet testId="last-reading" />
              {pace ? (
                <Hero id="gap" raw={pace.gap} text={format.signed(pace.gap)} old />
              ) : (
                <Hero id="made" raw={board.status.made} text={format.pieces(board.status.made)} old />
              )}
            </div>
            {pace && <MadePair old />}
          </div>
          {density !== 'far' && (
            <div className="status-bars">
              <PaceBar withHeading={false} />
            </div>
          )}
        </>
      )}
      <Why words={cause(view)} testId="cause" />
    </div>
  )
}

/** On a board that has never heard anything: which of the two ways to the line is open. */
function Checks() {
  const view = useBoard()
  const { board, format, nowMs, t } = view
  const { broker, rejected, lastReject } = board.health
  const { state, sinceMs, address } = broker
  const time = format.clockOrDay(sinceMs, nowMs)
  const words = {
    connected: t('brokerConnected', { time }),
    connecting: t('brokerTrying'),
    offline: t('notReachable', { time }),
  }[state]
  const heard = lastReject
    ? t('refused', {
        count: rejected,
        countText: format.pieces(rejected),
        time: format.clockOrDay(lastReject.atMs, nowMs),
      })
    : t('nothingHeard')
  return (
    <div className="checks">
      <Shape status={state === 'connected' ? 'ok' : 'none'} size="5.4rem" calm />
      <Fit className="title" text={t('broker')} tier="line" />
      <Fit className="title quiet" text={words} tier="line" />
      <Fit
        className="label check-detail"
        text={brokerProblemWords(broker, view) ?? address}
        maxLines={2}
        tier="line"
      />
      <Shape status="none" size="5.4rem" />
      <Fit className="title" text={board.site.lineName} tier="line" />
      <Fit className="title quiet" text={heard} tier="line" />
    </div>
  )
}

function cause({ board, linkLost, lastPushMs, nowMs, format, t }: BoardView): string {
  if (linkLost)
    return lastPushMs === null
      ? t('linkNever')
      : t('linkLost', { time: format.clockOrDay(lastPushMs, nowMs) })
  const { broker } = board.health
  const brokerTime = format.clockOrDay(broker.sinceMs, nowMs)
  if (broker.state === 'offline') return t('brokerGone', { time: brokerTime })
  if (broker.state === 'connecting') return t('brokerTryingSince', { time: brokerTime })
  const { lastReadingMs } = board.line
  return lastReadingMs === null
    ? t('neverHeard')
    : t('sourceSilent', { time: format.clockOrDay(lastReadingMs, nowMs) })
}
