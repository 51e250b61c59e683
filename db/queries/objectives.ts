import type {
  Commitment,
  CycleKind,
  KeyResultSource,
  LiveKpi,
  Milestone,
  ObjectiveLevel,
} from '../../shared/domain/key-results.ts'
import type {
  CounterProposal,
  KeyResultEnd,
  ObjectiveEnd,
  StoredKeyResult,
  StoredObjective,
} from '../../shared/domain/okr/stored.ts'
import type { TargetStep } from '../../shared/domain/okr/target-steps.ts'
import type { ReadDb } from '../handles.ts'

type ObjectiveRow = {
  id: string
  line_id: string
  level: ObjectiveLevel
  title: string
  owner: string | null
  parent: string | null
  cycle_kind: CycleKind
  cycle_name: string
  cycle_start: string
  cycle_end: string
  created_ms: number
  version: number
  ended_ms: number | null
  ended_why: ObjectiveEnd['why']
  lesson: string | null
}

type KeyResultRow = {
  id: string
  name: string
  sentence: string | null
  unit: string
  decimals: number
  kpi: LiveKpi | null
  value_key: string | null
  combine: 'sum' | 'last' | null
  shifts: number | null
  span: 'week' | 'start' | null
  owner: string | null
  due: string | null
  commitment: Commitment
  weight: number
  parent: string | null
  hold_shifts: number
  origin: string | null
  created_ms: number
  ended_ms: number | null
  ended_why: KeyResultEnd['why']
  grade: number | null
  lesson: string | null
}

/** Ended objectives of a line that are read with the running ones, newest first. */
export const maxEndedObjectives = 60

export function hasObjectives(read: ReadDb): boolean {
  return read.prepare('SELECT 1 FROM objective LIMIT 1').get() !== undefined
}

/** A line's objectives (the running ones, and the newest of those that ended), all in plan order. Line '': those above lines. */
export function readObjectives(read: ReadDb, lineId: string): StoredObjective[] {
  const rows = read
    .prepare(
      `SELECT * FROM objective WHERE line_id = ? AND (ended_ms IS NULL OR id IN (
         SELECT id FROM objective WHERE line_id = ? AND ended_ms IS NOT NULL ORDER BY ended_ms DESC LIMIT ?))
       ORDER BY position, id`,
    )
    .all(lineId, lineId, maxEndedObjectives) as ObjectiveRow[]
  return rows.map((row) => objectiveOf(read, row))
}

/** Null: there is no such objective. */
export function readObjective(read: ReadDb, objectiveId: string): StoredObjective | null {
  const row = read.prepare('SELECT * FROM objective WHERE id = ?').get(objectiveId) as
    ObjectiveRow | undefined
  return row === undefined ? null : objectiveOf(read, row)
}

/** Objective of a key result; null: there is no such key result. */
export function objectiveOfKeyResult(read: ReadDb, keyResultId: string): string | null {
  const id = read.prepare('SELECT objective_id FROM key_result WHERE id = ?').pluck().get(keyResultId)
  return (id as string | undefined) ?? null
}

/** Key result of a counter-proposal; null: there is no such proposal. */
export function keyResultOfProposal(read: ReadDb, proposalId: string): string | null {
  const id = read.prepare('SELECT key_result_id FROM counter_proposal WHERE id = ?').pluck().get(proposalId)
  return (id as string | undefined) ?? null
}

/** True when an objective or key result of this id is stored. */
export function isTaken(read: ReadDb, id: string): boolean {
  const sql = 'SELECT 1 FROM objective WHERE id = ? UNION ALL SELECT 1 FROM key_result WHERE id = ?'
  return read.prepare(sql).get(id, id) !== undefined
}

function objectiveOf(read: ReadDb, row: ObjectiveRow): StoredObjective {
  const keyResults = read
    .prepare('SELECT * FROM key_result WHERE objective_id = ? ORDER BY position, id')
    .all(row.id) as KeyResultRow[]
  return {
    id: row.id,
    lineId: row.line_id,
    level: row.level,
    title: row.title,
    owner: row.owner,
    parent: row.parent,
    cycle: {
      kind: row.cycle_kind,
      name: row.cycle_name,
      startDate: row.cycle_start,
      endDate: row.cycle_end,
    },
    createdMs: row.created_ms,
    version: row.version,
    ended: row.ended_ms === null ? null : { atMs: row.ended_ms, why: row.ended_why, lesson: row.lesson },
    keyResults: keyResults.map((one) => keyResultOf(read, one)),
  }
}

function keyResultOf(read: ReadDb, row: KeyResultRow): StoredKeyResult {
  const targets = readTargets(read, row.id)
  const inForce = targets[targets.length - 1]!
  return {
    id: row.id,
    name: row.name,
    sentence: row.sentence,
    unit: row.unit,
    baseline: inForce.baseline,
    target: inForce.target,
    decimals: row.decimals,
    source: sourceOf(read, row),
    owner: row.owner,
    due: row.due,
    commitment: row.commitment,
    weight: row.weight,
    parent: row.parent,
    holdShifts: row.hold_shifts,
    createdMs: row.created_ms,
    origin: row.origin,
    targets,
    proposals: readProposals(read, row.id),
    ended:
      row.ended_ms === null
        ? null
        : { atMs: row.ended_ms, why: row.ended_why, grade: row.grade, lesson: row.lesson },
  }
}

function sourceOf(read: ReadDb, row: KeyResultRow): KeyResultSource {
  const { id, kpi, value_key: key, combine, shifts, span } = row
  const window = span ? ({ kind: span } as const) : ({ kind: 'shifts', count: shifts ?? 1 } as const)
  if (kpi !== null) return { kind: 'kpi', kpi, window }
  if (key !== null) return { kind: 'values', key, combine: combine ?? 'last', window }
  const milestones = read
    .prepare('SELECT name, weight, due FROM milestone WHERE key_result_id = ? ORDER BY position')
    .all(id) as Milestone[]
  return milestones.length > 0 ? { kind: 'milestones', milestones } : { kind: 'manual' }
}

function readTargets(read: ReadDb, keyResultId: string): TargetStep[] {
  return read
    .prepare(
      `SELECT from_ms AS fromMs, baseline, target, decided_by AS by, reason FROM key_result_target
       WHERE key_result_id = ? ORDER BY from_ms`,
    )
    .all(keyResultId) as TargetStep[]
}

function readProposals(read: ReadDb, keyResultId: string): CounterProposal[] {
  return read
    .prepare(
      `SELECT id, at_ms AS atMs, by, target, due, reason, answer, answered_ms AS answeredMs, answered_by AS answeredBy,
         answer_reason AS answerReason
       FROM counter_proposal WHERE key_result_id = ? ORDER BY at_ms, id`,
    )
    .all(keyResultId) as CounterProposal[]
}
