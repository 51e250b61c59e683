import type { Signal } from './signals.ts'

type CountData = Extract<Signal, { kind: 'count' }>['data']

const isPieces = (value: unknown): value is number | undefined =>
  value === undefined ||
  (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000_000)

const isText = (value: unknown, max: number): value is string | undefined =>
  value === undefined || (typeof value === 'string' && value.length > 0 && value.length <= max)

/** Members that `plainCount` looks at. */
export const plainCountNames = [
  'good',
  'scrap',
  'all',
  'late_scrap',
  'total_good',
  'total_scrap',
  'total_all',
  'total_late_scrap',
  'counter',
  'replaces',
  'rework',
  'reason',
  'product',
  'cell',
] as const
type Members = Readonly<Partial<Record<(typeof plainCountNames)[number], unknown>>>

/**
 * Short way for the by far most frequent payload: accepts a part of what the `count` schema accepts, with the same
 * result; null: ask the schema, which also says what is wrong.
 */
export function plainCount(value: object): CountData | null {
  const { good, scrap, total_good, total_scrap, rework, reason, product, cell } = value as Members
  const { all, late_scrap, total_all, total_late_scrap, counter, replaces } = value as Members
  if ((all ?? late_scrap ?? total_all ?? total_late_scrap ?? counter ?? replaces) !== undefined) return null
  if (!isPieces(good) || !isPieces(scrap) || !isPieces(rework)) return null
  if (!isPieces(total_good) || !isPieces(total_scrap)) return null
  if (!isText(reason, 40) || !isText(product, 60) || !isText(cell, 40)) return null
  const hasTotal = total_good !== undefined || total_scrap !== undefined
  if (hasTotal || (good === undefined && scrap === undefined)) return null
  if (good !== undefined && rework !== undefined && rework > good) return null
  return {
    good,
    scrap,
    all: undefined,
    late_scrap: undefined,
    total_good,
    total_scrap,
    total_all: undefined,
    total_late_scrap: undefined,
    counter: undefined,
    replaces: undefined,
    rework,
    reason,
    product,
    cell,
  }
}
