import type { EpochMs, Interval, StopEditFact } from './facts.ts'

/** What people made of the stops: instants at which a stop is cut in two, and spans whose stop time is one stop. Sorted. */
export type StopEdits = {
  splits: readonly EpochMs[]
  merges: readonly Interval[]
  /** Where no stop reaches over, but a merged one inside its span: splits and the borders of merges. */
  borders: readonly EpochMs[]
}

const isSplit = (edit: StopEditFact) => edit.startMs === edit.endMs
const isInside = (atMs: EpochMs, { startMs, endMs }: Interval) => startMs < atMs && atMs < endMs

/** The edits that hold: a later merge undoes the splits inside it, a later split cuts the merges over it. */
export function stopEdits(edits: readonly StopEditFact[]): StopEdits {
  if (edits.length === 0) return { splits: [], merges: [], borders: [] }
  const merged = edits.filter((edit) => !isSplit(edit))
  const splits = edits
    .filter(isSplit)
    .filter((split) => !merged.some((one) => one.seq > split.seq && isInside(split.startMs, one)))
    .map((split) => split.startMs)
    .sort((a, b) => a - b)
  const parts = merged
    .flatMap((merge) => cutAt(merge, splits))
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
  const merges: Interval[] = []
  for (const { startMs, endMs } of parts) {
    const last = merges[merges.length - 1]
    // Only touching is not enough: two stops beside each other may well be merged with others each.
    if (last && startMs < last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else merges.push({ startMs, endMs })
  }
  const borders = [...splits, ...merges.flatMap(({ startMs, endMs }) => [startMs, endMs])]
  return { splits, merges, borders: borders.sort((a, b) => a - b) }
}

/** Cuts an interval at the instants inside it, which are sorted. */
export function cutAt<T extends Interval>(interval: T, instants: readonly EpochMs[]): T[] {
  const edges = [interval.startMs, ...instants.filter((atMs) => isInside(atMs, interval)), interval.endMs]
  return edges.slice(1).map((endMs, i) => ({ ...interval, startMs: edges[i]!, endMs }))
}
