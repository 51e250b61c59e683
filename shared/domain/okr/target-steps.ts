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

/** A step as charts draw it: in force from one week of the cycle to another, weeks since its start. */
export type TargetStretch = TargetStep & { fromWeek: number; toWeek: number }

/**
 * The steps of a cycle in order of time, each with the stretch in which it was in force: the first from the cycle's start, the
 * last to its end. One that was replaced before the cycle began, or at once, has no stretch. `steps`: oldest first.
 */
export function targetStretches(
  steps: readonly TargetStep[],
  cycle: { startMs: EpochMs; endMs: EpochMs; weeks: number },
): TargetStretch[] {
  const { startMs, endMs, weeks } = cycle
  const weekOf = (atMs: EpochMs) =>
    weeks * Math.min(1, Math.max(0, (atMs - startMs) / Math.max(1, endMs - startMs)))
  return steps
    .map((step, index) => {
      const next = steps[index + 1]
      const fromWeek = index === 0 ? 0 : weekOf(step.fromMs)
      return { ...step, fromWeek, toWeek: next === undefined ? weeks : weekOf(next.fromMs) }
    })
    .filter(({ fromWeek, toWeek }, index, all) => toWeek > fromWeek || index === all.length - 1)
}
