import type { EpochMs, Interval, StateFact } from '../../shared/domain/facts.ts'
import { type FactRow, stateFact } from '../fact-rows.ts'
import type { ReadDb } from '../handles.ts'

const columns = 'seq, at, until, body'

/** The tracks of a line's states: '' for its own, else the cell's name. At most namesPerLine of record-signal.ts. */
function stateTracks(db: ReadDb, lineId: string): string[] {
  const next = db.prepare<[string, string], { track: string | null }>(
    `SELECT min(track) AS track FROM fact WHERE line = ? AND kind = 'state' AND track > ?`,
  )
  const own = db.prepare<[string]>(
    `SELECT 1 FROM fact WHERE line = ? AND kind = 'state' AND track = '' LIMIT 1`,
  )
  const tracks = own.get(lineId) === undefined ? [] : ['']
  for (let track: string | null | undefined = ''; track != null;) {
    track = next.get(lineId, track)?.track
    if (track != null) tracks.push(track)
  }
  return tracks
}

/** How many cells have ever reported a state, the line itself counted as one. */
export function countStateTracks(db: ReadDb, lineId: string): number {
  return stateTracks(db, lineId).length
}

/** States inside the window, and for the line itself and each of its cells the one in force at its start. By time. */
export function readStatesIn(db: ReadDb, lineId: string, window: Interval): StateFact[] {
  return [
    ...statesNextTo(db, lineId, window.startMs, 'before'),
    ...db
      .prepare<[string, number, number], FactRow>(
        `SELECT ${columns} FROM fact WHERE line = ? AND kind = 'state' AND at >= ? AND at < ? ORDER BY at, seq`,
      )
      .all(lineId, window.startMs, window.endMs)
      .map(stateFact),
  ]
}

/** As `readStatesIn`, and the first one after the end of each. */
export function readStates(db: ReadDb, lineId: string, window: Interval): StateFact[] {
  return [...readStatesIn(db, lineId, window), ...statesNextTo(db, lineId, window.endMs, 'after')]
}

function statesNextTo(db: ReadDb, lineId: string, atMs: EpochMs, side: 'before' | 'after'): StateFact[] {
  const nearest = db.prepare<[string, string, number], FactRow>(
    `SELECT ${columns} FROM fact WHERE line = ? AND kind = 'state' AND track = ? ` +
      (side === 'before' ? 'AND at < ? ORDER BY at DESC, seq DESC' : 'AND at >= ? ORDER BY at, seq') +
      ' LIMIT 1',
  )
  return stateTracks(db, lineId)
    .flatMap((track) => nearest.get(lineId, track, atMs) ?? [])
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
    .map(stateFact)
}
