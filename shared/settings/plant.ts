import { z } from 'zod'
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
