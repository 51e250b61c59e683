import { z } from 'zod'
import { amount, id, localDate, localTime, named, pieces, seconds } from './fields.ts'

export const shiftSchema = z.strictObject({
  name: named(24),
  start: localTime,
  end: localTime,
  days: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]),
  breaks: z
    .array(z.strictObject({ name: named(24).default('Break'), start: localTime, end: localTime }))
    .default([]),
  target: pieces.optional(),
})

export const productSchema = z.strictObject({
  id,
  name: named(60),
  idealCycleS: seconds.optional(),
  price: amount.min(0).optional(),
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
  shifts: z.array(shiftSchema).default([]),
  closedDates: z.array(localDate).default([]),
  scrapReasons: z.array(named(40)).max(60).default([]),
  stopReasons: z.array(named(40)).max(60).default([]),
  changeoverTargetS: seconds.optional(),
  oeeTarget: z.number().positive().max(1).optional(),
  scrapTarget: z.number().positive().max(1).optional(),
})

export type LineSettings = z.infer<typeof lineSchema>
