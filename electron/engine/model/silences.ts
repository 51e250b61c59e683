import type { EpochMs, Silence } from '../../../shared/domain/facts.ts'

/** A message as a sign of life. `live`: it came by itself just now (not retained, not replayed). */
export type SignOfLife = { atMs: EpochMs; arrivedMs: EpochMs; live: boolean }

/**
 * What is left of the silences (sorted, disjoint, an open one last) after the signs of life, in order of arrival. A live
 * message ends the open silence at its arrival. Each message shows that the source was alive for `staleMs` from its time on;
 * one that came late (by more than `staleMs`, or replayed) also for `staleMs` before.
 */
export function silencesAfter(
  silences: readonly Silence[],
  signs: readonly SignOfLife[],
  staleMs: number,
): readonly Silence[] {
  let left = silences
  for (const sign of signs) {
    if (left.length === 0) break
    const last = left[left.length - 1]
    if (sign.live && last?.endMs === null) {
      const closed = { startMs: last.startMs, endMs: sign.arrivedMs }
      left = [...left.slice(0, -1), ...(closed.endMs > closed.startMs ? [closed] : [])]
    }
    const late = !sign.live || sign.arrivedMs - sign.atMs > staleMs
    const fromMs = late ? sign.atMs - staleMs : sign.atMs
    const toMs = sign.atMs + staleMs
    if (left.some(({ startMs, endMs }) => startMs < toMs && (endMs === null || endMs > fromMs))) {
      left = left.flatMap((silence) => without(silence, fromMs, toMs))
    }
  }
  return left
}

function without(silence: Silence, fromMs: EpochMs, toMs: EpochMs): Silence[] {
  const { startMs, endMs } = silence
  if (toMs <= startMs || (endMs !== null && endMs <= fromMs)) return [silence]
  const before = fromMs > startMs ? [{ startMs, endMs: fromMs }] : []
  const after = endMs === null || toMs < endMs ? [{ startMs: toMs, endMs }] : []
  return [...before, ...after]
}
