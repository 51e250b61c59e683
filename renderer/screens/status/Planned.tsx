import { useBoard } from '../../board-view.tsx'
import { Hero, HeroLine, MadePair, PaceBar, StateRow } from './parts.tsx'
import { plannedClock } from './planned-clock.ts'
import { Timeline } from './Timeline.tsx'

/** Break, changeover, maintenance, planned slot: nobody is late yet. The hero counts down where an end is known, else up. */
export function Planned() {
  const view = useBoard()
  const { t } = view
  const { board, format, density } = view
  const { sinceMs, word, reason, slotName } = board.line
  const clock = plannedClock(view)
  return (
    <div className="screen planned">
      <div className="hatch-band" />
      <StateRow
        aside={sinceMs === null ? undefined : t('since', { time: format.clock(sinceMs) })}
        note={slotName ?? (word === 'break' ? null : reason)}
      />
      <div className="status-mid">
        <div className="status-hero">
          <HeroLine status={clock.status} words={clock.words} />
          <Hero id="timer" raw={Math.round(clock.ms / 1000)} text={clock.text} unit={clock.unit} />
        </div>
        <MadePair />
      </div>
      {density !== 'far' && (
        <div className="status-bars">
          <PaceBar withHeading />
          <Timeline />
        </div>
      )}
    </div>
  )
}
