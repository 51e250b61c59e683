import { createHash } from 'node:crypto'
import type { ReadDb, WriteDb } from '../handles.ts'

export type AuditEntry = {
  atMs: number
  by: string
  device: string
  action: string
  subject: string
  /** JSON. */
  detail: string
}
export type StoredAuditEntry = AuditEntry & { seq: number; hash: string }

/** Before the first entry. */
const noHash = '0'.repeat(64)
const columns = 'seq, at_ms AS atMs, by, device, action, subject, detail, hash'

/** Of an entry and all before it: SHA-256 over the previous hash, a line feed, and the entry as a JSON array. */
function chained(previous: string, entry: AuditEntry & { seq: number }): string {
  const { seq, atMs, by, device, action, subject, detail } = entry
  const words = JSON.stringify([seq, atMs, by, device, action, subject, detail])
  return createHash('sha256').update(`${previous}\n${words}`).digest('hex')
}

/**
 * Adds an entry to the trail. Inside a transaction of the caller it is stored or lost together with what it tells of. Each
 * entry's hash covers all before it.
 */
export function addAudit(write: WriteDb, entry: AuditEntry): void {
  const last = newest(write)
  const seq = (last?.seq ?? 0) + 1
  const previous = last === null ? noHash : last.hash === '' ? walk(write).hash : last.hash
  write
    .prepare(
      'INSERT INTO audit (seq, at_ms, by, device, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      seq,
      entry.atMs,
      entry.by,
      entry.device,
      entry.action,
      entry.subject,
      entry.detail,
      chained(previous, { ...entry, seq }),
    )
}

function newest(read: ReadDb): { seq: number; hash: string } | null {
  const row = read.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get()
  return (row as { seq: number; hash: string } | undefined) ?? null
}

/** "number:hash" of the newest entry, to be kept outside the file; "0:000..." for an empty trail. */
export function auditHead(read: ReadDb): string {
  const last = newest(read)
  if (last === null) return `0:${noHash}`
  return `${last.seq}:${last.hash === '' ? walk(read).hash : last.hash}`
}

/** The newest audit entries before `beforeSeq`, newest first. */
export function readAudit(
  read: ReadDb,
  limit: number,
  beforeSeq: number = Number.MAX_SAFE_INTEGER,
): StoredAuditEntry[] {
  return read
    .prepare(`SELECT ${columns} FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?`)
    .all(beforeSeq, limit) as StoredAuditEntry[]
}

/** The newest entries about any of these subjects, newest first. */
export function readAuditOf(read: ReadDb, subjects: readonly string[], limit: number): StoredAuditEntry[] {
  const newest = read.prepare(`SELECT ${columns} FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT ?`)
  return subjects
    .flatMap((subject) => newest.all(subject, limit) as StoredAuditEntry[])
    .sort((a, b) => b.seq - a.seq)
    .slice(0, limit)
}

/** Who changed something last; null: nobody did. */
export function lastAuditBy(read: ReadDb, subject: string): string | null {
  const sql = 'SELECT by FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT 1'
  return (read.prepare(sql).pluck().get(subject) as string | undefined) ?? null
}

/** All entries, oldest first, one at a time. */
export function eachAudit(read: ReadDb): IterableIterator<StoredAuditEntry> {
  return read.prepare<[], StoredAuditEntry>(`SELECT ${columns} FROM audit ORDER BY seq`).iterate()
}

export type AuditCheck = {
  entries: number
  head: string
  /** Number of the first entry that is not what was written, or is missing; null: the chain holds. */
  brokenAt: number | null
  /** The anchor's hash is the one of its entry. Null: no anchor was given. */
  anchorHolds: boolean | null
}

/**
 * Computes the chain anew. `anchor`: a head as it was printed or published, "number:hash", of which the hash may be shortened
 * to its first 16 digits; it finds also an edit after which all later hashes were computed anew.
 */
export function checkAudit(read: ReadDb, anchor: { seq: number; hash: string } | null): AuditCheck {
  const { hash, seq, brokenAt, hashAt } = walk(read, anchor?.seq)
  const entries = seq
  return {
    entries,
    head: `${seq}:${hash}`,
    brokenAt,
    anchorHolds: anchor === null ? null : hashAt !== null && hashAt.startsWith(anchor.hash),
  }
}

/** Entries written before there were hashes are part of the chain all the same; after the first hash each has its own. */
function walk(read: ReadDb, atSeq?: number) {
  let hash = noHash
  let seq = 0
  let hashed = false
  let brokenAt: number | null = null
  let hashAt: string | null = atSeq === 0 ? noHash : null
  for (const entry of eachAudit(read)) {
    hash = chained(hash, entry)
    seq += 1
    hashed ||= entry.hash !== ''
    if (entry.seq !== seq || (hashed && entry.hash !== hash)) brokenAt ??= seq
    if (entry.seq === atSeq) hashAt = hash
  }
  return { hash, seq, brokenAt, hashAt }
}
