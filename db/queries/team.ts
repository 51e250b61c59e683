import type { Confidence } from '../../shared/domain/key-results.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

export type PersonRole = 'operator' | 'lead' | 'manager' | 'admin'
export type Person = { id: string; name: string; role: PersonRole; pinHash: string }

export type CheckIn = {
  id: string
  keyResultId: string
  atMs: number
  personId: string
  /** Of when the value is; `atMs` unless somebody came late with it. */
  forMs: number
  /** Null: the value comes from the line. */
  value: number | null
  confidence: Confidence
  sentence: string
  obstacles: string
  /** Positions of the milestones that are done; null: it has none. */
  milestones: readonly number[] | null
}

export type AuditEntry = {
  atMs: number
  by: string
  device: string
  action: string
  subject: string
  detail: string
}

/** Check-ins of one key result from `fromMs` on, oldest first, at most the newest `limit`. */
export function readCheckIns(read: ReadDb, keyResultId: string, fromMs: number, limit: number): CheckIn[] {
  const rows = read
    .prepare(
      `SELECT id, key_result_id AS keyResultId, at_ms AS atMs, coalesce(for_ms, at_ms) AS forMs, person_id AS personId, value,
         confidence, sentence, obstacles, milestones
       FROM check_in WHERE key_result_id = ? AND at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ?`,
    )
    .all(keyResultId, fromMs, limit) as (Omit<CheckIn, 'milestones'> & { milestones: string | null })[]
  return rows.reverse().map((row) => ({
    ...row,
    milestones: row.milestones === null ? null : (JSON.parse(row.milestones) as number[]),
  }))
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

/** Who changed something last; null: nobody did. */
export function lastAuditBy(read: ReadDb, subject: string): string | null {
  const sql = 'SELECT by FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT 1'
  return (read.prepare(sql).pluck().get(subject) as string | undefined) ?? null
}

/** The newest audit entries, newest first. */
export function readAudit(read: ReadDb, limit: number): AuditEntry[] {
  return read
    .prepare('SELECT at_ms AS atMs, by, device, action, subject, detail FROM audit ORDER BY seq DESC LIMIT ?')
    .all(limit) as AuditEntry[]
}
