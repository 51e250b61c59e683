import { z } from 'zod'
import { id } from './fields.ts'
import { languages } from './languages.ts'

export const screenNames = [
  'status',
  'hours',
  'oee',
  'scrap',
  'changeover',
  'sqdcp',
  'calls',
  'keys',
  'strategy',
  'plant',
] as const
export type ScreenName = (typeof screenNames)[number]

/** The strategy map and the plant overview are for the canteen and the office: a plant asks for them by name. */
const onRequest: readonly ScreenName[] = ['strategy', 'plant']

export const displaySchema = z.strictObject({
  line: id.optional(),
  /** Of the words; by default that of the site's locale. */
  language: z.enum(languages).optional(),
  diagonalIn: z.number().min(10).max(200).default(55),
  distanceM: z.number().min(0.3).max(50).default(5),
  theme: z.enum(['dark', 'light']).default('dark'),
  dwellS: z.number().min(15).max(120).default(25),
  screens: z
    .array(z.enum(screenNames))
    .min(1)
    .default(screenNames.filter((name) => !onRequest.includes(name))),
})

export type DisplaySettings = z.infer<typeof displaySchema>
