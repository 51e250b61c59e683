import type { BoardView } from '../board-view.tsx'
import { en } from '../i18n/en.ts'

/** Refused messages are said for this long after the newest one. Milliseconds. */
export const refusedShownMs = 600_000

/** What is wrong with the board itself, in one sentence; null: nothing. The gravest first. */
export function problemWords({
  board,
  linkLost,
  lastPushMs,
  nowMs,
  format,
  density,
}: BoardView): string | null {
  const { broker, storeProblem, storeNotice, lastReject, rejected } = board.health
  if (linkLost) return lastPushMs === null ? en.linkNever : en.linkLost(format.clockOrDay(lastPushMs, nowMs))
  if (storeProblem !== null) return storeProblem
  if (broker.state === 'offline') {
    const time = format.clockOrDay(broker.sinceMs, nowMs)
    return density === 'far'
      ? en.brokerGone(time)
      : (broker.problem ?? en.brokerOffline(broker.address, time))
  }
  if (broker.state === 'connecting') return en.brokerConnecting(broker.address)
  if (storeNotice !== null) return storeNotice
  if (lastReject && nowMs - lastReject.atMs < refusedShownMs) {
    return en.refused(rejected, format.pieces(rejected), format.clock(lastReject.atMs))
  }
  return null
}
