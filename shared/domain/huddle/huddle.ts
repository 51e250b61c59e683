import { z } from 'zod'
import { huddleTopics, maxPresent } from './agenda.ts'

const ms = z.int()

/** A huddle as it is kept, in versions: from its first step to its minutes. */
export const huddleSchema = z.strictObject({
  id: z.string().min(1).max(40),
  startedMs: ms,
  /** Began by itself. */
  scheduled: z.boolean(),
  /** Start of the shift that it looks back at, and of the one that it is held for; null: none. */
  lastShiftMs: ms.nullable(),
  shiftMs: ms.nullable(),
  shiftName: z.string().nullable(),
  agenda: z.array(
    z.strictObject({
      topic: z.enum(huddleTopics),
      seconds: z.number(),
      name: z.string().nullable(),
      ask: z.string().nullable(),
      /** Time that the step took while it was open, without the present opening. */
      spentMs: z.number(),
    }),
  ),
  /** Index of the open step, and since when it has been open. */
  step: z.int().min(0),
  stepMs: ms,
  /** null: nobody has counted. */
  present: z.int().min(0).max(maxPresent).nullable(),
  endedMs: ms.nullable(),
  /** `lapsed`: everybody went away without finishing it; it has minutes all the same, unless nobody ever came. */
  outcome: z.enum(['finished', 'lapsed']).nullable(),
  /** What was known when it ended, frozen; a contract of its own. */
  minutes: z.unknown(),
})
export type Huddle = z.infer<typeof huddleSchema>

/** What a huddle could not solve and the next tier is asked about. */
export const tierItemSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/),
  what: z.string().trim().min(1).max(120),
  owner: z.string().max(60),
  /** The open action behind it, with the date that passed; null: none. */
  action: z.string().max(40).nullable(),
  due: z.string().nullable(),
  huddle: z.string().max(40).nullable(),
  answerByMs: ms,
  answer: z.string().trim().max(200).nullable(),
})
export type TierItem = z.infer<typeof tierItemSchema>

/** A lead has looked at an hour and signed its numbers. */
export const hourSignSchema = z.strictObject({
  startMs: ms,
  endMs: ms,
  made: z.number(),
  plan: z.number().nullable(),
})
export type HourSign = z.infer<typeof hourSignSchema>

/** Somebody was there: began it, went on, or counted who is present. */
export function wasTouched({ scheduled, present, step, agenda }: Huddle): boolean {
  return !scheduled || present !== null || step > 0 || agenda.some(({ spentMs }) => spentMs > 0)
}

/** The huddle one step on or back: what the open step took so far is added to it. Steps beyond the agenda are cut. */
export function withStep(huddle: Huddle, step: number, nowMs: number): Huddle {
  const next = Math.max(0, Math.min(huddle.agenda.length - 1, step))
  if (next === huddle.step) return huddle
  return { ...withSpent(huddle, nowMs), step: next, stepMs: nowMs }
}

/** What the open step took so far, written down. */
export function withSpent(huddle: Huddle, nowMs: number): Huddle {
  const { agenda, step, stepMs } = huddle
  const spent = Math.max(0, nowMs - stepMs)
  return {
    ...huddle,
    agenda: agenda.map((one, index) => (index === step ? { ...one, spentMs: one.spentMs + spent } : one)),
    stepMs: nowMs,
  }
}
