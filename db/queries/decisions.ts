import type { ReadDb, WriteDb } from '../handles.ts'
import { addAudit, type AuditEntry } from './audit.ts'

/**
 * `escalation`: the board itself told the next one, because nobody had answered in time. `tier`: what a huddle could not solve.
 * Ids of `huddle` and `hourSign` are ISO times in UTC, so that their order is that of time.
 */
export type DecisionKind =
  'kpi' | 'action' | 'barrier' | 'answer' | 'review' | 'escalation' | 'huddle' | 'tier' | 'hourSign'

/** One version of something that was decided for a line. `body` is JSON, checked by whoever reads it. */
export type Decision = {
  id: string
  /** From 1. */
  version: number
  atMs: number
  by: string
  body: string
}

/** The version in force, with the time of the first one. */
export type DecisionNow = Decision & { createdMs: number }

/** What one line may have of a kind in memory; the newest are kept. */
export const maxDecisions = 2_000
/** Versions of one thing that a page may ask for, the newest. */
export const maxVersions = 200

const columns = 'id, version, at_ms AS atMs, by, body'

/** The newest version of each, in the order in which they were first made. */
export function readDecisions(read: ReadDb, line: string, kind: DecisionKind): DecisionNow[] {
  const rows = read
    .prepare(
      `SELECT d.id, d.version, d.at_ms AS atMs, d.by, d.body, first.at_ms AS createdMs
       FROM decision d JOIN decision first
         ON first.line = d.line AND first.kind = d.kind AND first.id = d.id AND first.version = 1
       WHERE d.line = ? AND d.kind = ?
         AND d.version = (SELECT max(version) FROM decision WHERE line = d.line AND kind = d.kind AND id = d.id)
       ORDER BY createdMs DESC, d.id DESC LIMIT ?`,
    )
    .all(line, kind, maxDecisions) as DecisionNow[]
  return rows.reverse()
}

/** The newest version of those whose ids lie in [`from`, `until`), the last ids first, at most `limit`. */
export function readDecisionsById(
  read: ReadDb,
  of: { line: string; kind: DecisionKind; from?: string; until?: string; limit: number },
): Decision[] {
  const { line, kind, from = '', until = '\u{10ffff}', limit } = of
  return read
    .prepare(
      `SELECT ${columns} FROM decision AS d WHERE line = ? AND kind = ? AND id >= ? AND id < ?
         AND version = (SELECT max(version) FROM decision WHERE line = d.line AND kind = d.kind AND id = d.id)
       ORDER BY id DESC LIMIT ?`,
    )
    .all(line, kind, from, until, limit) as Decision[]
}

/** All versions of one, oldest first. */
export function readVersions(read: ReadDb, line: string, kind: DecisionKind, id: string): Decision[] {
  const rows = read
    .prepare(
      `SELECT ${columns} FROM decision WHERE line = ? AND kind = ? AND id = ? ORDER BY version DESC LIMIT ?`,
    )
    .all(line, kind, id, maxVersions) as Decision[]
  return rows.reverse()
}

/**
 * Adds the version after `after` (null: the first), with its audit row, whose detail holds what was before and is after. Null and
 * nothing stored: another version came in between.
 */
export function saveDecision(
  write: WriteDb,
  decision: { line: string; kind: DecisionKind; id: string; after: number | null; body: unknown },
  { reason, ...audit }: Omit<AuditEntry, 'detail' | 'subject'> & { reason?: string },
): { version: number } | null {
  const { line, kind, id, after, body } = decision
  return write.transaction(() => {
    const last = write
      .prepare(
        `SELECT ${columns} FROM decision WHERE line = ? AND kind = ? AND id = ? ORDER BY version DESC LIMIT 1`,
      )
      .get(line, kind, id) as Decision | undefined
    if ((last?.version ?? null) !== after) return null
    const version = (after ?? 0) + 1
    write
      .prepare('INSERT INTO decision (line, kind, id, version, at_ms, by, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(line, kind, id, version, audit.atMs, audit.by, JSON.stringify(body))
    const before: unknown = last === undefined ? null : JSON.parse(last.body)
    const detail = JSON.stringify({ line, kind, version, ...changesOf(before, body), reason })
    addAudit(write, { ...audit, subject: id, detail })
    return { version }
  })()
}

/** Only the fields that differ; what is new is told whole. */
function changesOf(before: unknown, after: unknown): { before: unknown; after: unknown } {
  if (!isObject(before) || !isObject(after)) return { before, after }
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const only = (from: Record<string, unknown>) =>
    Object.fromEntries(changed.map((key) => [key, from[key] ?? null]))
  return { before: only(before), after: only(after) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
