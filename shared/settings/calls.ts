import { z } from 'zod'
import { id, named } from './fields.ts'

/** A call that nobody has answered for this long is overdue, where plant.yaml says nothing else. Seconds. */
export const answerWithinS = 300

/** How long a call may wait is at most a shift. Seconds. */
const wait = z.int().min(10).max(43_200)

/** One kind of help that can be called. */
export const callCategorySchema = z.strictObject({
  id,
  /** By default the id in words; the usual ids have a name in every language. */
  name: named(24).optional(),
  /** What it may be about, to tap; also offered as the cause when the call is solved. */
  what: z.array(named(40)).max(12).default([]),
  /** Must be held for a second, against calls by mistake. */
  hold: z.boolean().default(false),
  /** Nobody has answered for so long: overdue. */
  answerWithinS: wait.default(answerWithinS),
  /** Who is told next while nobody has answered, by the time since the call. */
  escalate: z
    .array(z.strictObject({ afterS: wait, to: named(40) }))
    .max(5)
    .default([])
    .refine(
      (levels) => levels.every(({ afterS }, index) => index === 0 || afterS > levels[index - 1]!.afterS),
      {
        message: 'each level comes later than the one before it',
      },
    ),
})
export type CallCategory = z.infer<typeof callCategorySchema>

const usual = ['maintenance', 'quality', 'material', 'team_lead']

export const callsSchema = z
  .array(callCategorySchema)
  .min(1)
  .max(9)
  .refine((categories) => new Set(categories.map((one) => one.id)).size === categories.length, {
    message: 'each id once',
  })
  .prefault([...usual.map((one) => ({ id: one })), { id: 'safety', hold: true }])
