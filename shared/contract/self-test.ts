import type { EpochMs } from '../domain/facts.ts'

/** One number of a published worked example beside what this device computes from the same input. */
export type SelfTestExample = {
  section: string
  /** Example and field. */
  name: string
  status: 'pass' | 'fail' | 'unknown'
  published: string
  computed: string
}

/** What must hold between the numbers of the line at this moment. */
export type SelfTestCheck = {
  /**
   * memory: the model equals one rebuilt from the store; live: the sums kept up to date equal sums made anew; planned: run,
   * stops, changeover and unknown time make up planned time; oee: OEE is the product of its factors; waterfall: the losses
   * and good time make up planned time.
   */
  name: 'memory' | 'live' | 'planned' | 'oee' | 'waterfall'
  ok: boolean
  expected: string
  found: string
}

export type SelfTestReport = {
  atMs: EpochMs
  version: string
  examples: readonly SelfTestExample[]
  checks: readonly SelfTestCheck[]
}
