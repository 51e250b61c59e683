import type { EpochMs } from '../../shared/domain/facts.ts'
import type { SignalKind } from '../../shared/domain/line-model.ts'
import type { WriteDb } from '../handles.ts'

export type NewReading = {
  ts: EpochMs
  series: number
  /** Of the payload; negative for messages that have neither time nor id. */
  hash: number
  arrived: EpochMs
  /** Effect on the line's counts. */
  good: number
  scrap: number
  /** The payload, JSON text or its UTF-8 bytes. */
  body: string | Uint8Array
}

export type ReadingWriter = {
  /** Number of the series, made when new. Call outside of batches: what a rollback undoes must not be remembered. */
  series: (line: string, kind: SignalKind) => number
  /** False: the same reading is there already, nothing changed. */
  insert: (reading: NewReading) => boolean
  /** Inserts several; answers how many of them were new. */
  insertAll: (readings: readonly NewReading[]) => number
  /** False: the id was used before on this series. */
  claimId: (series: number, id: string, ts: EpochMs) => boolean
}

/** Rows of one statement: `insertAll` is cheapest with as many. */
export const rowsAtOnce = 32
const columns = 'ts, series, hash, arrived, good, scrap, body'
const row = '(?, ?, ?, ?, ?, ?, CAST(? AS TEXT))'

export function readingWriter(db: WriteDb): ReadingWriter {
  const addSeries = db.prepare('INSERT INTO series (line, kind) VALUES (?, ?)')
  const findSeries = db.prepare<[string, string], { id: number }>(
    'SELECT id FROM series WHERE line = ? AND kind = ?',
  )
  const insert = db.prepare(`INSERT OR IGNORE INTO reading (${columns}) VALUES ${row}`)
  const insertMany = db.prepare(
    `INSERT OR IGNORE INTO reading (${columns}) VALUES ${Array<string>(rowsAtOnce).fill(row).join(', ')}`,
  )
  const values = new Array<number | string | Uint8Array>(rowsAtOnce * 7).fill(0)
  const insertOne = (r: NewReading): number =>
    insert.run(r.ts, r.series, r.hash, r.arrived, r.good, r.scrap, r.body).changes
  const claim = db.prepare('INSERT OR IGNORE INTO message_id (series, id, ts) VALUES (?, ?, ?)')
  return {
    series: (line, kind) => {
      const known = findSeries.get(line, kind)
      return known === undefined ? Number(addSeries.run(line, kind).lastInsertRowid) : known.id
    },
    insert: (reading) => insertOne(reading) > 0,
    insertAll: (readings) => {
      const whole = readings.length - (readings.length % rowsAtOnce)
      let inserted = 0
      let at = 0
      for (let index = 0; index < whole; index++) {
        const r = readings[index]!
        values[at++] = r.ts
        values[at++] = r.series
        values[at++] = r.hash
        values[at++] = r.arrived
        values[at++] = r.good
        values[at++] = r.scrap
        values[at++] = r.body
        if (at < values.length) continue
        inserted += insertMany.run(...values).changes
        at = 0
      }
      for (let index = whole; index < readings.length; index++) inserted += insertOne(readings[index]!)
      return inserted
    },
    claimId: (series, id, ts) => claim.run(series, id, ts).changes > 0,
  }
}
