import type { EpochMs, Silence } from '../../../shared/domain/facts.ts'

/** A message as a sign of life. `live`: it came by itself just now (not retained, not replayed). */
export type SignOfLife = { atMs: EpochMs; arrivedMs: EpochMs; live: boolean }

/**
 * What is left of the silences (sorted, disjoint, an open one last) after the signs of life, in order of arrival. A live
 * message ends the open silence at its arrival. A message whose time lies in a silence shows that the source was alive
 * from then on for `staleMs`; one that came late (by more than `staleMs`, or replayed) also for `staleMs` before.
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
    const hit = left.findIndex(
      ({ startMs, endMs }) => startMs <= sign.atMs && (endMs === null || sign.atMs < endMs),
    )
    if (hit < 0) continue
    const late = !sign.live || sign.arrivedMs - sign.atMs > staleMs
    const cut = without(left[hit]!, late ? sign.atMs - staleMs : sign.atMs, sign.atMs + staleMs)
    left = [...left.slice(0, hit), ...cut, ...left.slice(hit + 1)]
  }
  return left
}

function without(silence: Silence, fromMs: EpochMs, toMs: EpochMs): Silence[] {
  const { startMs, endMs } = silence
  const before = fromMs > startMs ? [{ startMs, endMs: fromMs }] : []
  const after = endMs === null || toMs < endMs ? [{ startMs: toMs, endMs }] : []
  return [...before, ...after]
}
