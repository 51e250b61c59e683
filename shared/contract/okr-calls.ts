import { z } from 'zod'
import { key, optionalText, signed, text } from './call-fields.ts'
import type { EpochMs } from '../domain/facts.ts'
import { liveKpiIds } from '../domain/kpis/catalogue.ts'
import { commitments, confidences, cycleKinds, type KeyResultView } from '../domain/key-results.ts'
import type { StoredObjective } from '../domain/okr/stored.ts'

/** What a page may ask about objectives and key results. Each change is signed with a PIN and names the version it saw. */

/** Of one key result. */
export const maxMilestones = 10
/** Of one objective. */
export const maxKeyResults = 5

const id = key(40)
const amount = z.number().min(-1e12).max(1e12)
const localDate = z.iso.date()
const version = z.int().min(1)
const owner = text(40).nullable().default(null)
const parent = id.nullable().default(null)
const target = { baseline: amount, target: amount, due: localDate.nullable() }

export const keyResultWindowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shifts'), count: z.int().min(1).max(200) }),
  z.strictObject({ kind: z.literal('week') }),
  z.strictObject({ kind: z.literal('start') }),
])

export const keyResultSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kpi'), kpi: z.enum(liveKpiIds), window: keyResultWindowSchema }),
  z.strictObject({
    kind: z.literal('values'),
    key: text(60),
    combine: z.enum(['sum', 'last']).default('last'),
    window: keyResultWindowSchema,
  }),
  z.strictObject({ kind: z.literal('manual') }),
  z.strictObject({
    kind: z.literal('milestones'),
    milestones: z
      .array(
        z.strictObject({
          name: text(48),
          weight: z.number().min(0.1).max(100).default(1),
          due: localDate.nullable().default(null),
        }),
      )
      .min(1)
      .max(maxMilestones),
  }),
])

const keyResultFields = {
  name: text(24),
  sentence: text(200).nullable().default(null),
  unit: optionalText(12),
  decimals: z.int().min(0).max(3),
  ...target,
  due: localDate.nullable().default(null),
  owner,
  commitment: z.enum(commitments).default('committed'),
  weight: z.number().min(0.1).max(10).default(1),
  source: keyResultSourceSchema,
  parent,
  /** Met for so many shifts (by hand: check-ins) in a row, locking in is proposed. */
  holdShifts: z.int().min(2).max(200).default(10),
}
const spanOf = { path: ['target'], message: 'The target must differ from the baseline.' }
const hasSpan = (one: { baseline: number; target: number }) => one.baseline !== one.target

export const keyResultDraftSchema = z
  .strictObject({
    ...keyResultFields,
    /** Where it comes from, in words: a gap, a parent, a counter-proposal. */
    origin: text(200).nullable().default(null),
  })
  .refine(hasSpan, spanOf)
export type KeyResultDraft = z.infer<typeof keyResultDraftSchema>

export const cycleSchema = z
  .strictObject({ kind: z.enum(cycleKinds), name: text(24), startDate: localDate, endDate: localDate })
  .refine((cycle) => cycle.startDate <= cycle.endDate, {
    path: ['endDate'],
    message: 'The cycle ends before it starts.',
  })

const objectiveFields = {
  title: text(60),
  cycle: cycleSchema,
  owner,
  parent,
}
export const objectiveDraftSchema = z.strictObject(objectiveFields)
export type ObjectiveDraft = z.infer<typeof objectiveDraftSchema>

const ofObjective = { objectiveId: id, version, ...signed }
const ofKeyResult = { keyResultId: id, version, ...signed }

export const okrCalls = {
  /** Objectives of a line and those above it with all their history, running ones first. */
  okrs: z.strictObject({ lineId: id }),
  /** What became of an objective and its key results, newest first, at most `maxOkrChanges`. */
  okrHistory: z.strictObject({ objectiveId: id }),
  createObjective: z.strictObject({
    lineId: id,
    ...signed,
    objective: objectiveDraftSchema,
    keyResults: z.array(keyResultDraftSchema).min(1).max(maxKeyResults),
  }),
  editObjective: z.strictObject({ ...ofObjective, objective: objectiveDraftSchema }),
  archiveObjective: z.strictObject({ ...ofObjective, reason: text(200) }),
  createKeyResult: z.strictObject({ ...ofObjective, keyResult: keyResultDraftSchema }),
  /** Everything but baseline, target and due date, which `changeTarget` changes with a reason. */
  editKeyResult: z.strictObject({
    ...ofKeyResult,
    keyResult: z.strictObject(keyResultFields).omit({ baseline: true, target: true, due: true }),
  }),
  changeTarget: z.strictObject({ ...ofKeyResult, ...target, reason: text(200) }).refine(hasSpan, spanOf),
  archiveKeyResult: z.strictObject({ ...ofKeyResult, reason: text(200) }),
  checkIn: z.strictObject({
    keyResultId: id,
    /** Only for key results that are fed by hand. */
    value: z.number().nullable(),
    confidence: z.enum(confidences),
    sentence: optionalText(200),
    obstacles: optionalText(200).default(''),
    /** Positions of the milestones that are done; only for key results made of milestones. */
    milestones: z
      .array(
        z
          .int()
          .min(0)
          .max(maxMilestones - 1),
      )
      .max(maxMilestones)
      .optional(),
    /** Of when the value is, where somebody comes late with it. */
    forMs: z.int().optional(),
    ...signed,
  }),
  /** The line answers a target with another one and the reason. */
  proposeTarget: z.strictObject({
    keyResultId: id,
    target: amount,
    due: localDate.nullable(),
    reason: text(200),
    ...signed,
  }),
  /** Accepting makes it the target in force. */
  answerProposal: z.strictObject({
    proposalId: id,
    version,
    accept: z.boolean(),
    reason: text(200),
    ...signed,
  }),
  /** Grades every key result that still runs by what it has reached, and ends the objective. */
  closeObjective: z.strictObject({
    ...ofObjective,
    lesson: text(400),
    lessons: z.record(id, text(400)).default({}),
  }),
  /** The new normal of a key result that was met and held. */
  lockIn: z
    .strictObject({
      ...ofKeyResult,
      baseline: amount,
      target: amount,
      lower: amount,
      upper: amount,
      lesson: text(400).nullable(),
    })
    .refine(({ lower, upper }) => lower < upper, {
      path: ['upper'],
      message: 'The upper limit must be above.',
    }),
} as const

/** Changes that one history tells. */
export const maxOkrChanges = 200
/** One record before and after a change: only the fields that differ. `before` null: it was made. */
export type OkrChange = {
  atMs: EpochMs
  by: string
  action: string
  /** Objective or key result. */
  subject: string
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>>
  reason: string | null
}

/** What a change answers: by whom, when, and the version that holds now. */
export type OkrReceipt = { by: string; atMs: EpochMs; objectiveId: string; version: number }
export type OkrCallResult = {
  /** `views`: the line's key results that have not ended, as they stand now. */
  okrs: { objectives: readonly StoredObjective[]; views: readonly KeyResultView[] }
  okrHistory: readonly OkrChange[]
  createObjective: OkrReceipt & { keyResultIds: readonly string[] }
  editObjective: OkrReceipt
  archiveObjective: OkrReceipt
  createKeyResult: OkrReceipt & { keyResultIds: readonly string[] }
  editKeyResult: OkrReceipt
  changeTarget: OkrReceipt
  archiveKeyResult: OkrReceipt
  checkIn: { by: string; atMs: EpochMs }
  proposeTarget: OkrReceipt & { proposalId: string }
  answerProposal: OkrReceipt
  closeObjective: OkrReceipt & { grades: Readonly<Record<string, number>> }
  lockIn: OkrReceipt
}
