import type { EpochMs, Interval } from './facts.ts'

/** Arithmetic on half-open intervals. "Sorted" below means ordered by start and not overlapping. */

/** Sorted union of any intervals: overlapping and touching ones become one, empty ones vanish. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const ordered = intervals.filter((i) => i.endMs > i.startMs).sort((a, b) => a.startMs - b.startMs)
  const joined: Interval[] = []
  for (const { startMs, endMs } of ordered) {
    const last = joined[joined.length - 1]
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else joined.push({ startMs, endMs })
  }
  return joined
}

/** What lies in both of two sorted lists. */
export function intersectionOf(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i]!
    const y = b[j]!
    const startMs = Math.max(x.startMs, y.startMs)
    const endMs = Math.min(x.endMs, y.endMs)
    if (endMs > startMs) common.push({ startMs, endMs })
    if (x.endMs < y.endMs) i++
    else j++
  }
  return common
}

/** What lies in `a` and not in `b`; both sorted. */
export function differenceOf(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  let j = 0
  for (const { startMs, endMs } of a) {
    let fromMs = startMs
    while (j < b.length && b[j]!.endMs <= fromMs) j++
    for (let k = j; k < b.length && b[k]!.startMs < endMs; k++) {
      if (b[k]!.startMs > fromMs) left.push({ startMs: fromMs, endMs: b[k]!.startMs })
      fromMs = Math.max(fromMs, b[k]!.endMs)
    }
    if (endMs > fromMs) left.push({ startMs: fromMs, endMs })
  }
  return left
}

/** The part of `interval` inside `window`, or null when there is none. */
export function clip(interval: Interval, window: Interval): Interval | null {
  const startMs = Math.max(interval.startMs, window.startMs)
  const endMs = Math.min(interval.endMs, window.endMs)
  return endMs > startMs ? { startMs, endMs } : null
}

/** Length of a sorted list, milliseconds. */
export function lengthOf(sorted: readonly Interval[]): number {
  return sorted.reduce((sum, i) => sum + i.endMs - i.startMs, 0)
}

/** Index of the first item whose key is at least `atMs`; `items` ascend by that key. */
export function firstAtOrAfter<T>(items: readonly T[], key: (item: T) => EpochMs, atMs: EpochMs): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (key(items[middle]!) < atMs) low = middle + 1
    else high = middle
  }
  return low
}

/** How much of [startMs, endMs) a sorted list covers, milliseconds. */
export function overlapMs(sorted: readonly Interval[], startMs: EpochMs, endMs: EpochMs): number {
  let sum = 0
  for (let i = firstAtOrAfter(sorted, (one) => one.endMs, startMs); i < sorted.length; i++) {
    const one = sorted[i]!
    if (one.startMs >= endMs) break
    sum += Math.max(0, Math.min(one.endMs, endMs) - Math.max(one.startMs, startMs))
  }
  return sum
}
