import type { EpochMs } from '../facts.ts'
import { individualsLimits, xmrSignal } from '../spc.ts'

/** A value as of an instant: of a key result after a finished shift, or of a check-in. */
export type Reading = { atMs: EpochMs; value: number }

/** What becomes the new normal: numbers in the key result's unit. */
export type LockInProposal = {
  baseline: number
  target: number
  /** Natural limits of the held stretch. */
  lower: number
  upper: number
  fromMs: EpochMs
  toMs: EpochMs
  /** Readings of the held stretch. */
  sampleSize: number
}

/** How long a key result has been met without a break. `proposal`: held long enough to make it the new normal. */
export type Held = { inRow: number; needed: number; proposal: LockInProposal | null }

/** True when a value is at the target or beyond it. */
export function isMet({ baseline, target }: { baseline: number; target: number }, value: number): boolean {
  return target > baseline ? value >= target : value <= target
}

/**
 * Whether a key result is met and held. `readings`: the key result's own value at each finished shift (or check-in), oldest
 * first; `singles`: the KPI of each of those shifts alone, from which the limits come. The proposal keeps the target as the
 * new standard; its baseline is the mean of the held stretch.
 */
export function heldSince(
  keyResult: { baseline: number; target: number; holdShifts: number },
  readings: readonly Reading[],
  singles: readonly Reading[] = readings,
): Held {
  let first = readings.length
  while (first > 0 && isMet(keyResult, readings[first - 1]!.value)) first--
  const inRow = readings.length - first
  const needed = keyResult.holdShifts
  const fromMs = readings[first]?.atMs
  if (inRow < needed || fromMs === undefined) return { inRow, needed, proposal: null }
  const values = singles.filter(({ atMs }) => atMs >= fromMs).map(({ value }) => value)
  if (values.length < 2) return { inRow, needed, proposal: null }
  const { mean, lcl, ucl } = individualsLimits(values)
  return {
    inRow,
    needed,
    proposal: {
      baseline: mean,
      target: keyResult.target,
      lower: lcl,
      upper: ucl,
      fromMs,
      toMs: readings[readings.length - 1]!.atMs,
      sampleSize: values.length,
    },
  }
}

/** A new normal that was signed. */
export type LockedBaseline = {
  fromMs: EpochMs
  baseline: number
  target: number
  lower: number
  upper: number
  betterIs: 'lower' | 'higher'
}

/**
 * True when the KPI falls back behind what was locked in: by the Western Electric rules against the signed limits, on the
 * worse side. `singles`: the KPI of each finished shift, oldest first.
 */
export function hasFallenBack(locked: LockedBaseline, singles: readonly Reading[]): boolean {
  const values = singles.filter(({ atMs }) => atMs > locked.fromMs).map(({ value }) => value)
  const limits = { mean: locked.baseline, lcl: locked.lower, ucl: locked.upper }
  return values.length > 0 && xmrSignal(values, locked.betterIs, limits) === 'worse'
}
