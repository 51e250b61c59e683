import type { DecisionKind } from '../../db/queries/decisions.ts'
import type { ReadDb } from '../../db/handles.ts'
import { readObjective } from '../../db/queries/objectives.ts'
import { type AuditRecord, recordsOf } from '../../electron/engine/okr/records.ts'
import type { StoredObjective } from '../../shared/domain/okr/stored.ts'

export type TrailEntry = { action: string; subject: string; atMs: number; by: string; detail: string }

/** What an entry of the trail may say about a change of objectives, or of something that was decided. */
type Detail = {
  before?: AuditRecord | null
  after?: AuditRecord
  line?: string
  kind?: DecisionKind
  version?: number
  proposal?: { id: string; keyResultId: string; target: number; reason: string }
  proposalId?: string
  accept?: boolean
  normal?: AuditRecord
}

/** Plays the audit trail from its beginning: each entry must go on from what the ones before it said, up to the tables. */
export function compareAudit(read: ReadDb): { entries: TrailEntry[]; differences: string[] } {
  const entries = read
    .prepare('SELECT action, subject, at_ms AS atMs, by, detail FROM audit ORDER BY seq')
    .all() as TrailEntry[]
  const told = entries.map((entry) => ({ ...entry, ...(JSON.parse(entry.detail) as Detail) }))
  const differences: string[] = []
  const objectives = (read.prepare('SELECT id FROM objective').pluck().all() as string[]).map((id) =>
    readObjective(read, id)!,
  )
  compareRecords(told, objectives, differences)
  compareHistory(told, objectives, differences)
  compareDecisions(told, read, differences)
  const rows = (sql: string) => read.prepare(sql).pluck().all() as string[]
  const checkIns = told.filter(({ action }) => action === 'checkIn').map(({ after }) => String(after?.id))
  same('check-ins', checkIns, rows('SELECT id FROM check_in'), differences)
  const normals = told.flatMap(({ subject, normal, before }) =>
    // The objective's own entry tells the same once more.
    normal && before && 'ended' in before ? [`${subject} ${words(normal)}`] : [],
  )
  same('baselines', normals, baselines(read), differences)
  return { entries, differences }
}

type Told = TrailEntry & Detail

/** Objectives and key results as the trail tells them, against the tables. */
function compareRecords(
  told: readonly Told[],
  objectives: readonly StoredObjective[],
  differences: string[],
): void {
  const played = new Map<string, AuditRecord>()
  for (const { action, subject, before, after, kind } of told) {
    if (after === undefined || kind !== undefined || action === 'checkIn') continue
    const known = played.get(subject)
    goesOn(`${action} ${subject}`, known, before, differences)
    played.set(subject, { ...known, ...after })
  }
  const stored = new Map(objectives.flatMap((one) => [...recordsOf(one)]))
  for (const [id, record] of stored) {
    if (words(played.get(id)) !== words(record)) differences.push(`state of ${id}`)
  }
  for (const id of played.keys()) if (!stored.has(id)) differences.push(`no row of ${id}`)
}

/** Targets that were in force and proposals with their answers, against the tables. */
function compareHistory(
  told: readonly Told[],
  objectives: readonly StoredObjective[],
  differences: string[],
): void {
  const targets = new Map<string, string[]>()
  const proposals = new Map<string, string>()
  const last = new Map<string, AuditRecord>()
  for (const { subject, after, by, proposal, proposalId, accept } of told) {
    if (proposal) proposals.set(proposal.id, words({ ...proposal, answer: 'open' }))
    if (proposalId !== undefined) {
      const answer = accept ? 'accepted' : 'declined'
      const known = JSON.parse(proposals.get(proposalId) ?? '[]') as [string, unknown][]
      proposals.set(proposalId, words({ ...Object.fromEntries(known), answer }))
    }
    if (after?.target === undefined && after?.baseline === undefined) continue
    const now = { ...last.get(subject), ...after }
    last.set(subject, now)
    const step = `${now.baseline as number} to ${now.target as number} by ${by}`
    targets.set(subject, [...(targets.get(subject) ?? []), step])
  }
  const keyResults = objectives.flatMap((one) => one.keyResults)
  for (const { id, targets: steps } of keyResults) {
    const stored = steps.map(({ baseline, target, by }) => `${baseline} to ${target} by ${by}`)
    const changes = (list: readonly string[]) => list.filter((step, i) => step !== list[i - 1])
    if (words(changes(stored)) !== words(changes(targets.get(id) ?? []))) differences.push(`targets of ${id}`)
  }
  const stored = keyResults.flatMap(({ id: keyResultId, proposals: of }) =>
    of.map(({ id, target, due, reason, answer }) => words({ id, keyResultId, target, due, reason, answer })),
  )
  same('proposals', [...proposals.values()], stored, differences)
}

/** Every version of every decision, against the table. */
function compareDecisions(told: readonly Told[], read: ReadDb, differences: string[]): void {
  const played = new Map<string, AuditRecord>()
  const versions: string[] = []
  for (const { action, subject, atMs, by, line, kind, version, before, after } of told) {
    if (kind === undefined || after === undefined) continue
    const key = `${line} ${kind} ${subject}`
    goesOn(`${action} ${subject}`, played.get(key), before, differences)
    const now = { ...played.get(key), ...after }
    played.set(key, now)
    versions.push(`${key} ${version} ${atMs} ${by} ${words(now)}`)
  }
  const rows = read.prepare('SELECT line, kind, id, version, at_ms, by, body FROM decision').all() as {
    line: string
    kind: string
    id: string
    version: number
    at_ms: number
    by: string
    body: string
  }[]
  const stored = rows.map(
    ({ line, kind, id, version, at_ms, by, body }) =>
      `${line} ${kind} ${id} ${version} ${at_ms} ${by} ${words(JSON.parse(body) as AuditRecord)}`,
  )
  same('decisions', versions, stored, differences)
}

/** What an entry says was before must be what the entries before it have told. */
function goesOn(
  what: string,
  known: AuditRecord | undefined,
  before: AuditRecord | null | undefined,
  differences: string[],
): void {
  if (before === null && known) differences.push(`${what}: made twice`)
  for (const [key, value] of Object.entries(before ?? {})) {
    if (JSON.stringify(known?.[key] ?? null) !== JSON.stringify(value)) {
      differences.push(`${what}: ${key} before`)
    }
  }
}

function baselines(read: ReadDb): string[] {
  const rows = read
    .prepare('SELECT key_result_id AS id, baseline, target, lower, upper, from_ms AS fromMs FROM baseline')
    .all() as ({ id: string } & AuditRecord)[]
  return rows.map(({ id, ...normal }) => `${id} ${words(normal)}`)
}

function same(what: string, told: readonly string[], kept: readonly string[], differences: string[]): void {
  const known = new Set(told)
  const stored = new Set(kept)
  for (const one of kept) if (!known.has(one)) differences.push(`${what}: only stored: ${one}`)
  for (const one of told) if (!stored.has(one)) differences.push(`${what}: only told: ${one}`)
  if (told.length !== kept.length) differences.push(`${what}: ${told.length} told, ${kept.length} stored`)
}

/** The same text for the same fields, in whatever order; null and missing are the same. */
function words(record: AuditRecord | readonly string[] | undefined): string {
  const fields = Object.entries(record ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
}
