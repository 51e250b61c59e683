import { z } from 'zod'
import { letterThemes } from '../domain/letters.ts'
import { id, named } from './fields.ts'

/** A figure that somebody types in once a day, for a letter of the daily board. */
export const figureSchema = z.strictObject({
  id,
  theme: z.enum(letterThemes),
  name: named(40),
  unit: named(16).optional(),
  decimals: z.int().min(0).max(3).default(0),
  target: z.number().min(-1e9).max(1e9),
  direction: z.enum(['higher', 'lower']).default('higher'),
  /** Still near the target, in the figure's own unit. */
  near: z.number().min(0).max(1e9).default(0),
})
export type FigureSettings = z.infer<typeof figureSchema>

/** At most one figure for each letter and more would not fit on the page that asks for them. */
export const figuresSchema = z.array(figureSchema).max(8).default([])
