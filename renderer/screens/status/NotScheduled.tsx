import { useBoard } from '../../board-view.tsx'
import { en } from '../../i18n/en.ts'
import { Hero, HeroLine, StateRow } from './parts.tsx'

/** Outside every shift: when the next one starts. */
export function NotScheduled() {
  const { board, format, nowMs } = useBoard()
  const next = board.line.nextShift
  const today = next !== null && format.clockOrDay(next.startMs, nowMs) === format.clock(next.startMs)
  return (
    <div className="screen">
      <StateRow />
      <div className="status-mid">
        <div className="status-hero">
          <HeroLine
            words={next ? en.nextShift(next.name, today ? null : format.weekday(next.startMs)) : en.noShift}
            quiet
            testId="next-shift"
          />
          {next && <Hero id="next-shift-time" raw={next.startMs} text={format.clock(next.startMs)} />}
        </div>
      </div>
    </div>
  )
}
