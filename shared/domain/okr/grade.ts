import type { Commitment } from '../key-results.ts'

/** Share of the way that counts as success: all of what was committed, seven tenths of what was dared. */
export const successAt: Record<Commitment, number> = { committed: 1, aspirational: 0.7 }

export type Grade = {
  /** 0..1, in hundredths. */
  score: number
  success: boolean
}

/** Grade of a key result at the end of its cycle from its clamped progress; one that was never measured reached nothing. */
export function gradeOf(commitment: Commitment, progress: number | null): Grade {
  // Hundredths are cut, not rounded: 0.999 of what was committed is not all of it.
  const score = Math.floor(Math.min(1, Math.max(0, progress ?? 0)) * 100 + 1e-9) / 100
  return { score, success: score >= successAt[commitment] }
}
