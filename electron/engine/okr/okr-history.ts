import type { ReadDb } from '../../../db/handles.ts'
import { readAuditOf } from '../../../db/queries/audit.ts'
import { readObjective } from '../../../db/queries/objectives.ts'
import { maxOkrChanges, type OkrChange } from '../../../shared/contract/okr-calls.ts'
import { CallFailure } from '../call-failure.ts'

type Detail = { before: OkrChange['before']; after?: OkrChange['after']; reason?: string }

/** What became of an objective and its key results: who, when, and each field before and after. Throws CallFailure. */
export function okrHistory(read: ReadDb, objectiveId: string): OkrChange[] {
  const objective = readObjective(read, objectiveId)
  if (objective === null) throw new CallFailure('not-found', 'This objective is no longer there. Look again.')
  const subjects = [objectiveId, ...objective.keyResults.map(({ id }) => id)]
  return readAuditOf(read, subjects, maxOkrChanges).flatMap(({ atMs, by, action, subject, detail }) => {
    const { before, after, reason } = JSON.parse(detail) as Detail
    return after === undefined ? [] : [{ atMs, by, action, subject, before, after, reason: reason ?? null }]
  })
}
