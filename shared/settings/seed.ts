import { z } from 'zod'
import { objectivesSchema } from './okr-file.ts'

/** Read once, into an empty store. */
export const seedSchema = z.strictObject({
  objectives: objectivesSchema.default([]),
})

export type PlantSeed = z.infer<typeof seedSchema>
