import { z } from 'zod'
import { oneLine, plainText } from '../plain-text.ts'

/**
 * What keeps people from the result, in the order in which it is asked: first what the place does to them, then what they bring.
 * After the six boxes of T. F. Gilbert, Human Competence (1978).
 */
export const environmentBarriers = [
  'expectations',
  'tools',
  'priorities',
  'feedback',
  'consequences',
] as const
export const personBarriers = ['knowledge', 'capacity', 'motive'] as const
export const barriers = [...environmentBarriers, ...personBarriers] as const
export type Barrier = (typeof barriers)[number]

export function isEnvironment(barrier: Barrier): boolean {
  return (environmentBarriers as readonly string[]).includes(barrier)
}

/**
 * An answer to "what stood in the way?": the questions in their order, each with yes (this was it) or no, up to the first yes.
 * Nobody can answer for the person before the place has been asked about.
 */
export const barrierAnswerSchema = z
  .strictObject({
    kpi: plainText.min(1).max(40),
    answers: z
      .array(z.enum(['no', 'yes']))
      .min(1)
      .max(barriers.length),
    note: oneLine(200),
  })
  .refine(({ answers }) => answers.slice(0, -1).every((answer) => answer === 'no'), {
    path: ['answers'],
    message: 'the questions end with the first yes',
  })
  .refine(({ answers }) => answers[answers.length - 1] === 'yes' || answers.length === barriers.length, {
    path: ['answers'],
    message: 'ask on until a yes, or until all are answered',
  })
export type BarrierAnswer = z.infer<typeof barrierAnswerSchema>

/** What it was; null: none of them. */
export function causeOf({ answers }: Pick<BarrierAnswer, 'answers'>): Barrier | null {
  const index = answers.indexOf('yes')
  return index < 0 ? null : barriers[index]!
}

/** "9 of 11 causes were environment", of this line's own answers. */
export type BarrierTally = { environment: number; all: number; byBarrier: Readonly<Record<Barrier, number>> }

export function tallyBarriers(answers: readonly Pick<BarrierAnswer, 'answers'>[]): BarrierTally {
  const byBarrier = Object.fromEntries(barriers.map((barrier) => [barrier, 0])) as Record<Barrier, number>
  let environment = 0
  let all = 0
  for (const answer of answers) {
    const cause = causeOf(answer)
    if (cause === null) continue
    byBarrier[cause]++
    all++
    if (isEnvironment(cause)) environment++
  }
  return { environment, all, byBarrier }
}
