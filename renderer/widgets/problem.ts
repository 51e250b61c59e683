import type { BoardView } from '../board-view.tsx'

/** Refused messages are said for this long after the newest one. Milliseconds. */
export const refusedShownMs = 600_000

/** What is wrong with the board itself, in one sentence; null: nothing. The gravest first. */
export function problemWords(view: BoardView): string | null {
  const { board, linkLost, lastPushMs, nowMs, format, density, language, t } = view
  const { broker, storeProblem, storeNotice, catchingUp, lastReject, rejected } = board.health
  const since = (atMs: number) => ({ time: format.clockOrDay(atMs, nowMs) })
  if (linkLost) return lastPushMs === null ? t('linkNever') : t('linkLost', since(lastPushMs))
  // The engine's own sentences are English, and say more than the board's words do.
  if (storeProblem !== null) return language === 'en' ? storeProblem : t('failure.store')
  if (broker.state === 'offline') {
    if (density === 'far') return t('brokerGone', since(broker.sinceMs))
    const problem = language === 'en' ? broker.problem : null
    return problem ?? t('brokerOffline', { address: broker.address, ...since(broker.sinceMs) })
  }
  if (broker.state === 'connecting') return t('brokerConnecting', { address: broker.address })
  if (catchingUp !== null) {
    const { behind, dataOfMs } = catchingUp
    return t('catchingUp', {
      countText: format.pieces(roughly(behind)),
      time: format.clockOrDay(dataOfMs, nowMs),
    })
  }
  if (storeNotice !== null) return storeNotice
  if (lastReject && nowMs - lastReject.atMs < refusedShownMs) {
    const countText = format.pieces(rejected)
    return t('refused', { count: rejected, countText, time: format.clock(lastReject.atMs) })
  }
  return null
}

/** Three significant digits: it is an estimate. */
function roughly(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2)
  return Math.round(count / step) * step
}
