import type { ReadDb } from '../../db/handles.ts'
import { readCounts, readScraps } from '../../db/queries/counts.ts'
import { readShifts } from '../../db/queries/history.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { readReportedValues } from '../../db/queries/values.ts'

const dayMs = 86_400_000

/** What charts ask for beside what the model holds in memory, over `days` up to `nowMs`. */
export function chartQueries(
  db: ReadDb,
  line: string,
  nowMs: number,
  days: number,
): readonly (readonly [name: string, ask: () => unknown[]])[] {
  const window = (length: number) => ({ startMs: nowMs - length * dayMs, endMs: nowMs })
  const shift = (ago: number) => ({ startMs: nowMs - ago * dayMs, endMs: nowMs - (ago - 0.33) * dayMs })
  const recent = Math.min(30, days)
  return [
    ['facts of a shift, a month ago', () => [readLineFacts(db, line, shift(recent - 1))]],
    ['facts of a shift, at the other end', () => [readLineFacts(db, line, shift(days - 1))]],
    ['minutes of a day', () => readCounts(db, 'minute', line, window(1))],
    ['hours of 30 days', () => readCounts(db, 'hour', line, window(30))],
    ['hours of all days', () => readCounts(db, 'hour', line, window(days))],
    ['shifts of all days', () => readCounts(db, 'shift', line, window(days))],
    ['scrap by reason, shifts of 30 days', () => readScraps(db, 'shift', line, window(30))],
    ['scrap by reason, shifts of all days', () => readScraps(db, 'shift', line, window(days))],
    ['results of finished shifts, all days', () => readShifts(db, line, nowMs - days * dayMs)],
    ['reported values of all days', () => [...readReportedValues(db, line, window(days)).values()]],
  ]
}
