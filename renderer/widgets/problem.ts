import type { HealthPart, StoreNotice } from '../../shared/contract/board.ts'
import type { BrokerAdvice } from '../../shared/contract/broker.ts'
import type { BoardView } from '../board-view.tsx'

/** Refused messages are said for this long after the newest one. Milliseconds. */
export const refusedShownMs = 600_000

/** A longer sentence would be cut in the footer; the page of sources and health has room for it. Characters. */
const longestProblem = 96

/** What is wrong with the board itself, in one sentence; null: nothing. The gravest first. */
export function problemWords(view: BoardView): string | null {
  const { board, linkLost, lastPushMs, nowMs, format, density, t } = view
  const { broker, storeProblem, storeNotice, catchingUp, lastReject, rejected } = board.health
  const since = (atMs: number) => ({ time: format.clockOrDay(atMs, nowMs) })
  if (linkLost) return lastPushMs === null ? t('linkNever') : t('linkLost', since(lastPushMs))
  if (storeProblem !== null) return t(`storeProblem.${storeProblem}`)
  if (broker.state === 'offline') {
    if (density === 'far') return t('brokerGone', since(broker.sinceMs))
    const words = brokerProblemWords(broker, view)
    return words !== null && words.length <= longestProblem
      ? words
      : t('brokerOffline', { address: broker.address, ...since(broker.sinceMs) })
  }
  if (broker.state === 'connecting') return t('brokerConnecting', { address: broker.address })
  if (catchingUp !== null) {
    const { behind, dataOfMs } = catchingUp
    return t('catchingUp', {
      countText: format.pieces(roughly(behind)),
      time: format.clockOrDay(dataOfMs, nowMs),
    })
  }
  if (storeNotice !== null) return noticeWords(storeNotice, view)
  if (lastReject && nowMs - lastReject.atMs < refusedShownMs) {
    const countText = format.pieces(rejected)
    return t('refused', { count: rejected, countText, time: format.clock(lastReject.atMs) })
  }
  return null
}

/** Why the broker cannot be reached and what to do; null: nothing known. */
export function brokerProblemWords(
  { address, problem }: HealthPart['broker'],
  { t }: Pick<BoardView, 't'>,
): string | null {
  return problem ? t(`brokerProblem.${problem.kind}`, { address, detail: problem.detail }) : null
}

/** What in the broker's grants costs messages, and what to do. */
export function brokerAdviceWords(advice: BrokerAdvice, { format, t }: BoardView): string {
  if (advice.kind !== 'expiry') return t(`brokerAdvice.${advice.kind}`)
  const [granted, asked] = [format.pieces(advice.grantedS), format.pieces(advice.askedS)]
  return t('brokerAdvice.expiry', { granted, asked })
}

/** A notice about the store, for whoever looks after the board. */
export function noticeWords(notice: StoreNotice, { format, nowMs, t }: BoardView): string {
  if (notice.kind === 'diskLow') return t('storeNotice.diskLow', { mb: format.pieces(notice.freeMb) })
  if (notice.kind === 'damaged') return t('storeProblem.damaged')
  const { why, name, copyMs } = notice
  if (copyMs === null) return t(`storeNotice.${why}Empty`, { name })
  return t(`storeNotice.${why}Copy`, { name, time: format.clockOrDay(copyMs, nowMs) })
}

/** Three significant digits: it is an estimate. */
function roughly(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2)
  return Math.round(count / step) * step
}
