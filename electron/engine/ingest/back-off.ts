/** Waits between attempts to connect: one quick try, then from 1 s doubling to 30 s, each with jitter. Milliseconds. */
const quickMs = 200
const leastMs = 1_000
const mostMs = 30_000

/** `failures`: attempts that failed in a row; `random`: 0..1. The wait is between half of the step and the whole of it. */
export function backOffMs(failures: number, random: number): number {
  const stepMs = failures <= 1 ? quickMs * 2 : Math.min(mostMs, leastMs * 2 ** (failures - 1))
  return Math.round(stepMs * (0.5 + random / 2))
}
