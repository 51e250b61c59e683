import type { Board } from '../shared/contract/board.ts'
import type { EpochMs } from '../shared/domain/facts.ts'

const weekMs = 7 * 86_400_000
/** Monday 5 January 1970. */
const firstMondayMs = 4 * 86_400_000

/** Awake: the board. Dim: clock and line name, moving. Asleep: black, and the panel itself may switch off. */
export type Care = 'awake' | 'dim' | 'asleep'

/** True in every second week: the rail stands on the other side. It changes with the first shift of a Monday. */
export function isRailSwapped(shiftDate: string | null, nowMs: EpochMs): boolean {
  const dayMs = shiftDate === null ? nowMs : Date.parse(`${shiftDate}T00:00:00Z`)
  return Math.floor((dayMs - firstMondayMs) / weekMs) % 2 !== 0
}

/** Nobody needs the board: no shift, the line does not run, and nobody has called. */
export function isQuiet({ line }: Board): boolean {
  return line.shift === null && ['notscheduled', 'nodata'].includes(line.word) && line.openCalls.length === 0
}

/** `quietSinceMs`: since when nobody has needed the board, and nobody has touched it; null: somebody does. */
export function careAt(
  quietSinceMs: EpochMs | null,
  nowMs: EpochMs,
  { dimAfterMin, sleepAfterMin }: { dimAfterMin: number; sleepAfterMin: number },
): Care {
  if (quietSinceMs === null) return 'awake'
  const minutes = (nowMs - quietSinceMs) / 60_000
  if (minutes >= sleepAfterMin) return 'asleep'
  return minutes >= dimAfterMin ? 'dim' : 'awake'
}

/** Where the clock of the dimmed board stands, as shares of the free room: another place every minute. */
export function dimPlace(nowMs: EpochMs): { x: number; y: number } {
  const minute = Math.floor(nowMs / 60_000)
  return { x: ((minute * 7) % 11) / 10, y: ((minute * 3) % 7) / 6 }
}
