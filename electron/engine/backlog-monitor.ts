import type { HealthPart } from '../../shared/contract/board.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { LineModel } from '../../shared/domain/line-model.ts'

/** Messages that are later than this may be a backlog. Milliseconds. */
export const backlogLagMs = 60_000
/** A line counts as coming in while its last message arrived within this time. Milliseconds. */
const heardWithinMs = 3_000
/** In a backlog the sources' time goes on faster than ours by this; a source with a wrong clock is just as late for ever. */
const fasterThanNow = 2
/** Looks in a row before it is said, so that one late message is no backlog. */
const looksBeforeSaid = 2

export type BacklogOptions = {
  lineIds: readonly string[]
  model: (lineId: string) => LineModel
  /** Messages stored since the store was made. */
  stored: () => number
}

/**
 * Says while the board takes in what the broker kept. MQTT does not tell how much that is: known is of what time the data now
 * coming in are; how many messages are still to come is reckoned from how many came for the time gone through so far. `look`
 * is called about once a second.
 */
export function createBacklogMonitor(options: BacklogOptions): {
  look: (nowMs: EpochMs) => void
  state: () => HealthPart['catchingUp']
} {
  let state: HealthPart['catchingUp'] = null
  let before: { nowMs: EpochMs; stored: number; sources: ReadonlyMap<string, EpochMs> } | null = null
  let looks = 0

  /** Newest source time of each line that is coming in now. */
  function sourcesAt(nowMs: EpochMs): Map<string, EpochMs> {
    const sources = new Map<string, EpochMs>()
    for (const lineId of options.lineIds) {
      const seen = Object.values(options.model(lineId).lastSeen)
      const arrivedMs = Math.max(-Infinity, ...seen.map((one) => one.arrivedMs))
      if (nowMs - arrivedMs <= heardWithinMs) sources.set(lineId, Math.max(...seen.map((one) => one.atMs)))
    }
    return sources
  }

  function lookAt(nowMs: EpochMs): HealthPart['catchingUp'] {
    const sources = sourcesAt(nowMs)
    const stored = options.stored()
    const last = before
    before = { nowMs, stored, sources }
    let lagMs = 0
    let goneMs = 0
    let oldestMs = nowMs
    for (const [lineId, atMs] of sources) {
      const lastAtMs = last?.sources.get(lineId)
      if (last === null || lastAtMs === undefined || nowMs - atMs < backlogLagMs) continue
      if (atMs - lastAtMs < fasterThanNow * (nowMs - last.nowMs)) continue
      lagMs += nowMs - atMs
      goneMs += atMs - lastAtMs
      oldestMs = Math.min(oldestMs, atMs)
    }
    looks = goneMs > 0 ? looks + 1 : 0
    if (last === null || looks < looksBeforeSaid) return null
    return { behind: Math.round(((stored - last.stored) * lagMs) / goneMs), dataOfMs: oldestMs }
  }

  return {
    look: (nowMs) => void (state = lookAt(nowMs)),
    state: () => state,
  }
}
