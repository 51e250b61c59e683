import type { HealthPart } from '../../../shared/contract/board.ts'
import { skewShownMs } from '../model/sources.ts'
import type { Recorder } from '../recorder.ts'

/** Sources named on the board. */
const skewedShown = 5

/** State of the board itself. Coarse enough to change seldom: it is sent to every page whenever it does. */
export function healthView(
  recorder: Pick<Recorder, 'counters' | 'sources'>,
  rest: Omit<HealthPart, 'rejected' | 'quarantined' | 'lastReject' | 'skewed' | 'version'>,
  version: string,
): HealthPart {
  const { rejected, quarantined, lastReject } = recorder.counters()
  const skewed = recorder
    .sources()
    .filter(({ skewMs }) => skewMs !== null && Math.abs(skewMs) > skewShownMs)
    .map(({ source, skewMs }) => ({ source, skewS: Math.round((skewMs ?? 0) / 1000) }))
    .sort((a, b) => Math.abs(b.skewS) - Math.abs(a.skewS) || (a.source < b.source ? -1 : 1))
    .slice(0, skewedShown)
  const last = lastReject && { atMs: lastReject.atMs, topic: lastReject.topic, reason: lastReject.reason }
  return { ...rest, rejected, quarantined, lastReject: last, skewed, version }
}
