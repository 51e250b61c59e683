import type { Signal } from './signals.ts'

type CountData = Extract<Signal, { kind: 'count' }>['data']

const isPieces = (value: unknown): value is number | undefined =>
  value === undefined ||
  (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000_000)

const isText = (value: unknown, max: number): value is string | undefined =>
  value === undefined || (typeof value === 'string' && value.length > 0 && value.length <= max)

/** Members that a plain count never has. */
export const neverPlain = [
  'all',
  'late_scrap',
  'total_good',
  'total_scrap',
  'total_all',
  'total_late_scrap',
  'counter',
  'replaces',
] as const
/** The other members that `isPlainCount` looks at. */
export const plainCountNames = ['good', 'scrap', 'rework', 'reason', 'product', 'cell'] as const
type Members = Readonly<
  Partial<Record<(typeof plainCountNames)[number] | (typeof neverPlain)[number], unknown>>
>

/**
 * Short way for the by far most frequent payload: true for a part of what the `count` schema accepts, as it is; it may have
 * members that nobody asks for. False: ask the schema, which also says what is wrong.
 */
export function isPlainCount(value: object): value is CountData {
  const { good, scrap, rework, reason, product, cell } = value as Members
  for (const name of neverPlain) if ((value as Members)[name] !== undefined) return false
  if (!isPieces(good) || !isPieces(scrap) || !isPieces(rework)) return false
  if (!isText(reason, 40) || !isText(product, 60) || !isText(cell, 40)) return false
  if (good === undefined && scrap === undefined) return false
  return good === undefined || rework === undefined || rework <= good
}
