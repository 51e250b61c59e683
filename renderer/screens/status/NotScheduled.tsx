import { useBoard } from '../../board-view.tsx'
import { Hero, HeroLine, StateRow } from './parts.tsx'

/** Outside every shift: when the next one starts. */
export function NotScheduled() {
  const { board, format, nowMs, t } = useBoard()
  const next = board.line.nextShift
  const today = next !== null && format.clockOrDay(next.startMs, nowMs) === format.clock(next.startMs)
  return (
    <div className="screen">
      <StateRow />
      <div className="status-mid">
        <div className="status-hero">
          <HeroLine
            words={
              !next
                ? t('noShift')
                : today
                  ? t('nextShift', { name: next.name })
                  : t('nextShiftDay', { name: next.name, day: format.weekday(next.startMs) })
            }
            quiet
            testId="next-shift"
          />
          {next && <Hero id="next-shift-time" raw={next.startMs} text={format.clock(next.startMs)} />}
        </div>
      </div>
    </div>
  )
}
