import type { Board, BoardPart } from '../../shared/contract/board.ts'

export const boardParts = Object.keys({
  site: true,
  health: true,
  line: true,
  status: true,
  hours: true,
  oee: true,
  scrap: true,
  changeover: true,
  keyResults: true,
  boardHealth: true,
  cadence: true,
  sqdcp: true,
  actions: true,
  gaps: true,
  kpis: true,
  strategy: true,
  plant: true,
  huddle: true,
} satisfies Record<BoardPart, true>) as readonly BoardPart[]

/** A board whose only news are the numbers that count pieces, and the one that it follows. */
export type CountedBoard = { before: Board; after: Board }

/** Equality of plain JSON values. Keys whose value is undefined count as missing. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => sameJson(item, b[index]))
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  for (const key of Object.keys(left)) if (!sameJson(left[key], right[key])) return false
  return Object.keys(right).every((key) => right[key] === undefined || Object.hasOwn(left, key))
}

/** `after`, with each part that equals its part of `before` replaced by that one, so that identity tells what changed. */
export function keepEqualParts(before: Board | null, after: Board): Board {
  if (before === null) return after
  const kept: Record<string, unknown> = {}
  for (const part of boardParts) kept[part] = sameJson(before[part], after[part]) ? before[part] : after[part]
  return kept as Board
}

/** Parts of `after` that are not those of `before`, judged by identity; null: none. */
export function changedParts(before: Board, after: Board): Partial<Board> | null {
  const parts: Record<string, unknown> = {}
  for (const part of boardParts) if (before[part] !== after[part]) parts[part] = after[part]
  return Object.keys(parts).length > 0 ? (parts as Partial<Board>) : null
}
