import type { EpochMs } from '../facts.ts'

/** Baseline and target in force from an instant on, who decided them and why. */
export type TargetStep = { fromMs: EpochMs; baseline: number; target: number; by: string; reason: string }

/**
 * The step in force at an instant; before the first one, the first. `steps`: oldest first, at least one. What was judged at a
 * time stays judged by the target of that time, whatever is decided later.
 */
export function targetAt(steps: readonly TargetStep[], atMs: EpochMs): TargetStep {
  const [first] = steps
  if (first === undefined) throw new RangeError('a key result has at least one target')
  let step = first
  for (const one of steps) if (one.fromMs <= atMs) step = one
  return step
}
