import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** A running total as a stored reading told it. */
export type StoredTotal = { total: number; atMs: EpochMs; product: string | null; reason: string }

/** Readings that are looked through for the next one of the same counter. */
const readingsLookedAt = 5_000

type Body = Readonly<Record<string, unknown>>

/**
 * The reading of a series whose total comes next before or after one of `atMs` and `total`, in the order of time, then
 * total; null: none near by. `totalOf` answers the counter's total in a reading's body.
 */
export function totalBeside(
  db: ReadDb,
  series: number,
  { atMs, total }: { atMs: EpochMs; total: number },
  side: 'before' | 'after',
  totalOf: (body: Body) => number | null,
): StoredTotal | null {
  const [sign, order] = side === 'before' ? ['<=', 'DESC'] : ['>=', 'ASC']
  const rows = db
    .prepare<[EpochMs, number, number], { ts: EpochMs; body: string }>(
      `SELECT ts, body FROM reading WHERE ts ${sign} ? AND series = ? ORDER BY ts ${order} LIMIT ?`,
    )
    .iterate(atMs, series, readingsLookedAt)
  let nearest: StoredTotal | null = null
  for (const { ts, body } of rows) {
    if (nearest !== null && ts !== nearest.atMs) break
    const fields = JSON.parse(body) as Body
    const value = totalOf(fields)
    if (value === null || (ts === atMs && (side === 'before' ? value > total : value <= total))) continue
    if (nearest !== null && (side === 'before' ? value < nearest.total : value > nearest.total)) continue
    const { product, reason } = fields as { product?: string | null; reason?: string | null }
    nearest = { total: value, atMs: ts, product: product ?? null, reason: reason ?? '' }
  }
  return nearest
}
