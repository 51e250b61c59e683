import { en } from '../i18n/en.ts'

export type ParetoRow = { reason: string; qty: number }

/** The largest reasons, and all others as the last row. */
export function paretoOf(reasons: readonly ParetoRow[], max: number): ParetoRow[] {
  if (reasons.length <= max) return [...reasons]
  const head = reasons.slice(0, max - 1)
  const rest = reasons.slice(max - 1).reduce((sum, { qty }) => sum + qty, 0)
  return [...head, { reason: en.other, qty: rest }]
}
