import type { LiveKpi, KeyResult, Objective } from '../../shared/domain/key-results.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

export type PersonRole = 'operator' | 'lead' | 'manager' | 'admin'
export type Person = { id: string; name: string; role: PersonRole; pinHash: string }

export type CheckIn = {
  id: string
  keyResultId: string
  atMs: number
  personId: string
  /** Null: the value comes from the line. */
  value: number | null
  confidence: 'yes' | 'unsure' | 'no'
  sentence: string
}

export type AuditEntry = {
  atMs: number
  by: string
  device: string
  action: string
  subject: string
  detail: string
}

/** An objective with the moment from which it has been kept. */
export type StoredObjective = Objective & { createdMs: number }

type ObjectiveRow = {
  id: string
  line_id: string
  title: string
  cycle_name: string
  cycle_start: string
  cycle_end: string
  created_ms: number
}

type KeyResultRow = {
  id: string
  objective_id: string
  name: string
  unit: string
  decimals: number
  kpi: string | null
  shifts: number | null
  owner: string | null
  baseline: number
  target: number
}

export function hasObjectives(read: ReadDb): boolean {
  return read.prepare('SELECT 1 FROM objective LIMIT 1').get() !== undefined
}

/** A line's objectives with the targets in force, all in plan order. */
export function readObjectives(read: ReadDb, lineId: string): StoredObjective[] {
  const objectives = read
    .prepare('SELECT * FROM objective WHERE line_id = ? ORDER BY position, id')
    .all(lineId) as ObjectiveRow[]
  const keyResults = read.prepare(`
    SELECT k.*, t.baseline, t.target FROM key_result k
    JOIN key_result_target t ON t.key_result_id = k.id
      AND t.from_ms = (SELECT max(from_ms) FROM key_result_target WHERE key_result_id = k.id)
    WHERE k.objective_id = ? ORDER BY k.position, k.id`)
  return objectives.map((row) => ({
    id: row.id,
    lineId: row.line_id,
    title: row.title,
    cycle: { name: row.cycle_name, startDate: row.cycle_start, endDate: row.cycle_end },
    createdMs: row.created_ms,
    keyResults: (keyResults.all(row.id) as KeyResultRow[]).map(keyResultOf),
  }))
}

function keyResultOf(row: KeyResultRow): KeyResult {
  const { id, name, unit, baseline, target, decimals, owner } = row
  const source: KeyResult['source'] =
    row.kpi === null ? { kind: 'manual' } : { kind: 'kpi', kpi: row.kpi as LiveKpi, shifts: row.shifts ?? 1 }
  return { id, name, unit, baseline, target, decimals, source, owner }
}

/** Adds objectives with their key results and first targets, in one transaction. Fails when an id is taken. */
export function addObjectives(
  write: WriteDb,
  objectives: readonly Objective[],
  atMs: number,
  by: string,
): void {
  const addObjective = write.prepare('INSERT INTO objective VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const addKeyResult = write.prepare('INSERT INTO key_result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const addTarget = write.prepare('INSERT INTO key_result_target VALUES (?, ?, ?, ?, ?)')
  write.transaction(() => {
    objectives.forEach((objective, position) => {
      const { id, lineId, title, cycle } = objective
      addObjective.run(id, lineId, position, title, cycle.name, cycle.startDate, cycle.endDate, atMs)
      objective.keyResults.forEach((k, index) => {
        const live = k.source.kind === 'kpi' ? k.source : null
        addKeyResult.run(
          k.id,
          id,
          index,
          k.name,
          k.unit,
          k.decimals,
          live?.kpi ?? null,
          live?.shifts ?? null,
          k.owner,
          atMs,
        )
        addTarget.run(k.id, atMs, k.baseline, k.target, by)
      })
    })
  })()
}

/** Null: there is no such key result. */
export function findKeyResult(read: ReadDb, keyResultId: string): { lineId: string; live: boolean } | null {
  const row = read
    .prepare(
      `SELECT o.line_id AS lineId, k.kpi IS NOT NULL AS live FROM key_result k
       JOIN objective o ON o.id = k.objective_id WHERE k.id = ?`,
    )
    .get(keyResultId) as { lineId: string; live: number } | undefined
  return row === undefined ? null : { lineId: row.lineId, live: row.live === 1 }
}

/** Check-ins of one key result from `fromMs` on, oldest first, at most the newest `limit`. */
export function readCheckIns(read: ReadDb, keyResultId: string, fromMs: number, limit: number): CheckIn[] {
  const rows = read
    .prepare(
      `SELECT id, key_result_id AS keyResultId, at_ms AS atMs, person_id AS personId, value, confidence, sentence
       FROM check_in WHERE key_result_id = ? AND at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ?`,
    )
    .all(keyResultId, fromMs, limit) as CheckIn[]
  return rows.reverse()
}

/** Stores a check-in and its audit entry together. */
export function addCheckIn(write: WriteDb, checkIn: CheckIn, audit: AuditEntry): void {
  write.transaction(() => {
    write
      .prepare('INSERT INTO check_in VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(
        checkIn.id,
        checkIn.keyResultId,
        checkIn.atMs,
        checkIn.personId,
        checkIn.value,
        checkIn.confidence,
        checkIn.sentence,
      )
    addAudit(write, audit)
  })()
}

/** People who may sign, by name. */
export function readPeople(read: ReadDb): Person[] {
  return read
    .prepare(
      'SELECT id, name, role, pin_hash AS pinHash FROM person WHERE retired_ms IS NULL ORDER BY name, id',
    )
    .all() as Person[]
}

export function insertPerson(write: WriteDb, person: Person, atMs: number): void {
  write
    .prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?, NULL)')
    .run(person.id, person.name, person.role, person.pinHash, atMs)
}

export function addAudit(write: WriteDb, entry: AuditEntry): void {
  write
    .prepare('INSERT INTO audit (at_ms, by, device, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)')
    .run(entry.atMs, entry.by, entry.device, entry.action, entry.subject, entry.detail)
}

/** The newest audit entries, newest first. */
export function readAudit(read: ReadDb, limit: number): AuditEntry[] {
  return read
    .prepare('SELECT at_ms AS atMs, by, device, action, subject, detail FROM audit ORDER BY seq DESC LIMIT ?')
    .all(limit) as AuditEntry[]
}
