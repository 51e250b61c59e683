import { z } from 'zod'
import { kpisSchema } from './kpi-file.ts'
import { objectivesSchema } from './okr-file.ts'

/** Read once, into an empty store. */
export const seedSchema = z.strictObject({
  objectives: objectivesSchema.default([]),
  /** KPIs as the editor makes them, each with its line. */
  kpis: kpisSchema.default([]),
})

export type PlantSeed = z.infer<typeof seedSchema>
