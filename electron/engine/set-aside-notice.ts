import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SetAside } from '../../db/open-store.ts'
import type { StoreNotice } from '../../shared/contract/board.ts'

type Memo = { get: (name: string) => string | null; set: (name: string, value: string) => void }

const noticeMemo = 'store-set-aside'

/** Keeps in mind, over restarts, that a store was set aside. */
export function noteSetAside(memo: Memo, { why, name, copyMs }: SetAside): void {
  memo.set(noticeMemo, JSON.stringify({ why, name, copyMs }))
}

/** For the log. */
export function setAsideText({ why, name, copyMs }: SetAside): string {
  const reason = why === 'damaged' ? 'The store was damaged' : 'The store was written by a newer Lineside'
  const instead =
    copyMs === null ? 'an empty one' : `the copy of ${new Date(copyMs).toISOString().slice(0, 16)}Z`
  return `${reason} and was set aside as ${name}; the board goes on with ${instead}. Move that file away when it is dealt with.`
}

/**
 * As long as the store that was set aside lies in the data directory; null: there is none. What was noted is read once: every
 * board asks.
 */
export function createSetAsideNotice(memo: Memo, dir: string): () => StoreNotice | null {
  const noted = memo.get(noticeMemo)
  const setAside = noted === null ? null : (JSON.parse(noted) as SetAside)
  return () =>
    setAside !== null && existsSync(join(dir, setAside.name)) ? { kind: 'setAside', ...setAside } : null
}
