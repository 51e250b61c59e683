import type { EpochMs } from '../../../shared/domain/facts.ts'

/** Sources that are told apart; further ones are not measured, only counted. */
export const sourceLimit = 500
/** Clocks are compared over the last one to two of these. Milliseconds. */
const windowMs = 5 * 60_000
/** A clock that is off by more is named on the board. Milliseconds. */
export const skewShownMs = 5_000

/** One topic, or one Sparkplug metric, that speaks of a line. */
export type Source = {
  source: string
  lineId: string
  arrivedMs: EpochMs
  /** The newest time that the source told itself; null: it tells none. */
  atMs: EpochMs | null
  /**
   * The source's clock against this board's, from its quickest messages: negative: it is ahead. Positive: it is behind, or
   * its messages are under way that long. null: not known. Milliseconds.
   */
  skewMs: number | null
}

type Tracked = Omit<Source, 'skewMs'> & { sinceMs: EpochMs; least: number; leastBefore: number }

/** Who speaks, how lately, and by which clock. In memory only. */
export type SourceBook = {
  /** `live`: neither retained nor replayed. */
  note: (source: string, lineId: string, arrivedMs: EpochMs, atMs: EpochMs | null, live: boolean) => void
  /** Sorted by name. */
  list: () => Source[]
  /** Sources beyond the limit. */
  untracked: () => number
}

export function createSourceBook(): SourceBook {
  const known = new Map<string, Tracked>()
  let untracked = 0
  return {
    note: (source, lineId, arrivedMs, atMs, live) => {
      if (!live) return
      let tracked = known.get(source)
      if (tracked === undefined) {
        if (known.size >= sourceLimit) {
          untracked++
          return
        }
        tracked = {
          source,
          lineId,
          arrivedMs,
          atMs,
          sinceMs: arrivedMs,
          least: Infinity,
          leastBefore: Infinity,
        }
        known.set(source, tracked)
      }
      tracked.arrivedMs = arrivedMs
      if (arrivedMs - tracked.sinceMs > windowMs) {
        tracked.leastBefore = tracked.least
        tracked.least = Infinity
        tracked.sinceMs = arrivedMs
      }
      if (atMs === null) return
      if (tracked.atMs === null || atMs > tracked.atMs) tracked.atMs = atMs
      if (arrivedMs - atMs < tracked.least) tracked.least = arrivedMs - atMs
    },
    list: () =>
      [...known.values()]
        .map(({ source, lineId, arrivedMs, atMs, least, leastBefore }): Source => {
          const skewMs = Math.min(least, leastBefore)
          return { source, lineId, arrivedMs, atMs, skewMs: skewMs === Infinity ? null : skewMs }
        })
        .sort((a, b) => (a.source < b.source ? -1 : 1)),
    untracked: () => untracked,
  }
}
