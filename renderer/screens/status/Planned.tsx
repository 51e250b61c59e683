import { useBoard } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import type { Status } from '../../widgets/Shape.tsx'
import { Hero, HeroLine, MadePair, PaceBar, StateRow } from './parts.tsx'
import { Timeline } from './Timeline.tsx'

type Clock = { words: string; status?: Status; ms: number; over?: boolean }

/** Break, changeover, maintenance, planned slot: nobody is late yet. The hero counts down where an end is known, else up. */
export function Planned() {
  const view = useBoard()
  const { t } = view
  const { board, format, density } = view
  const { sinceMs, word, reason, slotName } = board.line
  const clock = clockOf(view)
  const shown = format.timer(clock.ms)
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
          <Hero
            id="timer"
            raw={Math.round(clock.ms / 1000)}
            text={clock.over ? `+${shown.text}` : shown.text}
            unit={shown.unit}
          />
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

function clockOf({ board, nowMs, format, t }: BoardView): Clock {
  const { word, sinceMs, breakEndsMs } = board.line
  const elapsedMs = sinceMs === null ? 0 : nowMs - sinceMs
  if (word !== 'changeover' && breakEndsMs !== null)
    return { words: t('backAt', { time: format.clock(breakEndsMs) }), ms: breakEndsMs - nowMs }
  if (word === 'changeover') {
    const { targetMs, current } = board.changeover
    const spentMs = current ? nowMs - current.startMs : elapsedMs
    if (targetMs === null) return { words: t('soFar'), ms: spentMs }
    if (spentMs > targetMs)
      return { words: t('overTarget'), status: 'warn', ms: spentMs - targetMs, over: true }
    return { words: t('leftToTarget'), ms: targetMs - spentMs }
  }
  return { words: t('soFar'), ms: elapsedMs }
}
