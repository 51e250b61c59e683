/** Where the shift stands against its plan. Pieces. */
export type Pace = {
  /** order: from the product message; calendar: the shift's target; ideal: planned time / ideal cycle x plan factor. */
  planSource: 'order' | 'calendar' | 'ideal'
  target: number
  targetSoFar: number
  made: number
  /** made - targetSoFar; negative is behind. */
  gap: number
  /** null in the first 30 min of planned time. */
  headingFor: number | null
  /** Which rule gave headingFor. */
  headingRule: 'plan rate' | 'last 60 min' | null
  status: 'ahead' | 'on plan' | 'behind'
}
