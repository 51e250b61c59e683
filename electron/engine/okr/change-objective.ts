import type { WriteDb } from '../../../db/handles.ts'
import { readObjective } from '../../../db/queries/objectives.ts'
import { addAudit, lastAuditBy } from '../../../db/queries/audit.ts'
import { countVersion } from '../../../db/writers/okr-writer.ts'
import type { OkrReceipt } from '../../../shared/contract/okr-calls.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { CallFailure } from '../call-failure.ts'
import type { Caller } from '../caller.ts'
import { difference, recordsOf } from './records.ts'

/** Who changes what, as the audit trail keeps it. `more`: what else belongs to the change, such as its reason. */
export type Change = {
  objectiveId: string
  action: string
  caller: Caller
  atMs: number
  more?: Readonly<Record<string, unknown>>
}

/**
 * Changes an objective or its key results in one transaction: state, version and an audit entry for each record that
 * changed, or nothing at all. `version`: the one that the person saw; null: a new objective. Throws CallFailure.
 */
export function changeObjective(
  write: WriteDb,
  { objectiveId, action, caller, atMs, more }: Change,
  version: number | null,
  work: (before: StoredObjective) => void,
  create?: () => void,
): OkrReceipt {
  const run = write.transaction((): OkrReceipt => {
    const before = readObjective(write, objectiveId)
    const found = before ?? (create?.(), readObjective(write, objectiveId))
    if (found === null) throw new CallFailure('not-found', 'This objective is no longer there. Look again.')
    if (before !== null) refuse(write, before, version)
    work(found)
    if (before !== null) countVersion(write, objectiveId)
    const after = readObjective(write, objectiveId)!
    const earlier = recordsOf(before)
    for (const [subject, record] of recordsOf(after)) {
      const changed = difference(earlier.get(subject), record)
      if (changed === null) continue
      const detail = JSON.stringify({ version: after.version, ...changed, ...more })
      addAudit(write, { atMs, by: caller.by, device: caller.device, action, subject, detail })
    }
    return { by: caller.by, atMs, objectiveId, version: after.version }
  })
  return run.immediate()
}

function refuse(write: WriteDb, found: StoredObjective, version: number | null): void {
  if (found.ended !== null) throw new CallFailure('not-allowed', 'This objective has ended.')
  if (found.version === version) return
  const by = lastAuditBy(write, found.id)
  const who = by === null ? 'Somebody' : by
  throw new CallFailure(
    'conflict',
    `${who} changed "${found.title}" in the meantime: look at it again, then repeat your change.`,
  )
}
