import { useBoard } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import { en } from '../../i18n/en.ts'
import { span } from '../../i18n/format.ts'
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

function cause({ board, linkLost, lastPushMs, nowMs, format }: BoardView): string {
  if (linkLost) return lastPushMs === null ? en.linkNever : en.linkLost(format.clockOrDay(lastPushMs, nowMs))
  const { broker } = board.health
  if (broker.state !== 'connected') return en.brokerGone(format.clockOrDay(broker.sinceMs, nowMs))
  const { lastReadingMs } = board.line
  return lastReadingMs === null ? en.neverHeard : en.sourceSilent(format.clockOrDay(lastReadingMs, nowMs))
}
