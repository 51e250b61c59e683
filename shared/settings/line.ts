import { z } from 'zod'
import { callsSchema } from './calls.ts'
import { figuresSchema } from './figures.ts'
import { amount, id, localMoment, named, seconds } from './fields.ts'
import { huddleSettingsSchema } from './huddle.ts'
import { calendarKeys } from './shifts.ts'

export const productSchema = z.strictObject({
  id,
  name: named(60),
  idealCycleS: seconds.optional(),
  price: amount.min(0).optional(),
  changes: z.array(z.strictObject({ from: localMoment, idealCycleS: seconds })).default([]),
})

/** How the states of cells become the line's. */
const cellsSchema = z.strictObject({
  rule: z.enum(['anyDown', 'bottleneck', 'minimumRunning']).default('anyDown'),
  names: z.array(named(40)).max(60).default([]),
  bottleneck: named(40).optional(),
  minimum: z.int().min(1).max(60).optional(),
})

export const lineSchema = z.strictObject({
  id,
  name: named(40),
  unit: named(16).default('pieces'),
  expectedIntervalS: seconds.default(10),
  microStopS: seconds.default(120),
  downAfterS: seconds.default(120),
  planFactor: z.number().positive().max(1).default(1),
  products: z.array(productSchema).default([]),
  defaultProduct: id.optional(),
  cells: cellsSchema.optional(),
  ...calendarKeys,
  scrapReasons: z.array(named(40)).max(60).default([]),
  stopReasons: z.array(named(40)).max(60).default([]),
  /** Barcodes that stand for a reason: code to reason. */
  reasonCodes: z.record(named(64), named(40)).default({}),
  changeoverTargetS: seconds.optional(),
  changeoverSteps: z
    .array(
      z.strictObject({
        name: named(40),
        plannedS: seconds.optional(),
        while: z.enum(['stopped', 'running']).default('stopped'),
      }),
    )
    .max(30)
    .default([]),
  calls: callsSchema,
  huddle: huddleSettingsSchema,
  oeeTarget: z.number().positive().max(1).optional(),
  scrapTarget: z.number().positive().max(1).optional(),
  figures: figuresSchema,
})

export type LineSettings = z.infer<typeof lineSchema>
