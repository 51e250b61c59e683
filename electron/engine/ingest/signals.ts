import { z } from 'zod'
import { lineStates } from '../../../shared/domain/facts.ts'

/** Longest id of a message. */
export const maxIdLength = 64

const text = (max: number) => z.string().min(1).max(max)
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const pieces = z.int().min(0).max(1_000_000_000)
const cell = optional(text(40))
const product = optional(text(60))
const reason = optional(text(40))

/**
 * Payloads of the native topics `<prefix>/<line>/<kind>`, beside `ts` and `id`, which all of them may have. Unknown fields
 * are ignored; null means the same as leaving out.
 */
export const signalSchemas = {
  count: z
    .object({
      good: optional(pieces),
      scrap: optional(pieces),
      total_good: optional(pieces),
      total_scrap: optional(pieces),
      rework: optional(pieces),
      reason,
      product,
      cell,
    })
    .refine((c) => [c.good, c.scrap, c.total_good, c.total_scrap].some((n) => n !== undefined), {
      message: 'needs good, scrap, total_good or total_scrap',
    })
    .refine((c) => c.good === undefined || c.total_good === undefined, {
      message: 'has both good and total_good: send increments or running totals',
    })
    .refine((c) => c.scrap === undefined || c.total_scrap === undefined, {
      message: 'has both scrap and total_scrap: send increments or running totals',
    })
    .refine((c) => c.good === undefined || (c.rework ?? 0) <= c.good, {
      message: 'has more rework than good: rework is part of good',
    }),
  state: z.object({ state: z.enum(lineStates), reason, cell }),
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
  call: z.object({
    event: z.enum(['raise', 'ack', 'resolve', 'reject', 'cancel']),
    call: text(64),
    category: optional(text(40)),
    who: optional(text(60)),
    text: optional(text(200)),
    cell,
  }),
} as const

export type Signal = {
  [K in keyof typeof signalSchemas]: { kind: K; data: z.output<(typeof signalSchemas)[K]> }
}[keyof typeof signalSchemas]
