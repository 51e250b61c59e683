import type { StoreProblemKind } from '../../../shared/contract/board.ts'

/** Codes that say something about one message's data, not about the store. */
const dataCodes = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/

function sqliteCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null
}

/** True when the store itself refuses (disk full, locked, unreadable): trying again later is right. */
export function isStoreError(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== null && !dataCodes.test(code)
}

/** True when SQLite finds that the file is not what was written. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error) ?? '')
}

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

/** Why nothing can be stored: for the board, which has words of its own, and in one sentence for everybody else. */
export type StoreProblem = { kind: StoreProblemKind; text: string }

function kindOf(error: unknown): StoreProblemKind {
  const code = sqliteCode(error)
  if (code === 'SQLITE_FULL' || isNoSpace(error)) return 'full'
  if (code !== null && /^SQLITE_(BUSY|LOCKED)/.test(code)) return 'locked'
  if (code !== null && /^SQLITE_(READONLY|PERM|CANTOPEN$)/.test(code)) return 'readonly'
  return isDamage(error) ? 'damaged' : 'failing'
}

export function storeProblemOf(error: unknown): StoreProblem {
  const wait = 'Nothing is acknowledged meanwhile; messages wait at the broker.'
  const said = sqliteCode(error) ?? (error instanceof Error ? error.message : String(error))
  const words: Record<StoreProblemKind, string> = {
    full: 'The disk is full: free some space.',
    locked: 'Another program has locked the store: close it.',
    readonly:
      'The store cannot be written: check the rights of the data directory, and that its disk is not read-only.',
    damaged:
      'The store is damaged: start the board again, which sets it aside and goes on with its last copy.',
    failing: `Storing fails (${said}): check the disk.`,
  }
  const kind = kindOf(error)
  return { kind, text: `${words[kind]} ${wait}` }
}
