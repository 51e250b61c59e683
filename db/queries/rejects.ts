import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

/** A message that was not counted. */
export type Reject = { atMs: EpochMs; topic: string; code: string; reason: string }
/** With what was kept of it. */
export type KeptReject = Reject & {
  /** Names it among those of its shelf. */
  seq: number
  quarantined: boolean
  /** What a person decided about a quarantined one; null: nothing yet. */
  settled: 'released' | 'discarded' | null
  /** Size as it came, and how much of it is kept. Bytes. */
  bytes: number
  payload: Buffer
}

const columns = 'shelf, seq, at AS atMs, topic, code, reason, bytes, payload, settled'
type Row = Omit<KeptReject, 'quarantined'> & { shelf: number }

const keptReject = ({ shelf, ...row }: Row): KeptReject => ({ quarantined: shelf === 1, ...row })

/** The newest ones first, of both shelves. */
export function readRejects(db: ReadDb, limit: number): KeptReject[] {
  return db
    .prepare<[number, number, number], Row>(
      `SELECT * FROM (${newest(0)}) UNION ALL SELECT * FROM (${newest(1)}) ORDER BY atMs DESC, shelf, seq DESC LIMIT ?`,
    )
    .all(limit, limit, limit)
    .map(keptReject)
}

const newest = (shelf: 0 | 1): string =>
  `SELECT ${columns} FROM dead_letter WHERE shelf = ${shelf} ORDER BY seq DESC LIMIT ?`

/** Quarantined ones that nobody has decided about, the newest first, and how many they are. */
export function readQuarantined(db: ReadDb, limit: number): { open: number; newest: KeptReject[] } {
  const open = db
    .prepare<[], number>('SELECT count(*) FROM dead_letter WHERE shelf = 1 AND settled IS NULL')
    .pluck()
    .get()
  const newest = db
    .prepare<[number], Row>(
      `SELECT ${columns} FROM dead_letter WHERE shelf = 1 AND settled IS NULL ORDER BY seq DESC LIMIT ?`,
    )
    .all(limit)
  return { open: open ?? 0, newest: newest.map(keptReject) }
}

/** A quarantined message by its number; null: it is not kept any more. */
export function findReject(db: ReadDb, seq: number): KeptReject | null {
  const row = db
    .prepare<[number], Row>(`SELECT ${columns} FROM dead_letter WHERE shelf = 1 AND seq = ?`)
    .get(seq)
  return row === undefined ? null : keptReject(row)
}

export function markSettled(db: WriteDb, seq: number, how: NonNullable<KeptReject['settled']>): void {
  db.prepare('UPDATE dead_letter SET settled = ? WHERE shelf = 1 AND seq = ?').run(how, seq)
}
