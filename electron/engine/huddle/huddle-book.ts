import type { HourSigned, HuddleMinutes } from '../../../shared/contract/board-huddle.ts'
import type { HuddleLine } from '../../../shared/contract/huddle-calls.ts'
import type { EpochMs, Interval } from '../../../shared/domain/facts.ts'
import {
  hourSignSchema,
  huddleSchema,
  tierItemSchema,
  type Huddle,
  type TierItem,
} from '../../../shared/domain/huddle/huddle.ts'
import {
  type Decision,
  readDecisions,
  readDecisionsById,
  readVersions,
} from '../../../db/queries/decisions.ts'
import type { ReadDb } from '../../../db/handles.ts'

/** Huddles that are looked through for the last one that has minutes. */
const lookBack = 20
/** Hours of one shift, at the finest pitch. */
const maxSigns = 200

/** Signs what the board does by itself. */
export const boardItself = { by: 'Lineside', device: '' }

/** A huddle with the version that holds. */
export type StoredHuddle = Huddle & {
  version: number
  /** When it was last touched. */
  atMs: EpochMs
}
export type StoredTierItem = TierItem & {
  version: number
  raisedMs: EpochMs
  raisedBy: string
  /** Of the answer, where there is one. */
  atMs: EpochMs
  by: string
}

export type LineHuddles = {
  current: StoredHuddle | null
  /** The newest that has minutes. */
  last: StoredHuddle | null
  /** Start of the newest one, however it ended. */
  newest: StoredHuddle | null
  /** In the order in which they were raised. */
  tier: readonly StoredTierItem[]
}

/** Huddles of the lines, in memory until they change. */
export type HuddleBook = {
  of: (lineId: string) => LineHuddles
  changed: (lineId: string) => void
  /** Signed hours of a shift by their start. */
  signs: (lineId: string, shift: Interval) => ReadonlyMap<EpochMs, HourSigned>
  /** Those that are over, newest first. */
  lines: (lineId: string, limit: number) => HuddleLine[]
  find: (lineId: string, id: string) => StoredHuddle | null
}

export function isoOf(atMs: EpochMs): string {
  return new Date(atMs).toISOString()
}

export function createHuddleBook(read: ReadDb): HuddleBook {
  const lines = new Map<string, LineHuddles>()
  const signed = new Map<string, { shiftMs: number; signs: ReadonlyMap<EpochMs, HourSigned> }>()

  function newest(line: string, limit: number): StoredHuddle[] {
    return readDecisionsById(read, { line, kind: 'huddle', limit }).flatMap(huddleOf)
  }

  return {
    of(lineId) {
      let known = lines.get(lineId)
      if (known === undefined) {
        const huddles = newest(lineId, lookBack)
        known = {
          current: huddles.find(({ endedMs }) => endedMs === null) ?? null,
          last: huddles.find(({ minutes }) => minutes !== null) ?? null,
          newest: huddles[0] ?? null,
          tier: readDecisions(read, lineId, 'tier').flatMap((stored) => tierOf(read, lineId, stored)),
        }
        lines.set(lineId, known)
      }
      return known
    },
    changed(lineId) {
      lines.delete(lineId)
      signed.delete(lineId)
    },
    signs(lineId, shift) {
      const known = signed.get(lineId)
      if (known?.shiftMs === shift.startMs) return known.signs
      const window = { from: isoOf(shift.startMs), until: isoOf(shift.endMs) }
      const rows = readDecisionsById(read, { line: lineId, kind: 'hourSign', ...window, limit: maxSigns })
      const signs = new Map(
        rows.flatMap(({ body, by, atMs }): [EpochMs, HourSigned][] => {
          const parsed = hourSignSchema.safeParse(JSON.parse(body))
          return parsed.success ? [[parsed.data.startMs, { by, atMs, made: parsed.data.made }]] : []
        }),
      )
      signed.set(lineId, { shiftMs: shift.startMs, signs })
      return signs
    },
    lines(lineId, limit) {
      return newest(lineId, limit + 1)
        .flatMap(({ id, startedMs, endedMs, shiftName, present, outcome, minutes }): HuddleLine[] => {
          if (endedMs === null || outcome === null) return []
          const agreed = (minutes as HuddleMinutes | null)?.agreed.length ?? 0
          return [
            { id, startedMs, endedMs, shiftName, present, outcome, agreed, hasMinutes: minutes !== null },
          ]
        })
        .slice(0, limit)
    },
    find: (lineId, id) => newestOf(read, lineId, id),
  }
}

function newestOf(read: ReadDb, line: string, id: string): StoredHuddle | null {
  const until = `${id}\u{0}`
  return (
    readDecisionsById(read, { line, kind: 'huddle', from: id, until, limit: 1 }).flatMap(huddleOf)[0] ?? null
  )
}

function huddleOf({ body, version, atMs }: Decision): StoredHuddle[] {
  const parsed = huddleSchema.safeParse(JSON.parse(body))
  return parsed.success ? [{ ...parsed.data, version, atMs }] : []
}

function tierOf(
  read: ReadDb,
  line: string,
  { id, body, version, atMs, by, createdMs }: Decision & { createdMs: EpochMs },
): StoredTierItem[] {
  const parsed = tierItemSchema.safeParse(JSON.parse(body))
  if (!parsed.success) return []
  const raisedBy = readVersions(read, line, 'tier', id)[0]?.by ?? by
  return [{ ...parsed.data, version, atMs, by, raisedMs: createdMs, raisedBy }]
}
