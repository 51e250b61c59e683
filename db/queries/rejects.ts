import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** A message that was not counted. */
export type Reject = { atMs: EpochMs; topic: string; code: string; reason: string }
/** With what was kept of it. */
export type KeptReject = Reject & {
  quarantined: boolean
  /** Size as it came, and how much of it is kept. Bytes. */
  bytes: number
  payload: Buffer
}

/** The newest ones first, of both shelves. */
export function readRejects(db: ReadDb, limit: number): KeptReject[] {
  return db
    .prepare<[number, number, number], Omit<KeptReject, 'quarantined'> & { shelf: number }>(
      `SELECT * FROM (${newest(0)}) UNION ALL SELECT * FROM (${newest(1)}) ORDER BY atMs DESC, shelf, seq DESC LIMIT ?`,
    )
    .all(limit, limit, limit)
    .map(({ shelf, atMs, topic, code, reason, bytes, payload }) => ({
      quarantined: shelf === 1,
      atMs,
      topic,
      code,
      reason,
      bytes,
      payload,
    }))
}

const newest = (shelf: 0 | 1): string =>
  `SELECT shelf, seq, at AS atMs, topic, code, reason, bytes, payload FROM dead_letter
   WHERE shelf = ${shelf} ORDER BY seq DESC LIMIT ?`
