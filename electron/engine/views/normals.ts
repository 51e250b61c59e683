import type { NormalView } from '../../../shared/contract/board-team.ts'
import { hasFallenBack } from '../../../shared/domain/okr/met-and-held.ts'
import type { StoredKeyResult } from '../../../shared/domain/okr/stored.ts'
import type { StoredBaseline } from '../../../db/queries/baselines.ts'
import { countsInWindows, singleValue } from '../key-result-value.ts'
import type { ShiftResult } from '../shift-result.ts'
import type { TeamInput } from './key-results.ts'

/** What was locked in, the newest step of each KPI (by hand: of each key result), and whether the line has fallen back. */
export function normalsView(
  { objectives, baselines }: Pick<TeamInput, 'objectives' | 'baselines'>,
  history: readonly ShiftResult[],
  asOfMs: number,
): NormalView[] {
  const keyResults = new Map(objectives.flatMap((one) => one.keyResults).map((one) => [one.id, one]))
  const newest = new Map<string, StoredBaseline>()
  for (const one of baselines) newest.set(one.kpi ?? one.keyResultId, one)
  return [...newest.values()].flatMap((one): NormalView[] => {
    const keyResult = keyResults.get(one.keyResultId)
    if (keyResult === undefined) return []
    const { keyResultId, unit, fromMs, baseline, target, lower, upper } = one
    const fallenBack = hasFallenBack(
      { ...one, fromMs: one.atMs },
      singlesOf(keyResult, history, one.atMs, asOfMs),
    )
    const { name, decimals } = keyResult
    return [{ keyResultId, name, unit, decimals, fromMs, baseline, target, lower, upper, fallenBack }]
  })
}

function singlesOf(
  keyResult: StoredKeyResult,
  history: readonly ShiftResult[],
  sinceMs: number,
  asOfMs: number,
) {
  return history.flatMap((shift) => {
    if (shift.endMs <= sinceMs || shift.endMs > asOfMs || !countsInWindows(shift)) return []
    const value = singleValue(keyResult, shift)
    return value === null ? [] : [{ atMs: shift.endMs, value }]
  })
}
