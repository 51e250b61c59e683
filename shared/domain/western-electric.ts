import type { XmrLimits } from './spc.ts'

/** The four Western Electric rules (Statistical Quality Control Handbook, 1956), in words for a crew. */
export const westernElectricRules = {
  beyond: 'One point outside the usual range',
  two: 'Two of three points far out on one side',
  four: 'Four of five points off on one side',
  run: 'Eight points in a row on one side',
} as const
export type WesternElectricRule = keyof typeof westernElectricRules

/** `index`: the point at which the rule is met. `side`: 1 above the mean, -1 below. */
export type ChartSignal = { index: number; rule: WesternElectricRule; side: 1 | -1 }

/** This many newest points in a row on one side of the mean are a signal. */
export const runLength = 8

const zones: readonly { rule: WesternElectricRule; of: number; need: number; sigmas: number }[] = [
  { rule: 'beyond', of: 1, need: 1, sigmas: 3 },
  { rule: 'two', of: 3, need: 2, sigmas: 2 },
  { rule: 'four', of: 5, need: 4, sigmas: 1 },
  { rule: 'run', of: runLength, need: runLength, sigmas: 0 },
]

/**
 * All signals of a chart by point, then by rule. A point at which a rule is met lies itself beyond the rule's zone; a value
 * on a border (give or take the noise of binary fractions) is inside it.
 */
export function westernElectric(
  values: readonly number[],
  limits: Pick<XmrLimits, 'mean' | 'ucl' | 'lcl'>,
): ChartSignal[] {
  const noise = 1e-9 * Math.max(Math.abs(limits.ucl), Math.abs(limits.lcl))
  const signals: ChartSignal[] = []
  values.forEach((value, index) => {
    const side = value > limits.mean ? 1 : -1
    const reach = side > 0 ? limits.ucl - limits.mean : limits.mean - limits.lcl
    for (const { rule, of, need, sigmas } of zones) {
      const beyond = (one: number) => side * (one - limits.mean) > (sigmas / 3) * reach + noise
      if (!beyond(value) || index + 1 < need) continue
      const newest = values.slice(Math.max(0, index + 1 - of), index + 1)
      if (newest.filter(beyond).length >= need) signals.push({ index, rule, side })
    }
  })
  return signals
}
