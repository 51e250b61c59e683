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

/** One sentence for the board: why nothing can be stored, and what to do. */
export function storeProblemText(error: unknown): string {
  const code = sqliteCode(error)
  const wait = 'Nothing is acknowledged meanwhile; messages wait at the broker.'
  if (code === null)
    return `Storing fails (${error instanceof Error ? error.message : String(error)}). ${wait}`
  if (code === 'SQLITE_FULL') return `The disk is full: free some space. ${wait}`
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return `Another program has locked the store: close it. ${wait}`
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM') || code === 'SQLITE_CANTOPEN') {
    return `The store cannot be written: check the rights of the data directory, and that its disk is not read-only. ${wait}`
  }
  if (isDamage(error)) {
    return `The store is damaged: start the board again, which sets it aside and goes on with its last copy. ${wait}`
  }
  return `Storing fails (${code}): check the disk. ${wait}`
}
