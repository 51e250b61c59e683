import { useBoard } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { en } from '../../i18n/en.ts'
import { span } from '../../i18n/format.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { Why } from '../../widgets/Why.tsx'
import { Hero, HeroLine, MadePair, PaceBar, StateRow } from './parts.tsx'

/** The line's source is silent, or the engine is: old values in grey, or none at all, and why. */
export function NoData() {
  const view = useBoard()
  const { board, trust, nowMs, format, density } = view
  const { lastReadingMs } = board.line
  const pace = board.status.pace
  const aside = lastReadingMs === null ? undefined : en.forSpan(span(nowMs - lastReadingMs))
  const time = lastReadingMs === null ? null : format.clockOrDay(lastReadingMs, nowMs)
  return (
    <div className="screen">
      <StateRow aside={aside} />
      {trust === 'withdrawn' || time === null ? (
        <div className="status-mid">
          <div className="status-hero">
            <HeroLine words={time === null ? en.noReadingYet : en.lastReadingAt} quiet />
            {time !== null && <Hero id="last-reading" raw={lastReadingMs} text={time} old />}
            {time === null && density !== 'far' && <Checks />}
          </div>
        </div>
      ) : (
        <>
          <div className="status-mid">
            <div className="status-hero">
              <HeroLine words={en.lastReading(time)} quiet testId="last-reading" />
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
  const { board, format, nowMs } = useBoard()
  const { broker, rejected, lastReject } = board.health
  const { state, sinceMs, address, problem } = broker
  const time = format.clockOrDay(sinceMs, nowMs)
  const words = {
    connected: en.brokerConnected(time),
    connecting: en.brokerTrying,
    offline: en.notReachable(time),
  }[state]
  const heard = lastReject
    ? en.refused(rejected, format.pieces(rejected), format.clockOrDay(lastReject.atMs, nowMs))
    : en.nothingHeard
  return (
    <div className="checks">
      <Shape status={state === 'connected' ? 'ok' : 'none'} size="5.4rem" calm />
      <Fit className="title" text={en.broker} tier="line" />
      <Fit className="title quiet" text={words} tier="line" />
      <Fit className="label check-detail" text={problem ?? address} maxLines={2} tier="line" />
      <Shape status="none" size="5.4rem" />
      <Fit className="title" text={board.site.lineName} tier="line" />
      <Fit className="title quiet" text={heard} tier="line" />
    </div>
  )
}

function cause({ board, linkLost, lastPushMs, nowMs, format }: BoardView): string {
  if (linkLost) return lastPushMs === null ? en.linkNever : en.linkLost(format.clockOrDay(lastPushMs, nowMs))
  const { broker } = board.health
  const brokerTime = format.clockOrDay(broker.sinceMs, nowMs)
  if (broker.state === 'offline') return en.brokerGone(brokerTime)
  if (broker.state === 'connecting') return en.brokerTryingSince(brokerTime)
  const { lastReadingMs } = board.line
  return lastReadingMs === null ? en.neverHeard : en.sourceSilent(format.clockOrDay(lastReadingMs, nowMs))
}
