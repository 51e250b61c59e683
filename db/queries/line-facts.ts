import type { Interval, LineFacts } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/**
 * Facts of a line in the window, plus of each kind the last before it and the first after it (see
 * shared/domain/facts-window.ts for the exact rule). Counts and scraps are whole UTC minutes that touch the window; with
 * `exactCounts` the first and the last minute are cut exactly at the window's edges from the raw readings, as far as those
 * are kept (30 days), and start at the window's edge.
 */
export function readLineFacts(
  _db: ReadDb,
  _lineId: string,
  _window: Interval,
  _options: { exactCounts?: boolean } = {},
): LineFacts {
  throw new Error('not built yet')
}
