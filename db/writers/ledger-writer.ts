import type { EpochMs } from '../../shared/domain/facts.ts'
import type { LastSeen, RunningTotal, SignalKind } from '../../shared/domain/line-model.ts'
import type { ReadDb, WriteDb } from '../handles.ts'
import type { Reject } from '../queries/rejects.ts'

/** Rejected messages kept for looking at, and as many quarantined ones; older ones make room. */
export const deadLetterLimit = 1_000
/** Bytes of a rejected payload that are kept; the whole size is kept beside. */
export const deadLetterPayloadBytes = 16_384

export type InFlight = { packetId: number; hash: number }

/** Book-keeping beside the facts: counters, memos, rejects, in-flight messages, newest totals, values and arrivals. */
export function ledgerWriter(db: WriteDb) {
  const addTally = db.prepare(
    'INSERT INTO tally (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value',
  )
  const setMemo = db.prepare(
    'INSERT INTO memo (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const addLetter = db.prepare(
    `INSERT INTO dead_letter (shelf, seq, at, topic, code, reason, bytes, payload)
     SELECT @shelf, coalesce(max(seq), 0) + 1, @at, @topic, @code, @reason, @bytes, @payload
     FROM dead_letter WHERE shelf = @shelf`,
  )
  const trimLetters = db.prepare(
    `DELETE FROM dead_letter
     WHERE shelf = @shelf AND seq <= (SELECT max(seq) FROM dead_letter WHERE shelf = @shelf) - @limit`,
  )
  const addFlight = db.prepare('INSERT INTO in_flight (seq, entries) VALUES (?, ?)')
  const dropFlights = db.prepare('DELETE FROM in_flight WHERE seq <= ?')
  const setSeen = db.prepare(
    `INSERT INTO last_seen (line, kind, at, arrived) VALUES (?, ?, ?, ?)
     ON CONFLICT (line, kind) DO UPDATE SET at = excluded.at, arrived = excluded.arrived`,
  )
  const setTotal = db.prepare(
    `INSERT INTO running_total (line, key, total, at, spare_ms, other_total, other_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (line, key) DO UPDATE SET total = excluded.total, at = excluded.at, spare_ms = excluded.spare_ms,
       other_total = excluded.other_total, other_at = excluded.other_at`,
  )
  const setValue = db.prepare(
    `INSERT INTO last_value (line, key, value, unit, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (line, key) DO UPDATE SET value = excluded.value, unit = excluded.unit, at = excluded.at`,
  )
  const dropResults = db.prepare('DELETE FROM shift_result WHERE line = ? AND reach_ms > ?')

  return {
    addTally: (name: string, by: number): void => void addTally.run(name, by),
    setMemo: (name: string, value: string): void => void setMemo.run(name, value),
    /** Answers how many old rejects made room. Quarantined ones have a shelf of their own. */
    addDeadLetter: (reject: Reject, quarantined: boolean, payload: Uint8Array): number => {
      const shelf = quarantined ? 1 : 0
      const { atMs: at, topic, code, reason } = reject
      const kept = payload.subarray(0, deadLetterPayloadBytes)
      addLetter.run({ shelf, at, topic, code, reason, bytes: payload.length, payload: kept })
      return trimLetters.run({ shelf, limit: deadLetterLimit }).changes
    },
    /**
     * `lastSeq` is the running number of the list's last message. Of all lists, those are kept that hold one of the newest
     * `limit` messages.
     */
    addInFlight: (lastSeq: number, list: readonly InFlight[], limit: number): void => {
      const entries = Buffer.alloc(list.length * 8)
      list.forEach((item, index) => {
        entries.writeUInt32LE(item.packetId, index * 8)
        entries.writeUInt32LE(item.hash, index * 8 + 4)
      })
      addFlight.run(lastSeq, entries)
      dropFlights.run(lastSeq - limit)
    },
    dropInFlight: (): void => void dropFlights.run(Number.MAX_SAFE_INTEGER),
    setSeen: (line: string, kind: SignalKind, seen: LastSeen): void =>
      void setSeen.run(line, kind, seen.atMs, seen.arrivedMs),
    setTotal: (line: string, key: string, { total, atMs, spareMs, other }: RunningTotal): void =>
      void setTotal.run(line, key, total, atMs, spareMs, other?.total ?? null, other?.atMs ?? null),
    setValue: (line: string, key: string, value: number, unit: string | null, at: EpochMs): void =>
      void setValue.run(line, key, value, unit, at),
    /** Forgets results of shifts that facts after the instant decide about: something in them changed. */
    dropShiftResults: (line: string, afterMs: EpochMs): void => void dropResults.run(line, afterMs),
  }
}
export type LedgerWriter = ReturnType<typeof ledgerWriter>

/** Messages without key that were committed last, oldest first. */
export function readInFlight(db: ReadDb): InFlight[] {
  const rows = db.prepare<[], { entries: Buffer }>('SELECT entries FROM in_flight ORDER BY seq').all()
  return rows.flatMap(({ entries }) =>
    Array.from({ length: entries.length / 8 }, (_, index) => ({
      packetId: entries.readUInt32LE(index * 8),
      hash: entries.readUInt32LE(index * 8 + 4),
    })),
  )
}
