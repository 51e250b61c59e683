import type { EpochMs } from './facts.ts'
import type { Freshness } from './freshness.ts'

/** KPIs a key result can follow by itself. */
export const liveKpis = [
  'throughput',
  'oee',
  'availability',
  'performance',
  'quality_ratio',
  'first_pass_yield',
  'scrap_ratio',
  'changeover_min',
] as const
export type LiveKpi = (typeof liveKpis)[number]

export type KeyResult = {
  id: string
  /** Short name for the TV, at most 14 characters fit the rail. */
  name: string
  unit: string
  baseline: number
  target: number
  /** Digits after the decimal point on screen. */
  decimals: number
  source:
    | { kind: 'kpi'; kpi: LiveKpi; /** rolling window of finished shifts */ shifts: number }
    | { kind: 'manual' }
  owner: string | null
}

export type Objective = {
  id: string
  lineId: string
  title: string
  cycle: { name: string; startDate: string; endDate: string }
  keyResults: readonly KeyResult[]
}

export type PaceWord = 'On pace' | 'Behind' | 'Off pace'

export type KeyResultProgress = {
  /** Clamped to 0..1. */
  progress: number
  worseThanStart: boolean
  /** Elapsed share of the cycle's working days, 0..1: where progress should be. */
  expected: number
  /** progress - expected, unclamped. */
  gap: number
  status: PaceWord
  /** The value that would be exactly on pace now. */
  shouldBe: number
}

/** A key result as screens show it. `value` is in the key result's unit. */
export type KeyResultView = KeyResult & {
  objective: string
  value: number | null
  valueAtMs: EpochMs | null
  freshness: Freshness
  sampleSize: number
  progress: KeyResultProgress | null
  /** One point a week of the cycle: x = weeks since the start, y = value. */
  history: readonly { x: number; y: number }[]
  /** Days since the last check-in; null: never. */
  checkInAgeDays: number | null
  checkInDue: 'no' | 'due' | 'overdue'
  lastSentence: string | null
}
