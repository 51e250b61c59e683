import { randomUUID } from 'node:crypto'
import type { WriteDb } from '../../../db/handles.ts'
import { addBaseline } from '../../../db/queries/baselines.ts'
import { endKeyResult } from '../../../db/writers/okr-writer.ts'
import { gradeOf } from '../../../shared/domain/okr/grade.ts'
import type { StoredKeyResult } from '../../../shared/domain/okr/stored.ts'

/** Numbers in the key result's unit; `fromMs`: since when it has been met without a break. */
export type NewNormal = { baseline: number; target: number; lower: number; upper: number; fromMs: number }

/** Ends a key result that was met and held, and keeps what is normal from now on. Runs inside its caller's transaction. */
export function lockInKeyResult(
  write: WriteDb,
  given: {
    lineId: string
    keyResult: StoredKeyResult
    normal: NewNormal
    lesson: string | null
    by: string
    atMs: number
  },
): void {
  const { lineId, keyResult, normal, lesson, by, atMs } = given
  const { id, source, unit, baseline, target, commitment } = keyResult
  addBaseline(write, {
    id: randomUUID(),
    lineId,
    kpi: source.kind === 'kpi' ? source.kpi : null,
    ...normal,
    unit,
    betterIs: target > baseline ? 'higher' : 'lower',
    keyResultId: id,
    decidedBy: by,
    atMs,
  })
  endKeyResult(write, id, { atMs, why: 'locked in', grade: gradeOf(commitment, 1).score, lesson })
}
