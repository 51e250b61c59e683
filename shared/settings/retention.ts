import { z } from 'zod'

export const usualMinuteDays = 400

/** How long the store keeps what it could do without. Days. Hours, shifts, stops and entries stay for ever. */
export const retentionSchema = z.strictObject({
  /** Messages as they came. Live ones that are older are refused. */
  rawDays: z.int().min(3).max(3_650).default(30),
  /** Pieces by the minute; beyond it they are known by the hour. */
  minuteDays: z.int().min(35).max(36_500).default(usualMinuteDays),
})
