import { randomUUID } from 'node:crypto'
import type { WriteDb } from '../../../db/handles.ts'
import { addBaseline } from '../../../db/queries/baselines.ts'
import { endKeyResult } from '../../../db/writers/okr-writer.ts'
import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { movedBy } from '../../../shared/domain/key-results.ts'
import { gradeOf } from '../../../shared/domain/okr/grade.ts'
import type { StoredKeyResult } from '../../../shared/domain/okr/stored.ts'
import { raiseTargets } from '../kpis/raise-targets.ts'

/** Numbers in the key result's unit; `fromMs`: since when it has been met without a break. */
export type NewNormal = { baseline: number; target: number; lower: number; upper: number; fromMs: number }

/**
 * Ends a key result that was met and held, keeps what is normal from now on, and lets the KPI that it followed ask for the new
 * target. Runs inside its caller's transaction.
 */
export function lockInKeyResult(
  write: WriteDb,
  given: {
    lineId: string
    keyResult: StoredKeyResult
    normal: NewNormal
    lesson: string | null
    by: string
    device: string
    atMs: number
  },
): void {
  const { lineId, keyResult, normal, lesson, by, device, atMs } = given
  const { id, name, source, unit, baseline, target, commitment } = keyResult
  const kpi = movedBy(source)
  addBaseline(write, {
    id: randomUUID(),
    lineId,
    kpi,
    ...normal,
    unit,
    betterIs: target > baseline ? 'higher' : 'lower',
    keyResultId: id,
    decidedBy: by,
    atMs,
  })
  if (kpi !== null) {
    const isSame = (one: KpiDefinition) => movedBy(one.source) === kpi && one.unit === unit
    const how = { by, device, atMs, action: 'lockIn', reason: `locked in: ${name}` }
    raiseTargets(write, { lineId, isSame, target: normal.target }, how)
  }
  endKeyResult(write, id, { atMs, why: 'locked in', grade: gradeOf(commitment, 1).score, lesson })
}
