import type { EpochMs, Interval } from './facts.ts'

/** Sums of one window: add them over windows, never average ratios. Times in milliseconds, counts in pieces. */
export type KpiSums = {
  plannedMs: number
  runMs: number
  stopMs: number
  changeoverMs: number
  unknownMs: number
  good: number
  scrap: number
  rework: number
  total: number
  /** Pieces made outside planned production time (in breaks, say); they are part of good/scrap. */
  unplannedPieces: number
  /** Null as soon as one counted piece has no ideal cycle time. */
  idealTotalMs: number | null
  idealGoodMs: number | null
  stopCount: number
  microStopCount: number
}

/** Fractions >= 0, or null where a denominator is zero or unknown. Performance and OEE may exceed 1 and are shown so. */
export type KpiRatios = {
  availability: number | null
  performance: number | null
  /** Quality as the factor of OEE: weighted by ideal cycle time. */
  quality: number | null
  /** good / total in pieces. */
  qualityRatio: number | null
  oee: number | null
  scrapRatio: number | null
  firstPassYield: number | null
  /** Good pieces per hour of planned production time. */
  throughputPerHour: number | null
}

export type StopEntry = Interval & {
  /** null: the stop is still open. */
  closedMs: EpochMs | null
  state: string
  reason: string | null
  cell: string | null
  /** Planned production time inside the stop, milliseconds. */
  durationMs: number
  micro: boolean
}

export type ChangeoverEntry = Interval & {
  closedMs: EpochMs | null
  from: string | null
  to: string | null
  /** Planned production time inside the changeover, milliseconds. */
  durationMs: number
}
