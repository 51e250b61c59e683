import type { EpochMs } from '../../shared/domain/facts.ts'
import type { KeyResult, Objective } from '../../shared/domain/key-results.ts'
import type { CounterProposal, KeyResultEnd, ObjectiveEnd } from '../../shared/domain/okr/stored.ts'
import type { TargetStep } from '../../shared/domain/okr/target-steps.ts'
import type { CheckIn } from '../queries/team.ts'
import type { WriteDb } from '../handles.ts'

/** Each function is one statement or few: whoever calls them puts a transaction around, with the audit entry in it. */

export function addObjective(write: WriteDb, objective: Objective, atMs: EpochMs): void {
  const position = nextPosition(write, 'objective', 'line_id', objective.lineId)
  write
    .prepare(
      `INSERT INTO objective (id, line_id, position, title, cycle_name, cycle_start, cycle_end, created_ms, level, cycle_kind,
         owner, parent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      objective.id,
      objective.lineId,
      position,
      objective.title,
      objective.cycle.name,
      objective.cycle.startDate,
      objective.cycle.endDate,
      atMs,
      objective.level,
      objective.cycle.kind,
      objective.owner,
      objective.parent,
    )
}

export function setObjective(
  write: WriteDb,
  id: string,
  { title, cycle, owner, parent }: Pick<Objective, 'title' | 'cycle' | 'owner' | 'parent'>,
): void {
  write
    .prepare(
      `UPDATE objective SET title = ?, cycle_kind = ?, cycle_name = ?, cycle_start = ?, cycle_end = ?, owner = ?, parent = ?
       WHERE id = ?`,
    )
    .run(title, cycle.kind, cycle.name, cycle.startDate, cycle.endDate, owner, parent, id)
}

export function endObjective(write: WriteDb, id: string, { atMs, why, lesson }: ObjectiveEnd): void {
  write
    .prepare('UPDATE objective SET ended_ms = ?, ended_why = ?, lesson = ? WHERE id = ?')
    .run(atMs, why, lesson, id)
}

/** Answers the version that holds now. */
export function countVersion(write: WriteDb, id: string): number {
  const sql = 'UPDATE objective SET version = version + 1 WHERE id = ? RETURNING version'
  return write.prepare(sql).pluck().get(id) as number
}

/** With its first target and its milestones. */
export function addKeyResult(
  write: WriteDb,
  objectiveId: string,
  keyResult: KeyResult,
  made: { atMs: EpochMs; by: string; origin: string | null },
): void {
  write
    .prepare(
      `INSERT INTO key_result (id, objective_id, position, name, unit, decimals, kpi, shifts, owner, created_ms, sentence, due,
         commitment, weight, span, parent, hold_shifts, origin) VALUES (?, ?, ?, '', '', 0, NULL, NULL, NULL, ?, NULL, ?,
         'committed', 1, NULL, NULL, 1, ?)`,
    )
    .run(
      keyResult.id,
      objectiveId,
      nextPosition(write, 'key_result', 'objective_id', objectiveId),
      made.atMs,
      keyResult.due,
      made.origin,
    )
  setKeyResult(write, keyResult.id, keyResult)
  const { baseline, target } = keyResult
  addTarget(write, keyResult.id, { fromMs: made.atMs, baseline, target, by: made.by, reason: '' })
}

/** Everything but targets, due date and history. */
export function setKeyResult(
  write: WriteDb,
  id: string,
  k: Omit<KeyResult, 'id' | 'baseline' | 'target' | 'due'>,
): void {
  const { source } = k
  const values = source.kind === 'values' ? source : null
  const window = 'window' in source ? source.window : null
  write
    .prepare(
      `UPDATE key_result SET name = ?, sentence = ?, unit = ?, decimals = ?, kpi = ?, value_key = ?, combine = ?, shifts = ?, span = ?, owner = ?,
         commitment = ?, weight = ?, parent = ?, hold_shifts = ? WHERE id = ?`,
    )
    .run(
      k.name,
      k.sentence,
      k.unit,
      k.decimals,
      source.kind === 'kpi' ? source.kpi : null,
      values?.key ?? null,
      values?.combine ?? null,
      window?.kind === 'shifts' ? window.count : null,
      window === null || window.kind === 'shifts' ? null : window.kind,
      k.owner,
      k.commitment,
      k.weight,
      k.parent,
      k.holdShifts,
      id,
    )
  write.prepare('DELETE FROM milestone WHERE key_result_id = ?').run(id)
  if (source.kind !== 'milestones') return
  const add = write.prepare('INSERT INTO milestone VALUES (?, ?, ?, ?, ?)')
  source.milestones.forEach(({ name, weight, due }, position) => add.run(id, position, name, weight, due))
}

/** A second one in the same millisecond takes the next. */
export function addTarget(write: WriteDb, keyResultId: string, step: TargetStep): void {
  const last = write
    .prepare('SELECT max(from_ms) FROM key_result_target WHERE key_result_id = ?')
    .pluck()
    .get(keyResultId) as number | null
  const fromMs = last === null ? step.fromMs : Math.max(step.fromMs, last + 1)
  write
    .prepare('INSERT INTO key_result_target VALUES (?, ?, ?, ?, ?, ?)')
    .run(keyResultId, fromMs, step.baseline, step.target, step.by, step.reason)
}

export function setDue(write: WriteDb, keyResultId: string, due: string | null): void {
  write.prepare('UPDATE key_result SET due = ? WHERE id = ?').run(due, keyResultId)
}

export function endKeyResult(write: WriteDb, id: string, end: KeyResultEnd): void {
  write
    .prepare('UPDATE key_result SET ended_ms = ?, ended_why = ?, grade = ?, lesson = ? WHERE id = ?')
    .run(end.atMs, end.why, end.grade, end.lesson, id)
}

export function addCheckIn(write: WriteDb, checkIn: CheckIn): void {
  write
    .prepare(
      `INSERT INTO check_in (id, key_result_id, at_ms, person_id, value, confidence, sentence, for_ms, obstacles, milestones)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      checkIn.id,
      checkIn.keyResultId,
      checkIn.atMs,
      checkIn.personId,
      checkIn.value,
      checkIn.confidence,
      checkIn.sentence,
      checkIn.forMs,
      checkIn.obstacles,
      checkIn.milestones === null ? null : JSON.stringify(checkIn.milestones),
    )
}

export function addProposal(
  write: WriteDb,
  keyResultId: string,
  { id, atMs, by, target, due, reason }: CounterProposal,
): void {
  write
    .prepare(
      'INSERT INTO counter_proposal (id, key_result_id, at_ms, by, target, due, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(id, keyResultId, atMs, by, target, due, reason)
}

export function answerProposal(
  write: WriteDb,
  id: string,
  answer: { answer: 'accepted' | 'declined'; atMs: EpochMs; by: string; reason: string },
): void {
  write
    .prepare(
      'UPDATE counter_proposal SET answer = ?, answered_ms = ?, answered_by = ?, answer_reason = ? WHERE id = ?',
    )
    .run(answer.answer, answer.atMs, answer.by, answer.reason, id)
}

function nextPosition(
  write: WriteDb,
  table: 'objective' | 'key_result',
  column: 'line_id' | 'objective_id',
  of: string,
): number {
  const sql = `SELECT coalesce(max(position) + 1, 0) FROM ${table} WHERE ${column} = ?`
  return write.prepare(sql).pluck().get(of) as number
}
