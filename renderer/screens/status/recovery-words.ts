import type { BoardView } from '../../board-view.tsx'

/** Whether a shift that is behind can still make its plan; null: it is not behind, or nobody knows yet. */
export function recoveryWords({
  board,
  format,
  t,
}: Pick<BoardView, 'board' | 'format' | 't'>): string | null {
  const recovery = board.status.pace?.recovery
  if (!recovery || recovery.recoverable === null) return null
  const { recoverable, untilMs } = recovery
  if (!recoverable) return t('notRecoverable')
  return untilMs === null ? t('recoverable') : t('recoverableUntil', { time: format.clock(untilMs) })
}
