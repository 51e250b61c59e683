/** Waiting times that double from `firstMs` up to `limitMs`. */
export type BackOff = {
  /** The next wait, and one more failure counted. Milliseconds. */
  next: () => number
  failures: () => number
  reset: () => void
}

export function createBackOff(firstMs: number, limitMs: number): BackOff {
  let failures = 0
  return {
    next: () => Math.min(firstMs * 2 ** Math.min(failures++, 30), limitMs),
    failures: () => failures,
    reset: () => {
      failures = 0
    },
  }
}
