import type { EpochMs } from '../shared/domain/facts.ts'

/** One step every 3 minutes, so that no pixel shows the same edge for ever. Milliseconds. */
export const orbitStepMs = 180_000
/** The nine places, in u. Each is at most 4u from the middle, inside the 48u margin. */
const places = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [-4, 4],
  [-4, 0],
  [-4, -4],
  [0, -4],
  [4, -4],
] as const

/** Where the whole stage stands now, as a CSS transform. */
export function orbit(nowMs: EpochMs): string {
  const [x, y] = places[Math.floor(nowMs / orbitStepMs) % places.length] ?? places[0]
  return `translate(${x / 10}rem, ${y / 10}rem)`
}
