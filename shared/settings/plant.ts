import { z } from 'zod'

/** plant.yaml: how the board is wired. One schema gives type, default, help text and the documented example. */

const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, "-" and "_", at most 40')
  .meta({ description: 'Stable name used in topics and in the store' })
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as "06:00"')
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as "2026-12-24"')
/** A day is longer than anything on a line that is timed. */
const seconds = z.number().min(0.001).max(86_400)
/** Pieces; beyond it sums would lose digits. */
const pieces = z.int().positive().max(1_000_000_000)
const amount = z.number().min(-1e12).max(1e12)
/** One line as it reads: no control characters, none that turn the direction of writing. */
const plainText = z
  .string()
  .regex(
    /^[^\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]*$/u,
    'a text in one line without control characters',
  )
const named = (max: number) => plainText.min(1).max(max).regex(/^$|\S/, 'a text that is not only spaces')

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function isBrokerUrl(url: string): boolean {
  const parts =
    /^(?:mqtts?|wss?):\/\/(?:[^\s/?#]*@)?(?:[^\s/?#@:[\]]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?(?:[/?#]\S*)?$/.exec(
      url,
    )
  const port = Number(parts?.[1] ?? 1)
  return parts !== null && port >= 1 && port <= 65_535
}

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

export const brokerSchema = z.strictObject({
  url: z.string().refine(isBrokerUrl, 'an address such as "mqtt://broker.plant.local:1883"'),
  clientId: named(60).optional(),
  username: z.string().optional(),
  /** Name of the environment variable, or path of the file, that holds the password: never the password itself. */
  passwordEnv: z.string().optional(),
  passwordFile: z.string().optional(),
  caFile: z.string().optional(),
  certFile: z.string().optional(),
  keyFile: z.string().optional(),
  prefix: z
    .string()
    .max(200)
    .regex(
      /^[^/+#$\p{Cc}][^/+#\p{Cc}]*(\/[^/+#\p{Cc}]+)*$/u,
      'the first levels of a topic such as "lineside/v1", without "+" and "#"',
    )
    .default('lineside/v1'),
})

export const screenNames = ['status', 'hours', 'oee', 'scrap', 'changeover', 'keys'] as const
export type ScreenName = (typeof screenNames)[number]

export const displaySchema = z.strictObject({
  line: id.optional(),
  diagonalIn: z.number().min(10).max(200).default(55),
  distanceM: z.number().min(0.3).max(50).default(5),
  theme: z.enum(['dark', 'light']).default('dark'),
  dwellS: z.number().min(15).max(120).default(25),
  screens: z
    .array(z.enum(screenNames))
    .min(1)
    .default([...screenNames]),
})

const keyResultSeed = z
  .strictObject({
    id,
    name: named(24),
    unit: plainText.max(12).default(''),
    baseline: amount,
    target: amount,
    decimals: z.int().min(0).max(3).default(0),
    kpi: z
      .enum([
        'throughput',
        'oee',
        'availability',
        'performance',
        'quality_ratio',
        'first_pass_yield',
        'scrap_ratio',
        'changeover_min',
      ])
      .optional(),
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

export const plantSchema = z.strictObject({
  site: z.strictObject({
    name: named(60),
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as "Europe/Berlin"'),
    locale: z.string().refine(isLocale, 'a language tag such as "en" or "de-DE"').default('en'),
  }),
  broker: brokerSchema,
  display: displaySchema.prefault({}),
  lines: z.array(lineSchema).min(1).max(20),
  seed: seedSchema.optional(),
})

export type Plant = z.infer<typeof plantSchema>
export type LineSettings = Plant['lines'][number]
export type DisplaySettings = Plant['display']
export type PlantSeed = NonNullable<Plant['seed']>
