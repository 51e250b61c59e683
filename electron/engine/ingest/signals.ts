import { z } from 'zod'
import { callId } from '../../../shared/domain/calls.ts'
import { callEvents, lineStates } from '../../../shared/domain/facts.ts'
import type { SignalKind } from '../../../shared/domain/line-model.ts'
import { decodeTime } from './decode-time.ts'
import { reject } from './outcome.ts'
import type { Rejected } from './outcome.ts'

/** Signals of which a line's state and numbers are made: without their source the line is stale. */
export const vitalKinds: ReadonlySet<SignalKind> = new Set(['count', 'state', 'changeover', 'product'])

/** Longest id of a message. */
export const maxIdLength = 64

const text = (max: number) => z.string().min(1).max(max)
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const pieces = z.int().min(0).max(1_000_000_000)
/** Counters of 32 bits and more. */
const total = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
/** As `ts`: ISO 8601 with zone, or epoch milliseconds. */
const instant = z.union([z.number(), z.string()]).transform((value, context) => {
  const time = decodeTime(value)
  if (time.ok && time.atMs !== null) return time.atMs
  context.addIssue({ code: 'custom', message: 'must be a time: ISO 8601 with zone, or epoch milliseconds' })
  return z.NEVER
})
const cell = optional(text(40))
const product = optional(text(60))
const reason = optional(text(40))

const countFields = [
  'good',
  'scrap',
  'all',
  'late_scrap',
  'total_good',
  'total_scrap',
  'total_all',
  'total_late_scrap',
] as const

/**
 * Payloads of the native topics `<prefix>/<line>/<kind>`, beside `ts` and `id`, which all of them may have. Unknown fields
 * are ignored; null means the same as leaving out.
 */
export const signalSchemas = {
  count: z
    .object({
      good: optional(pieces),
      scrap: optional(pieces),
      /** Good and scrap together. */
      all: optional(pieces),
      /** Pieces counted as good before that turned out to be scrap. */
      late_scrap: optional(pieces),
      total_good: optional(total),
      total_scrap: optional(total),
      total_all: optional(total),
      total_late_scrap: optional(total),
      /** Tells counters apart that report on the same cell. */
      counter: optional(text(600)),
      /** True: `all` and `scrap` are what the pieces of that very instant are to be. */
      replaces: optional(z.boolean()),
      rework: optional(pieces),
      reason,
      product,
      cell,
    })
    .refine((c) => countFields.some((field) => c[field] !== undefined), {
      message: 'needs good, scrap, total_good or total_scrap',
    })
    .refine((c) => c.good === undefined || c.total_good === undefined, {
      message: 'has both good and total_good: send increments or running totals',
    })
    .refine((c) => c.scrap === undefined || c.total_scrap === undefined, {
      message: 'has both scrap and total_scrap: send increments or running totals',
    })
    .refine((c) => c.all === undefined || c.total_all === undefined, {
      message: 'has both all and total_all: send increments or running totals',
    })
    .refine((c) => c.late_scrap === undefined || c.total_late_scrap === undefined, {
      message: 'has both late_scrap and total_late_scrap: send increments or running totals',
    })
    .refine((c) => (c.good ?? c.total_good) === undefined || (c.all ?? c.total_all) === undefined, {
      message: 'has both good and all: all is good and scrap together',
    })
    .refine((c) => c.all === undefined || (c.scrap ?? 0) <= c.all, {
      message: 'has more scrap than all: all is good and scrap together',
    })
    .refine((c) => c.good === undefined || (c.rework ?? 0) <= c.good, {
      message: 'has more rework than good: rework is part of good',
    }),
  /** `until`: it overwrites the states in between, and what held then holds again. */
  state: z.object({ state: z.enum(lineStates), reason, cell, until: optional(instant) }),
  changeover: z.object({
    event: z.enum(['start', 'step', 'end']),
    from: optional(text(60)),
    to: optional(text(60)),
    step: optional(text(60)),
  }),
  product: z.object({
    product: text(60),
    order: optional(text(60)),
    target: optional(z.int().min(1).max(1_000_000_000)),
    ideal_cycle_s: optional(z.number().positive().max(1_000_000)),
  }),
  scrap: z.object({
    qty: pieces.min(1),
    reason: text(40),
    detected: z
      .enum(['internal', 'customer'])
      .nullish()
      .transform((value) => value ?? 'internal'),
    included: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
    product,
    cell,
  }),
  value: z.object({ key: text(64), value: z.number(), unit: optional(text(16)) }),
  call: z
    .object({
      event: z.enum(callEvents),
      /** Left out: the help and its place are the call, as with a push button. */
      call: optional(text(64)),
      category: optional(text(40)),
      who: optional(text(60)),
      text: optional(text(200)),
      cell,
    })
    .refine((c) => c.call !== undefined || c.category !== undefined, { message: 'needs call or category' })
    .transform((c) => ({ ...c, call: c.call ?? callId(c.category ?? '', c.cell) })),
} as const

export type Signal = {
  [K in keyof typeof signalSchemas]: { kind: K; data: z.output<(typeof signalSchemas)[K]> }
}[keyof typeof signalSchemas]

/** Reads the fields of one kind of signal, or says which one is wrong. */
export function readSignal(kind: SignalKind, value: unknown): { ok: true; signal: Signal } | Rejected {
  const result = signalSchemas[kind].safeParse(value)
  if (result.success) return { ok: true, signal: { kind, data: result.data } as Signal }
  const issue = result.error.issues[0]
  const path = issue?.path.join('.')
  return reject('field', `${path ? `${path}: ` : `${kind} `}${issue?.message ?? 'is not valid'}`)
}
