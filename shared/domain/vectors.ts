export type VectorOutcome = {
  section: string
  id: string
  /** Output field, or null when the whole vector is meant. */
  field: string | null
  status: 'pass' | 'fail' | 'unknown'
  message: string
}

export type VectorReport = {
  outcomes: readonly VectorOutcome[]
  passed: number
  failed: number
  unknown: number
}

export function checkVectors(_file: unknown): VectorReport {
  throw new Error('not built yet')
}
