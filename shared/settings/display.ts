import { z } from 'zod'
import { letterSetNames } from '../domain/letters.ts'
import { id, localTime } from './fields.ts'
import { languages } from './languages.ts'
import { outputAdvice, outputPattern } from './output.ts'

export const screenNames = [
  'status',
  'hours',
  'oee',
  'scrap',
  'changeover',
  'sqdcp',
  'calls',
  'gaps',
  'kpis',
  'keys',
  'result',
  'strategy',
  'health',
  'plant',
  'huddle',
] as const
export type ScreenName = (typeof screenNames)[number]

/**
 * The strategy map, the board's own health and the plant overview are for the canteen and the office: a plant asks for them by
 * name. A huddle takes the screen while it is on, whatever the plant asks for.
 */
const onRequest: readonly ScreenName[] = ['strategy', 'health', 'plant', 'huddle']

/** Parts of a shift: its first hour, its last hour, a planned break, any of its time, no shift at all. */
export const shiftPhases = ['start', 'last-hour', 'break', 'shift', 'off'] as const
export type ShiftPhase = (typeof shiftPhases)[number]

export const dwellSchema = z.number().min(15).max(120)

/** A screen of the rotation with what makes it differ from the others. */
export const screenRuleSchema = z
  .strictObject({
    screen: z.enum(screenNames),
    dwellS: dwellSchema.optional(),
    /** Turns in one cycle. */
    weight: z.int().min(1).max(5).default(1),
    /** Local times; `until` before `from` reaches over midnight. */
    from: localTime.optional(),
    until: localTime.optional(),
    phases: z.array(z.enum(shiftPhases)).min(1).optional(),
    when: z.enum(['red']).optional(),
  })
  .refine((rule) => (rule.from === undefined) === (rule.until === undefined), {
    path: ['until'],
    message: 'from and until go together',
  })
export type ScreenRule = z.infer<typeof screenRuleSchema>

const output = z.string().regex(outputPattern, outputAdvice)

export const displaySchema = z.strictObject({
  line: id.optional(),
  /** Which of the device's screens shows the board, and which one the touch pages, if one does. */
  output: output.optional(),
  touchOutput: output.optional(),
  /** Loads the page anew once a night while no shift runs. */
  nightlyReload: z.boolean().default(false),
  /** Of the words; by default that of the site's locale. */
  language: z.enum(languages).optional(),
  diagonalIn: z.number().min(10).max(200).default(55),
  distanceM: z.number().min(0.3).max(50).default(5),
  theme: z.enum(['dark', 'light', 'auto']).default('dark'),
  /** Of each screen; by default what a cycle of four minutes leaves to it (`slotsOf`). */
  dwellS: dwellSchema.optional(),
  screens: z
    .array(z.union([z.enum(screenNames), screenRuleSchema]))
    .min(1)
    .max(20)
    .default(screenNames.filter((name) => !onRequest.includes(name))),
  /** Which letters the month's screen shows, and in which order. */
  letters: z.enum(letterSetNames).default('SQDCP'),
  /** Panel care: the rail changes sides every week, and the screen dims and sleeps outside the shifts. */
  swapRail: z.boolean().default(true),
  dimAfterMin: z.number().min(1).max(1_440).default(15),
  sleepAfterMin: z.number().min(1).max(10_080).default(60),
  sound: z
    .strictObject({
      /** 0 is silent. */
      volume: z.number().min(0).max(1).default(0.5),
      quiet: z
        .array(z.strictObject({ from: localTime, until: localTime }))
        .max(10)
        .default([]),
    })
    .prefault({}),
})

export type DisplaySettings = z.infer<typeof displaySchema>
