export type ParetoRow = { reason: string; qty: number }

/** The largest reasons, and all others as the last row, called `other`. */
export function paretoOf(reasons: readonly ParetoRow[], max: number, other: string): ParetoRow[] {
  if (reasons.length <= max) return [...reasons]
  const head = reasons.slice(0, max - 1)
  const rest = reasons.slice(max - 1).reduce((sum, { qty }) => sum + qty, 0)
  return [...head, { reason: other, qty: rest }]
}
