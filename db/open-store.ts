import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeStore } from './copy-store.ts'
import { databaseFile } from './data-dir.ts'
import { NewerFormatError } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import type { OpenDatabase } from './open-database.ts'
import { DamagedError } from './quick-check.ts'

/** Stores that were set aside are kept up to this number; the smallest makes room for the next. */
export const setAsideLimit = 3
const setAsideName = /^lineside\.db\.(damaged|newer)-\d{8}T\d{6}Z$/

/** The board's own checked copy of the store, in the data directory. */
export function ownCopyFile(dir: string): string {
  return `${databaseFile(dir)}.copy`
}

/** A note beside the store that it was found damaged while it ran: the next start sets it aside. */
function damageMark(dir: string): string {
  return `${databaseFile(dir)}.damage-found`
}

export function markDamaged(dir: string): void {
  writeFileSync(damageMark(dir), '')
}

/** What became of a store that could not be used. */
export type SetAside = {
  why: 'damaged' | 'newer'
  /** Name of the file in the data directory. */
  name: string
  /** When the copy was made that takes its place; null: the store is empty now. Epoch milliseconds. */
  copyMs: number | null
}

export type OpenStore = { database: OpenDatabase; setAside: SetAside | null }

/**
 * Opens the store of a data directory and checks it. One that is damaged, or was written by a newer Lineside, is set aside
 * under another name, and the board's own copy or an empty store takes its place: a board is never dark because of it.
 * Throws what else keeps a store from being opened (rights, a full disk, an old runtime).
 */
export function openStore(dir: string, options: { nowMs: number; nativeBinding?: string }): OpenStore {
  const file = databaseFile(dir)
  const open = (): OpenDatabase => openDatabase({ file, nativeBinding: options.nativeBinding, check: true })
  try {
    if (existsSync(damageMark(dir))) throw new DamagedError('found while the board ran')
    return { database: open(), setAside: null }
  } catch (error) {
    const why = whyUnusable(error)
    if (why === null) throw error
    makeRoom(dir)
    const name = keepAside(dir, why, options.nowMs)
    const copyMs = putCopyInPlace(dir)
    try {
      return { database: open(), setAside: { why, name, copyMs } }
    } catch (failure) {
      if (copyMs === null || whyUnusable(failure) === null) throw failure
      removeStore(file)
      return { database: open(), setAside: { why, name, copyMs: null } }
    }
  }
}

/** Answers when the copy was made; null: there is none, or no room for it. */
function putCopyInPlace(dir: string): number | null {
  const copy = ownCopyFile(dir)
  const part = `${databaseFile(dir)}.part`
  try {
    if (!existsSync(copy)) return null
    copyFileSync(copy, part)
    renameSync(part, databaseFile(dir))
    return Math.round(statSync(copy).mtimeMs)
  } catch {
    removeStore(part)
    return null
  }
}

/** Stores that were set aside and still lie in the data directory, by name. */
export function listSetAside(dir: string): string[] {
  return readdirSync(dir).filter((name) => setAsideName.test(name))
}

function whyUnusable(error: unknown): SetAside['why'] | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof NewerFormatError) return 'newer'
    if ('code' in at && /^SQLITE_(CORRUPT|NOTADB)/.test(String(at.code))) return 'damaged'
  }
  return null
}

/** Puts a whole store in the place of the present one. Answers the name under which that is kept; null: there was none. */
export function replaceStore(dir: string, whole: string, nowMs: number): string | null {
  const kept = existsSync(databaseFile(dir)) ? keepAside(dir, 'replaced', nowMs) : null
  rmSync(damageMark(dir), { force: true })
  renameSync(whole, databaseFile(dir))
  return kept
}

/** Gives the store another name in the same directory, with what SQLite had not moved into the file yet. Answers the name. */
function keepAside(dir: string, why: SetAside['why'] | 'replaced', nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')
  const name = `lineside.db.${why}-${stamp}`
  for (const suffix of ['', '-wal']) {
    const from = `${databaseFile(dir)}${suffix}`
    if (existsSync(from)) renameSync(from, join(dir, `${name}${suffix}`))
  }
  removeStore(databaseFile(dir))
  rmSync(damageMark(dir), { force: true })
  return name
}

function makeRoom(dir: string): void {
  const bySize = listSetAside(dir)
    .map((name) => ({ name, size: statSync(join(dir, name)).size }))
    .sort((a, b) => a.size - b.size)
  const tooMany = bySize.length - (setAsideLimit - 1)
  for (const { name } of bySize.slice(0, Math.max(0, tooMany))) removeStore(join(dir, name))
}
