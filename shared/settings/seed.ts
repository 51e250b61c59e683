import { z } from 'zod'
import { kpiDefinitionSchema } from '../domain/kpis/kpi-definition.ts'
import { id } from './fields.ts'
import { objectivesSchema } from './okr-file.ts'

/** Read once, into an empty store. */
export const seedSchema = z.strictObject({
  objectives: objectivesSchema.default([]),
  /** KPIs as the editor makes them, each with its line. */
  kpis: z
    .array(kpiDefinitionSchema.safeExtend({ line: id }))
    .max(200)
    .default([]),
})

export type PlantSeed = z.infer<typeof seedSchema>
