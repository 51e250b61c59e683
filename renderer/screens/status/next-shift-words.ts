import type { BoardView } from '../../board-view.tsx'

/** "Next: Early shift", with its day where that is not today. */
export function nextShiftWords({ board, format, nowMs, t }: BoardView): string {
  const next = board.line.nextShift
  if (!next) return t('noShift')
  const { name, startMs } = next
  const isToday = format.clockOrDay(startMs, nowMs) === format.clock(startMs)
  return isToday ? t('nextShift', { name }) : t('nextShiftDay', { name, day: format.weekday(startMs) })
}
