import { z } from 'zod'
import type { FiscalYearStart } from '../domain/okr/cycle.ts'
import { brokerSchema } from './broker.ts'
import { copySchema } from './copy.ts'
import { displaySchema } from './display.ts'
import { isTimeZone, named } from './fields.ts'
import { lineSchema } from './line.ts'
import { peopleSchema } from './people.ts'
import { retentionSchema } from './retention.ts'
import { seedSchema } from './seed.ts'
import { topicSchema } from './topics.ts'

/** plant.yaml: how the board is wired. One schema gives type, default, help text and the documented example. */

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

export const plantSchema = z.strictObject({
  site: z.strictObject({
    name: named(60),
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as "Europe/Berlin"'),
    locale: z.string().refine(isLocale, 'a language tag such as "en" or "de-DE"').default('en'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'a currency such as "EUR"')
      .optional(),
    /** Month and day; cycles of objectives follow it. */
    fiscalYearStart: z
      .string()
      .regex(
        /^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/,
        'month and day such as "04-01", the day from 01 to 28 so that every month has it',
      )
      .default('01-01'),
  }),
  broker: brokerSchema,
  display: displaySchema.prefault({}),
  lines: z.array(lineSchema).min(1).max(64),
  retention: retentionSchema.prefault({}),
  topics: z.array(topicSchema).max(200).default([]),
  copy: copySchema.prefault({}),
  people: peopleSchema.prefault({}),
  seed: seedSchema.optional(),
})

export type Plant = z.infer<typeof plantSchema>

/** When the plant's fiscal year begins. */
export function fiscalYearStart({ site }: Pick<Plant, 'site'>): FiscalYearStart {
  const [month, day] = site.fiscalYearStart.split('-').map(Number) as [number, number]
  return { month, day }
}
