import type { EpochMs } from '../../shared/domain/facts.ts'
import type { WriteDb } from '../handles.ts'
import { readMemo } from '../queries/memo.ts'
import { floorTo, hourMs, minuteMs } from '../rollup-delta.ts'

/** Reported values that one transaction looks at; more than a line may have keys, so that each look joins some. */
export const valuesAtOnce = 1_000

/** Values older than the raw readings are kept by the minute, those older than the minutes by the hour. */
const levels = { minute: minuteMs, hour: hourMs } as const
export type ValueLevel = keyof typeof levels

/** A value that stands for several: the newest of them, and what they add up to. */
type Body = { value: number; unit?: string; sum?: number; count?: number }
type Row = { seq: number; track: string; at: EpochMs; body: string }

/**
 * Joins reported values (facts of kind `value`) that are older than the instant: of each key and minute or hour one is left, the
 * newest, which says what all of them add up to. `thin` takes a few at a time and answers how many it looked at; 0: all are
 * joined. Values that are replayed into a time that was joined before stay as they are.
 */
export function valueThinner(db: WriteDb): { thin: (level: ValueLevel, beforeMs: EpochMs) => number } {
  const setMemo = db.prepare(
    'INSERT INTO memo (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const next = db.prepare<[string, EpochMs, EpochMs, number], Row>(
    `SELECT seq, track, at, body FROM fact WHERE line = ? AND kind = 'value' AND at >= ? AND at < ?
     ORDER BY at, seq LIMIT ?`,
  )
  const drop = db.prepare('DELETE FROM fact WHERE seq = ?')
  const change = db.prepare('UPDATE fact SET body = ? WHERE seq = ?')
  const lines = db.prepare<[], string>('SELECT DISTINCT line FROM series').pluck()

  function join(rows: readonly Row[]): void {
    const kept = rows[rows.length - 1]
    if (kept === undefined || rows.length < 2) return
    const bodies = rows.map(({ body }) => JSON.parse(body) as Body)
    const sum = bodies.reduce((all, one) => all + (one.sum ?? one.value), 0)
    const count = bodies.reduce((all, one) => all + (one.count ?? 1), 0)
    for (const { seq } of rows) if (seq !== kept.seq) drop.run(seq)
    change.run(JSON.stringify({ ...bodies[bodies.length - 1], sum, count }), kept.seq)
  }

  function thinLine(line: string, level: ValueLevel, beforeMs: EpochMs): number {
    const memo = `values-joined-${level}:${line}`
    const fromMs = Number(readMemo(db, memo) ?? Number.MIN_SAFE_INTEGER)
    const rows = next.all(line, fromMs, beforeMs, valuesAtOnce)
    if (rows.length === 0) return 0
    const groups = new Map<string, Row[]>()
    for (const row of rows) {
      const key = `${floorTo(row.at, levels[level])} ${row.track}`
      const group = groups.get(key)
      if (group) group.push(row)
      else groups.set(key, [row])
    }
    for (const group of groups.values()) join(group)
    const isAll = rows.length < valuesAtOnce
    setMemo.run(memo, String(isAll ? beforeMs : floorTo(rows[rows.length - 1]!.at, levels[level])))
    return rows.length
  }

  const thin = db.transaction((level: ValueLevel, beforeMs: EpochMs): number => {
    const wholeMs = floorTo(beforeMs, levels[level])
    for (const line of lines.all()) {
      const looked = thinLine(line, level, wholeMs)
      if (looked > 0) return looked
    }
    return 0
  })
  return { thin: (level, beforeMs) => thin.immediate(level, beforeMs) }
}
