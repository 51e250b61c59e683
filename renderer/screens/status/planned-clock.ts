import type { BoardView } from '../../board-view.tsx'
import type { Status } from '../../widgets/Shape.tsx'

/** What a planned state counts: down to its end or target where that is known, else up. */
export type PlannedClock = { words: string; status?: Status; ms: number; text: string; unit: string | null }

export function plannedClock(view: BoardView): PlannedClock {
  const { over = false, ...clock } = clockOf(view)
  const { text, unit } = view.format.timer(clock.ms)
  return { ...clock, text: over ? `+${text}` : text, unit }
}

function clockOf({ board, nowMs, format, t }: BoardView): Omit<PlannedClock, 'text' | 'unit'> & {
  over?: boolean
} {
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
