import type { LinePart } from '../shared/contract/board-line.ts'
import type { EpochMs } from '../shared/domain/facts.ts'

/** A board without a connection shows no number at all after this long. Milliseconds; product.md section 4. */
export const linkWithdrawnMs = 600_000

/** How far the line's values can be trusted: stale values are grey, withdrawn ones are not shown. */
export type Trust = 'live' | 'stale' | 'withdrawn'

export function trustOf(
  line: LinePart,
  linkLost: boolean,
  lastPushMs: EpochMs | null,
  nowMs: EpochMs,
): Trust {
  if (linkLost) return lastPushMs === null || nowMs - lastPushMs > linkWithdrawnMs ? 'withdrawn' : worst(line)
  return worst(line, 'live')
}

function worst({ freshness, word }: LinePart, best: Trust = 'stale'): Trust {
  if (freshness === 'withdrawn' || freshness === 'none') return 'withdrawn'
  if (freshness === 'stale' || word === 'nodata') return 'stale'
  return best
}
