import { z } from 'zod'
import { liveKpiIds } from './catalogue.ts'
import { oneLine } from '../plain-text.ts'
import { kpiDirections, kpiKinds, kpiThemes } from './kpi-spec.ts'

const text = (max: number) => oneLine(max).min(1)
const kpiId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, "-" and "_", at most 40')
const amount = z.number().min(-1e12).max(1e12)

/** What to do when a KPI turns red: who does what, how soon, and who is told next. */
export const actionProtocolSchema = z.strictObject({
  /** When it starts, in words: "red for two shifts". */
  trigger: text(120),
  /** The same as a number: red shifts in a row. */
  triggerShifts: z.int().min(1).max(30).default(1),
  firstResponse: text(200),
  who: text(60),
  /** Minutes from the trigger to the first response. */
  withinMin: z
    .number()
    .positive()
    .max(60 * 24 * 90),
  escalateTo: text(60),
})
export type ActionProtocol = z.infer<typeof actionProtocolSchema>

/** Where the value comes from: the line itself, or `value` messages, files and entries under a key. */
export const kpiSourceSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('line'), formula: z.enum(liveKpiIds) }),
  z.strictObject({
    from: z.literal('values'),
    key: text(60),
    combine: z.enum(['sum', 'last']).default('last'),
  }),
])
export type KpiSource = z.infer<typeof kpiSourceSchema>

/**
 * What a number is to the team. `kpi`: it has a target, an owner and an answer to red; five to ten of a line are enough.
 * `metric`: looked at with its trend, without a target. `data`: kept and exported, on no screen.
 */
export const kpiUses = ['kpi', 'metric', 'data'] as const
export type KpiUse = (typeof kpiUses)[number]

/**
 * A KPI as a team has agreed on it (product.md F3). Target and bands are in `unit`; a value at `green` or better is green, at
 * `amber` or better amber, else red.
 */
export const kpiDefinitionSchema = z
  .strictObject({
    id: kpiId,
    name: text(40),
    use: z.enum(kpiUses).default('kpi'),
    theme: z.enum(kpiThemes),
    kind: z.enum(kpiKinds),
    /** In words or elements, for people. */
    formula: text(200),
    unit: oneLine(16).default(''),
    /** Digits after the decimal point on screen. */
    decimals: z.int().min(0).max(3).default(1),
    direction: z.enum(kpiDirections),
    source: kpiSourceSchema,
    target: amount.nullable().default(null),
    bands: z.strictObject({ green: amount, amber: amount }).nullable().default(null),
    /** One named person or role. */
    owner: text(60).nullable().default(null),
    /** The strategic objective it serves. */
    objective: text(120).nullable().default(null),
    protocol: actionProtocolSchema.nullable().default(null),
    /** The lagging KPI that this leading one shall move; the two are drawn together. */
    drives: kpiId.nullable().default(null),
  })
  .refine(
    ({ bands, direction }) =>
      bands === null || (direction === 'higher' ? bands.green >= bands.amber : bands.green <= bands.amber),
    { path: ['bands'], message: 'green must be at least as good as amber' },
  )
export type KpiDefinition = z.infer<typeof kpiDefinitionSchema>

/** The number that the line shall reach: the target, else the green limit; null: none was agreed. */
export function kpiGoal({ target, bands }: Pick<KpiDefinition, 'target' | 'bands'>): number | null {
  return target ?? bands?.green ?? null
}

/** True when one value is better than another. */
export function passes(
  { direction }: Pick<KpiDefinition, 'direction'>,
  value: number,
  other: number,
): boolean {
  return direction === 'higher' ? value > other : value < other
}

export type KpiBand = 'green' | 'amber' | 'red'

/** Band of a value in the definition's unit; null: no value, or no bands agreed. */
export function kpiBand(
  { bands, direction }: Pick<KpiDefinition, 'bands' | 'direction'>,
  value: number | null,
): KpiBand | null {
  if (bands === null || value === null) return null
  const reaches = (limit: number) => (direction === 'higher' ? value >= limit : value <= limit)
  if (reaches(bands.green)) return 'green'
  return reaches(bands.amber) ? 'amber' : 'red'
}
