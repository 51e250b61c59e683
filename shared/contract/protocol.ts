import { z } from 'zod'
import type { EpochMs } from '../domain/facts.ts'
import { safetyKinds } from '../domain/daily-letters.ts'
import type { StopEntry } from '../domain/kpi.ts'
import type { Board } from './board.ts'
import type { PieceCounts } from './board-line.ts'
import { key, badge, optionalText, pin, signed, text } from './call-fields.ts'
import type { CallTimes } from './board-huddle.ts'
import { huddleCalls, type HuddleCallResult } from './huddle-calls.ts'
import { kpiCalls, type KpiCallResult } from './kpi-calls.ts'
import { okrCalls, type OkrCallResult } from './okr-calls.ts'
import type { HealthReport } from './health.ts'
import { personRoles, type PersonRole } from './rights.ts'
import type { SelfTestReport } from './self-test.ts'

/**
 * The whole protocol between a page and the engine. One Channel carries birpc messages both ways: the page calls the
 * engine's listed functions, the engine calls `push` on the page. A push is a snapshot, a patch of whole parts against
 * the previous push, the numbers that count pieces, or a tick; the page acknowledges by sequence number, and a page that
 * falls behind gets one snapshot.
 */
export { callDeadlineMs, patchIntervalMs, protocolVersion, tickLossMs } from './timing.ts'

/** Three methods, so that MessagePort and WebSocket look alike. Messages are plain JSON values. */
export type Channel = {
  send: (message: unknown) => void
  onMessage: (listener: (message: unknown) => void) => void
  onClose: (listener: () => void) => void
}

/** After `counts` follows what else changed, when it is acknowledged or with the next tick. */
export type Push =
  | { type: 'snapshot'; seq: number; nowMs: EpochMs; board: Board }
  | { type: 'patch'; seq: number; nowMs: EpochMs; parts: Partial<Board> }
  | { type: 'counts'; seq: number; nowMs: EpochMs; counts: PieceCounts }
  | { type: 'tick'; seq: number; nowMs: EpochMs }

const lineId = key(40)
const role = z.enum(personRoles)
const personId = text(60)
/** The entry's own id, made by the page: a call that is sent again after a broken connection is entered once. */
const entryId = { entryId: z.uuid().optional() }
const correctedPieces = z.int().min(-9_999).max(9_999)

/** Input of every function that a page may call. Nothing else is callable. */
export const calls = {
  hello: z.strictObject({ protocol: z.int(), lineId: lineId.nullable() }),
  ack: z.strictObject({ seq: z.int().min(0) }),
  /** This page acts for the person from now on, until `signOut` or until it was left alone for a while. */
  signIn: z.strictObject({ pin }),
  /** The same with what a reader types of a badge. */
  signInBadge: z.strictObject({ badge }),
  signOut: z.strictObject({}),
  /** `cell`: where it was found, `foundBy`: who found it. */
  logScrap: z.strictObject({
    lineId,
    reason: text(40),
    qty: z.int().min(1).max(999),
    cell: text(40).optional(),
    detected: z.enum(['internal', 'customer']).optional(),
    foundBy: text(40).optional(),
    ...entryId,
  }),
  /** `atMs`: of the shift that ran then, at most lateReasonMs ago; else of the shift on show. */
  openStops: z.strictObject({ lineId, atMs: z.int().optional() }),
  selfTest: z.strictObject({ lineId }),
  setStopReason: z.strictObject({ lineId, startMs: z.int(), reason: text(40), ...entryId }),
  /** The stop that began at `startMs` becomes two, the second one from `atMs` on. */
  splitStop: z.strictObject({ lineId, startMs: z.int(), atMs: z.int(), ...entryId }),
  /** Stops of one shift that are over become one, with what stood between them; with this reason where one is given. */
  mergeStops: z.strictObject({
    lineId,
    startsMs: z.array(z.int()).min(2).max(20),
    reason: text(40).nullable(),
    ...entryId,
  }),
  startChangeover: z.strictObject({ lineId, to: text(60).nullable(), ...entryId }),
  endChangeover: z.strictObject({ lineId, ...entryId }),
  /** An open call for the same help at the same place is raised once more instead. */
  raiseCall: z.strictObject({
    lineId,
    category: text(40),
    cell: text(40).nullable(),
    text: text(200).nullable(),
    ...entryId,
  }),
  /** `who`: for whom the station speaks; whoever is signed in by default. `text`: the cause, where it is solved. */
  answerCall: z.strictObject({
    lineId,
    call: text(64),
    event: z.enum(['ack', 'coming', 'again', 'resolve', 'reject', 'cancel']),
    who: text(60).nullable(),
    text: text(200).nullable(),
    ...entryId,
  }),
  /** How quickly calls were answered and solved in the shift on show, or in the one that ran at `atMs`, by kind of help. */
  callTimes: z.strictObject({ lineId, atMs: z.int().optional() }),
  /** A step of the running changeover has begun. */
  changeoverStep: z.strictObject({ lineId, step: text(60), ...entryId }),
  /** `day`: when it happened, a local date of the last `entryDays` days. */
  enterSafety: z.strictObject({
    lineId,
    what: z.enum(safetyKinds),
    day: z.iso.date(),
    text: optionalText(200),
    ...entryId,
    ...signed,
  }),
  /** A figure of plant.yaml for a day's letter; the newest one of a day counts. */
  enterFigure: z.strictObject({
    lineId,
    figure: text(40),
    day: z.iso.date(),
    value: z.number().min(-1e9).max(1e9),
    ...entryId,
    ...signed,
  }),
  addNote: z.strictObject({ lineId, text: text(200), ...entryId, ...signed }),
  undo: z.strictObject({ lineId, entryId: text(60) }),
  /** Pieces to add at a time, or (negative) to take away from the last ones before it. */
  correctCount: z
    .strictObject({
      lineId,
      atMs: z.int(),
      good: correctedPieces,
      scrap: correctedPieces,
      reason: text(40),
      ...entryId,
      ...signed,
    })
    .refine(({ good, scrap }) => good !== 0 || scrap !== 0, { message: 'Say how many pieces.' }),
  /** Messages that were not counted, the newest first. */
  rejects: z.strictObject({ limit: z.int().min(1).max(100) }),
  /** Quarantined messages that nobody has decided about, the newest first. */
  quarantined: z.strictObject({ limit: z.int().min(1).max(100) }),
  /** Counts a quarantined message after all, or refuses it for good. */
  settleQuarantined: z.strictObject({
    seq: z.int().min(1),
    how: z.enum(['release', 'discard']),
    reason: text(200),
    ...signed,
  }),
  sources: z.strictObject({}),
  health: z.strictObject({}),
  /** Ends the kiosk around this board; there is no other way out. */
  leaveBoard: z.strictObject({ ...signed }),
  ...kpiCalls,
  ...okrCalls,
  ...huddleCalls,
  people: z.strictObject({ ...signed }),
  addPerson: z.strictObject({ name: text(40), role, newPin: pin, ...signed }),
  addFirstAdmin: z.strictObject({ name: text(40), newPin: pin }),
  setRole: z.strictObject({ personId, role, ...signed }),
  resetPin: z.strictObject({ personId, newPin: pin, ...signed }),
  /** Null takes the badge away. */
  setBadge: z.strictObject({ personId, badge: badge.nullable(), ...signed }),
  retirePerson: z.strictObject({ personId, ...signed }),
  changePin: z.strictObject({ newPin: pin, ...signed }),
  /** The newest entries before `beforeSeq`, the newest first. */
  auditTrail: z.strictObject({
    beforeSeq: z.int().min(1).optional(),
    limit: z.int().min(1).max(100),
    ...signed,
  }),
} as const
export type CallName = keyof typeof calls
/** As the engine's functions get it. */
export type CallInput<N extends CallName> = z.output<(typeof calls)[N]>
/** As a page sends it: what has a default may be left out. */
export type CallMessage<N extends CallName> = z.input<(typeof calls)[N]>

export type EntryReceipt = { entryId: string; atMs: EpochMs }
export type CallResult = {
  hello: { protocol: number; version: string }
  ack: null
  signIn: SignedIn
  signInBadge: SignedIn
  signOut: null
  logScrap: EntryReceipt
  /** Stops of the shift, newest first, at most 20; `reason` null: nobody has said why. */
  openStops: readonly StopEntry[]
  selfTest: SelfTestReport
  setStopReason: EntryReceipt
  splitStop: EntryReceipt
  mergeStops: EntryReceipt
  startChangeover: EntryReceipt
  endChangeover: EntryReceipt
  changeoverStep: EntryReceipt
  /** `call`: its id. */
  raiseCall: EntryReceipt & { call: string }
  answerCall: EntryReceipt
  callTimes: readonly CallTimes[]
  enterSafety: EntryReceipt
  enterFigure: EntryReceipt
  addNote: EntryReceipt
  undo: EntryReceipt
  correctCount: EntryReceipt
  rejects: RejectsAnswer
  quarantined: { open: number; newest: readonly RejectView[] }
  settleQuarantined: { by: string; atMs: EpochMs }
  sources: readonly SourceView[]
  health: HealthReport
  leaveBoard: { by: string }
  people: readonly PersonView[]
  addPerson: PersonView
  addFirstAdmin: PersonView
  setRole: PersonView
  resetPin: PersonView
  setBadge: PersonView
  retirePerson: PersonView
  changePin: PersonView
  auditTrail: { entries: readonly AuditView[]; head: string }
} & OkrCallResult &
  KpiCallResult &
  HuddleCallResult

/** Who acts on this page. Without a call for `idleMs` the page is signed out. */
export type SignedIn = { by: string; role: PersonRole; idleMs: number }
/** `badge`: one signs this person in. */
export type PersonView = { id: string; name: string; role: PersonRole; badge: boolean }
/** One entry of the audit trail; `detail` is JSON. */
export type AuditView = {
  seq: number
  atMs: EpochMs
  by: string
  device: string
  action: string
  subject: string
  detail: string
}

/** A message that was not counted. `head` is all of it when `headBytes` equals `bytes`. */
export type RejectView = {
  /** Number of a quarantined one, for `settleQuarantined`. */
  seq: number
  atMs: EpochMs
  topic: string
  code: string
  reason: string
  /** Kept apart: it could be right. */
  quarantined: boolean
  /** What a person decided about it; null: nothing. */
  settled: 'released' | 'discarded' | null
  /** Size as it came. */
  bytes: number
  head: string
  headBytes: number
}
export type RejectsAnswer = {
  rejected: number
  quarantined: number
  /** Since the store was made, by code. */
  byCode: Readonly<Record<string, number>>
  /** Older ones that made room. */
  forgotten: number
  newest: readonly RejectView[]
}

/** A topic or Sparkplug metric that speaks of a line, since the engine's start. */
export type SourceView = {
  source: string
  lineId: string
  arrivedMs: EpochMs
  atMs: EpochMs | null
  /** This board's clock less the source's, by its quickest messages; negative: the source is ahead. null: not known. */
  skewMs: number | null
}

export type EngineCalls = { [N in CallName]: (input: CallInput<N>) => Promise<CallResult[N]> }

/** Errors cross the channel as this, never as an Error object. */
export type CallError = {
  code:
    | 'bad-input'
    | 'not-found'
    | 'not-allowed'
    | 'signed-out'
    | 'role'
    | 'locked'
    | 'wrong-pin'
    | 'too-late'
    /** Somebody else changed it in the meantime. */
    | 'conflict'
    | 'store'
    | 'version'
    | 'closed'
    | 'deadline'
  /** One sentence for the person at the screen. */
  message: string
  /** For `locked`: when to try again. */
  retryMs?: number
}
/** What an engine function answers over the wire. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: CallError }
