/** Tells a part that fails now and then from one that can do nothing else. Times in milliseconds of any steady clock. */
export type LoopBreaker = {
  /** Counts one more failure. True: there were `limit` of them within the window, going on would be a loop. */
  failed: (nowMs: number) => boolean
  reset: () => void
}

export function createLoopBreaker(limit: number, windowMs: number): LoopBreaker {
  let failures: number[] = []
  return {
    failed: (nowMs) => {
      failures = [...failures.filter((atMs) => nowMs - atMs < windowMs), nowMs].slice(-limit)
      return failures.length >= limit
    },
    reset: () => {
      failures = []
    },
  }
}
