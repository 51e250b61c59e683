import { z } from 'zod'
import { huddleTopics, usualAgenda } from '../domain/huddle/agenda.ts'
import { named } from './fields.ts'

/** The meeting of a crew in front of the board at the start of its shift. */
export const huddleSettingsSchema = z
  .strictObject({
    /** Minutes before the start of each shift at which it begins by itself; absent: by touch only. */
    beforeShiftMin: z.int().min(0).max(60).optional(),
    agenda: z
      .array(
        z.strictObject({
          topic: z.enum(huddleTopics),
          seconds: z.int().min(10).max(900),
          name: named(24).optional(),
          /** The question to the crew. */
          ask: named(80).optional(),
        }),
      )
      .min(1)
      .max(10)
      .default(usualAgenda.map((step) => ({ ...step }))),
    /** Who is asked about what a huddle could not solve, and within how many hours. */
    nextTier: named(40).optional(),
    answerWithinH: z.int().min(1).max(168).default(24),
  })
  .prefault({})
export type HuddleSettings = z.infer<typeof huddleSettingsSchema>
