/** A repeatable source of chance: the same seed gives the same numbers on every machine. */
export type Random = {
  /** 0 <= x < 1 */
  unit(): number
  between(low: number, high: number): number
  /** Waiting times with this mean. */
  exponential(mean: number): number
  pick<T>(choices: readonly T[]): T
  chance(probability: number): boolean
}

/** Mulberry32 over an FNV-1a hash of the seed text. */
export function seededRandom(seed: string): Random {
  let state = 0x811c9dc5
  for (let index = 0; index < seed.length; index++)
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193)
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  unit()
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    exponential: (mean) => -mean * Math.log(1 - unit()),
    pick: (choices) => choices[Math.floor(unit() * choices.length)] as never,
    chance: (probability) => unit() < probability,
  }
}
