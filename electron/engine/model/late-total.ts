import type { EpochMs } from '../../../shared/domain/facts.ts'
import { totalBeside } from '../../../db/queries/totals.ts'
import type { StoredTotal } from '../../../db/queries/totals.ts'
import type { CountField } from '../ingest/outcome.ts'
import type { Signal } from '../ingest/signals.ts'
import { totalKey } from './count-effect.ts'
import type { LineWork } from './line-work.ts'
import type { PieceEntry } from './piece-entries.ts'
import { stepTotal } from './running-total.ts'
import type { CounterLimits } from './running-total.ts'

type CountData = Extract<Signal, { kind: 'count' }>['data']

/** `delta`: pieces up to the late total; `moves`: what is then too much or too little in the reading after it. */
export type LateStep = { believed: boolean; delta: number; moves: readonly PieceEntry[] }

/**
 * A total older than the newest one: it says when the pieces were made that were counted with the reading after it.
 * null: that reading is not kept any more, so nothing changes.
 */
export function lateStep(
  work: LineWork,
  late: {
    data: CountData
    field: CountField
    name: string
    total: number
    atMs: EpochMs
    limits: CounterLimits
  },
): LateStep | null {
  const { data, field, name, total, atMs, limits } = late
  if (field === 'lateScrap') return null
  const key = totalKey(data, field)
  work.inOrder()
  const find = (side: 'before' | 'after'): StoredTotal | null =>
    totalBeside(work.writers.db, work.setup.series.count, { atMs, total }, side, (body) => {
      const value = body[name]
      return typeof value === 'number' && totalKey(body as CountData, field) === key ? value : null
    })
  const after = find('after')
  if (after === null) return null
  const before = find('before')
  const step = (from: StoredTotal | { total: number; atMs: EpochMs } | null, to: number, toMs: EpochMs) =>
    stepTotal(
      from === null ? undefined : { total: from.total, atMs: from.atMs, spareMs: 0, other: null },
      to,
      toMs,
      limits,
    )
  const first = step(before, total, atMs)
  if (first.what === 'suspect') return { believed: false, delta: 0, moves: [] }
  const move =
    step({ total, atMs }, after.total, after.atMs).delta - step(before, after.total, after.atMs).delta
  if (move === 0) return { believed: true, delta: first.delta, moves: [] }
  const { product, reason } = after
  const isScrap = field === 'scrap'
  const entry = { atMs: after.atMs, good: isScrap ? 0 : move, scrap: isScrap ? move : 0, product, reason }
  return { believed: true, delta: first.delta, moves: [entry] }
}
