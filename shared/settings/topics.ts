import { z } from 'zod'
import { lineStates } from '../domain/facts.ts'
import { id, isTimeZone, named, plainText, seconds } from './fields.ts'
import { parseQuery } from './query.ts'
import { parseTopicFilter } from './topic-filter.ts'
import { presetNames } from './topic-presets.ts'

/** `topics:` of plant.yaml: which messages of other systems mean what on which line. */

/** Checks a text by a function that throws what is wrong with it. */
const parsed = (max: number, parse: (text: string) => unknown, what: string) =>
  z
    .string()
    .min(1)
    .max(max)
    .superRefine((text, context) => {
      try {
        parse(text)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        context.addIssue({ code: 'custom', message: `${what} (${why})` })
      }
    })

const query = parsed(
  500,
  parseQuery,
  '"@" (the payload), "/a/b" (a JSON pointer), "+name" (of the topic) or a JMESPath expression',
)
const filter = parsed(500, parseTopicFilter, 'an MQTT topic such as "plant/+line/count"')
const scalar = z.union([plainText.max(200), z.number(), z.boolean()], 'a text, a number, true or false')

/** A text alone is short for { from: ... }. */
const orFrom = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? { from: value } : value), schema)

const numberKeys = {
  from: query.optional(),
  const: z.number().optional(),
  /** The value is multiplied by `scale`, then `offset` is added. */
  scale: z.number().optional(),
  offset: z.number().optional(),
}
const oneSource = { message: 'either "from" or "const"' }
const hasOneSource = (field: { from?: unknown; const?: unknown }) =>
  (field.from === undefined) !== (field.const === undefined)

const number = orFrom(z.strictObject(numberKeys).refine(hasOneSource, oneSource))
const text = orFrom(
  z
    .strictObject({
      from: query.optional(),
      const: plainText.min(1).max(200).optional(),
      /** Other words for the value; "*" stands for all that are not listed. */
      map: z.record(z.string().min(1).max(200), plainText.max(200)).optional(),
    })
    .refine(hasOneSource, oneSource),
)

export const counterKinds = ['increment', 'total', 'message'] as const
/** What one message says about a count. */
const counter = orFrom(
  z
    .strictObject({
      ...numberKeys,
      kind: z.enum(counterKinds).default('increment'),
      /** A total starts again at 0 after modulus - 1: 65536 for 16 bit, 4294967296 for 32 bit, 10000 for four digits. */
      modulus: z.int().min(2).max(Number.MAX_SAFE_INTEGER).optional(),
      /** Most pieces a minute that are believed; without it 1.5 times what the ideal cycle time allows. */
      maxPerMinute: z.number().positive().max(1_000_000_000).optional(),
    })
    .refine((field) => (field.kind === 'message' ? field.from === undefined : hasOneSource(field)), {
      message: 'either "from" or "const" (and neither where each message is one piece)',
    }),
)

const stateTarget = z.preprocess(
  (value) => (typeof value === 'string' ? { state: value } : value),
  z.strictObject({ state: z.enum([...lineStates, 'ignore']), reason: named(40).optional() }),
)
/** Keys: the value as text, a range of numbers "10000..29999", or "*" for all others. */
const stateMap = z.record(z.string().min(1).max(200), stateTarget)

export const timeUnits = ['s', 'ms', 'us', 'ns', 'iso'] as const
const time = orFrom(
  z.strictObject({
    from: query,
    unit: z.enum(timeUnits).default('iso'),
    /** Zone of times that name none. */
    zone: z.string().refine(isTimeZone, 'an IANA time zone such as "Europe/Berlin"').optional(),
  }),
)

export const signalRules = {
  count: z
    .strictObject({
      good: counter.optional(),
      scrap: counter.optional(),
      /** Good and scrap together. */
      all: counter.optional(),
      /** Pieces counted as good before that turned out to be scrap. */
      lateScrap: counter.optional(),
      rework: number.optional(),
      reason: text.optional(),
      product: text.optional(),
      /** True: `all` and `scrap` are what the pieces of that very instant are to be. */
      replaces: z.literal(true).optional(),
    })
    .refine(
      (count) =>
        count.good !== undefined ||
        count.scrap !== undefined ||
        count.all !== undefined ||
        count.lateScrap !== undefined,
      { message: 'at least one of good, scrap, all and lateScrap' },
    )
    .refine((count) => count.good === undefined || count.all === undefined, {
      message: 'either good or all (good and scrap together)',
    })
    .refine(
      ({ replaces, good, lateScrap, all, scrap }) =>
        replaces === undefined ||
        ((good ?? lateScrap) === undefined &&
          [all, scrap].every((one) => one === undefined || one.kind === 'increment')),
      { path: ['replaces'], message: 'only all and scrap, as plain numbers, replace what was counted' },
    ),
  /** `until`: it holds for that time alone, and overwrites what was told before. */
  state: orFrom(
    z.strictObject({
      from: query,
      map: stateMap.optional(),
      reason: text.optional(),
      until: time.optional(),
    }),
  ),
  /** The mode of a machine that tells its state elsewhere: a state that stands for it, or `ignore`, then its own state counts. */
  mode: orFrom(z.strictObject({ from: query, map: stateMap })),
  /** Why it stands, where a machine tells that in messages of its own; "0" and nothing: no reason. */
  stopReason: orFrom(
    z.strictObject({ from: query, map: z.record(z.string().min(1).max(200), plainText.max(40)).optional() }),
  ),
  product: z.preprocess(
    (value) => (typeof value === 'string' ? { product: value } : value),
    z.strictObject({
      product: text,
      order: text.optional(),
      target: number.optional(),
      idealCycleS: number.optional(),
    }),
  ),
  changeover: z.strictObject({
    event: text,
    from: text.optional(),
    to: text.optional(),
    step: text.optional(),
  }),
  scrap: z.strictObject({
    qty: number,
    reason: text,
    detected: z.enum(['internal', 'customer']).default('internal'),
    /** True: the pieces are in a count already. */
    included: z.boolean().default(false),
    product: text.optional(),
  }),
  value: z.strictObject({ key: text, value: number, unit: text.optional() }),
  call: z.strictObject({
    event: text,
    call: text,
    category: text.optional(),
    who: text.optional(),
    text: text.optional(),
  }),
} as const

const condition = z.union(
  [query, z.record(query, z.union([scalar, z.array(scalar).min(1)]))],
  'an expression, or fields with the values they must have',
)

const rule = {
  /** Which line it is about: an id, or by default the segment "+line". */
  line: id.optional(),
  /** Line ids by what stands in the segment "+line", where the two differ. Others are passed over. */
  lines: z.record(z.string().min(1).max(200), id).optional(),
  /** Part of the line, such as a machine. */
  cell: text.optional(),
  time: time.optional(),
  /** Makes a repeated message harmless. */
  id: text.optional(),
  /** A list in the payload: each entry is a message of its own. */
  samples: query.optional(),
  /** A JMESPath expression, or values that fields must have. */
  when: condition.optional(),
  /** The same; a message that does not fulfil it says that its source knows no value now, and the line is stale until one comes. */
  valid: condition.optional(),
  /** Seconds between two messages in normal running; when it is given, silence of this signal alone makes the line stale. */
  expectedIntervalS: seconds.optional(),
}

export const topicSchema = z.strictObject({
  /** Rules for a known system; `topic` then only changes where it is found. */
  preset: z.enum(presetNames).optional(),
  topic: filter.optional(),
  /** Instead of `topic`: a Sparkplug node or device "group/node[/device]", with the name of the metric. */
  sparkplug: filter.optional(),
  metric: filter.optional(),
  ...rule,
  /** Other or further states of a preset. */
  states: stateMap.optional(),
  /** Other or further modes and stop reasons of a preset. */
  modes: stateMap.optional(),
  reasons: z.record(z.string().min(1).max(200), plainText.max(40)).optional(),
  count: signalRules.count.optional(),
  state: signalRules.state.optional(),
  mode: signalRules.mode.optional(),
  stopReason: signalRules.stopReason.optional(),
  product: signalRules.product.optional(),
  changeover: signalRules.changeover.optional(),
  scrap: signalRules.scrap.optional(),
  value: signalRules.value.optional(),
  call: signalRules.call.optional(),
})

/** One entry as written. */
export type TopicSettings = z.infer<typeof topicSchema>
export type NumberField = z.infer<typeof number>
export type TextField = z.infer<typeof text>
export type CounterField = z.infer<typeof counter>
export type StateMap = z.infer<typeof stateMap>
export type TimeField = z.infer<typeof time>
