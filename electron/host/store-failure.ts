import { databaseFile } from '../../db/data-dir.ts'
import { HostError, reasonOf } from './host-error.ts'

/** Why a data folder or its store cannot be used, as one sentence that says what to do. */
export function storeFailure(error: unknown, dataDir: string): HostError {
  if (error instanceof HostError) return error
  return new HostError(sentence(codeOf(error), dataDir) ?? reasonOf(error))
}

function sentence(code: string, dataDir: string): string | null {
  switch (code) {
    case 'EROFS':
      return `The data folder ${dataDir} is on a read-only disk, and the board must write there: make the disk writable (Linux makes a failing one read-only: check it), or give another folder with --data.`
    case 'SQLITE_READONLY':
      return `The store ${databaseFile(dataDir)} is read-only, and the board must write it: make it and its folder writable for this user, or give another folder with --data.`
    case 'EACCES':
    case 'EPERM':
    case 'ENOENT':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return `The data folder ${dataDir} cannot be used by this user (${code}): make it and its files this user's own, or give another one with --data.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${dataDir} is not a folder: give a folder with --data.`
    case 'EISDIR':
      return `The store ${databaseFile(dataDir)} is not a file: give another folder with --data.`
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return `The disk that holds ${dataDir} is full: free some space and start again. What was stored is kept.`
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The store ${databaseFile(dataDir)} is damaged and was left as it is: restore a copy of it, or move it away to begin with an empty one.`
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return `Another program has locked the store ${databaseFile(dataDir)}: close it and try again.`
    case 'SQLITE_IOERR':
      return `The disk that holds ${dataDir} fails to read or write: check it.`
    default:
      return null
  }
}

/** The system's or SQLite's code, without SQLite's detail ("SQLITE_READONLY_DIRECTORY"); also that of the cause. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : ''
    if (code.startsWith('SQLITE_')) return code.split('_').slice(0, 2).join('_')
    if (code !== '') return code
  }
  return ''
}
