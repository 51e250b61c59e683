import { z } from 'zod'
import type { EpochMs } from '../domain/facts.ts'
import { maxPresent } from '../domain/huddle/agenda.ts'
import type { HuddleMinutes, ShiftReport } from './board-huddle.ts'
import { key, signed, text } from './call-fields.ts'

const lineId = key(40)
/** Of the huddle that is on: a late tap on one that is over changes nothing. */
const huddle = key(40)

/** What a page may ask about huddles; spread into `calls`. */
export const huddleCalls = {
  /** The one that is on, where one is. */
  startHuddle: z.strictObject({ lineId }),
  /** To a step by its index: said twice it is the same. */
  stepHuddle: z.strictObject({ lineId, huddle, step: z.int().min(0).max(20) }),
  countPresent: z.strictObject({ lineId, huddle, present: z.int().min(0).max(maxPresent) }),
  finishHuddle: z.strictObject({ lineId, huddle }),
  /** Signs hours of a shift that are over, by their start. */
  signHours: z.strictObject({ lineId, startsMs: z.array(z.int()).min(1).max(24), ...signed }),
  /** Asks the next tier about something: an open action, or (null) what `what` says. */
  raiseToTier: z.strictObject({
    lineId,
    id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
    what: text(120),
    action: key(40).nullable(),
    ...signed,
  }),
  answerTier: z.strictObject({
    lineId,
    id: key(60),
    version: z.int().min(1),
    answer: text(200),
    ...signed,
  }),
  /** What stands on paper: the minutes of a huddle, or (null) the report of the last shift, or of the one that began at `shiftMs`. */
  paper: z.strictObject({ lineId, huddle: huddle.nullable(), shiftMs: z.int().optional() }),
  /** The last shift and those before it whose reports can be made, newest first, at most `maxReportShifts`. */
  reportShifts: z.strictObject({ lineId }),
  /** The newest huddles that are over, newest first. */
  huddles: z.strictObject({ lineId, limit: z.int().min(1).max(50) }),
} as const

export type HuddleLine = {
  id: string
  startedMs: EpochMs
  endedMs: EpochMs
  shiftName: string | null
  present: number | null
  agreed: number
  outcome: 'finished' | 'lapsed'
  /** One to which nobody came has none. */
  hasMinutes: boolean
}

/** A week of three shifts. */
export const maxReportShifts = 21
export type ReportShift = Pick<ShiftReport['shift'], 'name' | 'date' | 'startMs' | 'endMs'>

/** One page: what was frozen, with the head of the audit trail that goes with it. */
export type PaperAnswer = {
  /** `number:hash`, for `lineside check-audit --anchor`. */
  auditHead: string
  /** As known at this instant: the end of the huddle, or now. */
  atMs: EpochMs
  report: ShiftReport | null
  huddle: Omit<HuddleLine, 'agreed' | 'hasMinutes'> | null
  minutes: HuddleMinutes | null
  /** Good pieces of the shift as known today, beside what was frozen; null: nothing is known of it. */
  nowMade: number | null
}

type Signed = { by: string; atMs: EpochMs }

export type HuddleCallResult = {
  startHuddle: { huddle: string }
  stepHuddle: { step: number }
  countPresent: { present: number }
  finishHuddle: { huddle: string; endedMs: EpochMs; raised: number }
  signHours: Signed & { hours: number }
  raiseToTier: Signed
  answerTier: Signed
  huddles: readonly HuddleLine[]
  paper: PaperAnswer
  reportShifts: readonly ReportShift[]
}
