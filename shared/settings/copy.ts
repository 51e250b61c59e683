import { z } from 'zod'

/** The board's own copy of its store, made and checked while it runs; it takes the place of a store found damaged. */
export const copySchema = z.strictObject({
  /** Hours between two copies; 0: none. */
  everyHours: z.number().min(0).max(720).default(24),
})
