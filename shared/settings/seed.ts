import { z } from 'zod'
import { liveKpiIds } from '../domain/kpis/catalogue.ts'
import { amount, id, localDate, named, plainText } from './fields.ts'

const keyResultSeed = z
  .strictObject({
    id,
    name: named(24),
    unit: plainText.max(12).default(''),
    baseline: amount,
    target: amount,
    decimals: z.int().min(0).max(3).default(0),
    kpi: z.enum(liveKpiIds).optional(),
    shifts: z.int().min(1).max(200).default(15),
    owner: plainText.max(40).optional(),
  })
  .refine((k) => k.baseline !== k.target, {
    path: ['target'],
    message: 'target must differ from baseline (a span of zero has no progress)',
  })

export const seedSchema = z.strictObject({
  objectives: z
    .array(
      z.strictObject({
        id,
        line: id,
        title: named(60),
        cycle: z.strictObject({ name: named(24), start: localDate, end: localDate }),
        keyResults: z.array(keyResultSeed).min(1).max(5),
      }),
    )
    .default([]),
})

export type PlantSeed = z.infer<typeof seedSchema>
