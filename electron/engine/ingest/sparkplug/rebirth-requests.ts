/** Requests to all nodes together within a minute, at most. */
export const rebirthsPerMinute = 120
const minuteMs = 60_000

/** Keeps the requests for births few: to each node one per interval, and a bound for all together. */
export type RebirthRequests = {
  /** True: it was sent. Held back, it may be asked for again. */
  ask: (node: string) => boolean
}

export function createRebirthRequests(options: {
  enabled: boolean
  /** Least time between two requests to one node. */
  intervalMs: number
  now: () => number
  send: (node: string) => boolean
  onSent: () => void
  onHeldBack: () => void
}): RebirthRequests {
  const { now } = options
  const asked = new Map<string, number>()
  let minuteStartMs = -Infinity
  let thisMinute = 0

  return {
    ask: (node) => {
      if (!options.enabled) return false
      const nowMs = now()
      if (nowMs - minuteStartMs >= minuteMs || nowMs < minuteStartMs) {
        minuteStartMs = nowMs
        thisMinute = 0
        for (const [name, atMs] of asked) if (nowMs - atMs >= options.intervalMs) asked.delete(name)
      }
      const lastMs = asked.get(node)
      const tooSoon = lastMs !== undefined && nowMs >= lastMs && nowMs - lastMs < options.intervalMs
      if (tooSoon || thisMinute >= rebirthsPerMinute) {
        options.onHeldBack()
        return false
      }
      if (!options.send(node)) return false
      asked.set(node, nowMs)
      thisMinute++
      options.onSent()
      return true
    },
  }
}
