import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ReadDb } from '../handles.ts'

/** A running total as a stored reading told it. */
export type StoredTotal = { total: number; atMs: EpochMs; product: string | null; reason: string }

/** Readings that are looked through for the next one of the same counter. */
const readingsLookedAt = 5_000

type Body = Readonly<Record<string, unknown>>

/** The nearest reading of a series before or after an instant whose body has the total; null: none near by. */
export function totalBeside(
  db: ReadDb,
  series: number,
  atMs: EpochMs,
  side: 'before' | 'after',
  totalOf: (body: Body) => number | null,
): StoredTotal | null {
  const [sign, order] = side === 'before' ? ['<=', 'DESC'] : ['>', 'ASC']
  const rows = db
    .prepare<[EpochMs, number, number], { ts: EpochMs; body: string }>(
      `SELECT ts, body FROM reading WHERE ts ${sign} ? AND series = ? ORDER BY ts ${order} LIMIT ?`,
    )
    .iterate(atMs, series, readingsLookedAt)
  for (const { ts, body } of rows) {
    const fields = JSON.parse(body) as Body
    const total = totalOf(fields)
    if (total === null) continue
    const { product, reason } = fields as { product?: string | null; reason?: string | null }
    return { total, atMs: ts, product: product ?? null, reason: reason ?? '' }
  }
  return null
}
