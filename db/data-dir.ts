import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The store's file in a data directory. */
export function databaseFile(dir: string): string {
  return join(dir, 'lineside.db')
}

type Holder = {
  pid: number
  /** when the kernel started it, in clock ticks since boot; null where unknown */ born: string | null
}

const lockName = 'lineside.lock'
const heldHere = new Set<string>()

/**
 * Makes this process the one writer of the data directory (made when missing). Throws one sentence when a living process
 * holds it; the lock of a dead one is taken over. Call `release` at the end; twice is fine.
 */
export function lockDataDir(dir: string): { release: () => void } {
  const folder = resolve(dir)
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, lockName)
  const mine = `${lock}.${process.pid}`
  if (heldHere.has(folder)) throw taken(folder, process.pid)
  writeFileSync(mine, JSON.stringify({ pid: process.pid, born: bornOf(process.pid) } satisfies Holder))
  try {
    if (!tryLink(mine, lock)) {
      const found = readLock(lock)
      const holder = parseHolder(found)
      if (holder && isAlive(holder)) throw taken(folder, holder.pid)
      setAside(lock, found)
      if (!tryLink(mine, lock)) throw taken(folder, parseHolder(readLock(lock))?.pid ?? null)
    }
  } finally {
    unlinkSync(mine)
  }
  heldHere.add(folder)
  return {
    release: () => {
      if (!heldHere.delete(folder)) return
      if (parseHolder(readLock(lock))?.pid === process.pid) unlinkSync(lock)
    },
  }
}

function taken(folder: string, pid: number | null): Error {
  return new Error(
    `The data directory ${folder} is in use by another running board${pid === null ? '' : ` (process ${pid})`}: stop that one, or start with another --data directory`,
  )
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readLock(lock: string): string {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return ''
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null
    return typeof value?.pid === 'number' ? { pid: value.pid, born: value.born ?? null } : null
  } catch {
    return null
  }
}

/** Field 22 of /proc/<pid>/stat tells a reused process id apart; other systems have only the id. */
function bornOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const born = bornOf(holder.pid)
  return born === null || holder.born === null || born === holder.born
}

/** Moves a dead lock away. Somebody else may take it over at the same moment: then theirs is put back. */
function setAside(lock: string, expected: string): void {
  const aside = `${lock}.dead.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (readLock(aside) !== expected) tryLink(aside, lock)
  unlinkSync(aside)
}
