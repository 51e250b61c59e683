import { useBoard } from '../../board-view.tsx'
import { nextShiftWords } from './next-shift-words.ts'
import { Hero, HeroLine, StateRow } from './parts.tsx'

/** Outside every shift: when the next one starts. */
export function NotScheduled() {
  const view = useBoard()
  const next = view.board.line.nextShift
  return (
    <div className="screen">
      <StateRow />
      <div className="status-mid">
        <div className="status-hero">
          <HeroLine words={nextShiftWords(view)} quiet testId="next-shift" />
          {next && <Hero id="next-shift-time" raw={next.startMs} text={view.format.clock(next.startMs)} />}
        </div>
      </div>
    </div>
  )
}
