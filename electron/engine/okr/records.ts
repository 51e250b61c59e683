import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'

/** A row of the present state as the audit trail keeps it: a change names what it was before and after. */
export type AuditRecord = Readonly<Record<string, unknown>>

/** An objective without its key results, which are records of their own. */
export function objectiveRecord({ keyResults: _keyResults, ...objective }: StoredObjective): AuditRecord {
  return objective
}

/** A key result without its history, which other entries of the trail tell. */
export function keyResultRecord(
  objectiveId: string,
  { targets: _targets, proposals: _proposals, ...keyResult }: StoredKeyResult,
): AuditRecord {
  return { objectiveId, ...keyResult }
}

/** All records of an objective by their ids. */
export function recordsOf(objective: StoredObjective | null): Map<string, AuditRecord> {
  if (objective === null) return new Map()
  return new Map([
    [objective.id, objectiveRecord(objective)],
    ...objective.keyResults.map((k): [string, AuditRecord] => [k.id, keyResultRecord(objective.id, k)]),
  ])
}

/** Only what differs, on both sides; null: nothing does. A record that is new has no `before`. */
export function difference(
  before: AuditRecord | undefined,
  after: AuditRecord,
): { before: AuditRecord | null; after: AuditRecord } | null {
  if (before === undefined) return { before: null, after }
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  if (keys.length === 0) return null
  const pick = (record: AuditRecord) => Object.fromEntries(keys.map((key) => [key, record[key] ?? null]))
  return { before: pick(before), after: pick(after) }
}
