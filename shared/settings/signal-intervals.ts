import { signalKinds } from '../domain/line-model.ts'
import type { SignalKind } from '../domain/line-model.ts'
import { expandTopics } from './expand-topics.ts'
import type { Plant } from './plant.ts'

/** Milliseconds between two messages of a kind, for kinds of which `topics:` says it. */
export type SignalIntervals = Readonly<Partial<Record<SignalKind, number>>>

/** Of the entries that may be about the line; of several about one kind the longest interval decides. */
export function signalIntervals(plant: Plant, lineId: string): SignalIntervals {
  const intervals: Partial<Record<SignalKind, number>> = {}
  for (const rule of expandTopics(plant.topics, plant.site.timeZone)) {
    const { line, lines, expectedIntervalS } = rule
    if (expectedIntervalS === undefined || (line !== undefined && line !== lineId)) continue
    if (lines !== undefined && !Object.values(lines).includes(lineId)) continue
    for (const kind of signalKinds) {
      if (rule[kind] === undefined) continue
      intervals[kind] = Math.max(intervals[kind] ?? 0, expectedIntervalS * 1000)
    }
  }
  return intervals
}
