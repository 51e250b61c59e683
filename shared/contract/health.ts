import type { EpochMs } from '../domain/facts.ts'
import type { HealthPart } from './board.ts'

/** How the board itself is, for whoever looks after it. Counters are since the store was made, unless they say otherwise. */
export type HealthReport = {
  version: string
  startedMs: EpochMs
  broker: HealthPart['broker']
  /** null: the plant maps no Sparkplug metrics. */
  sparkplug: SparkplugHealth | null
  catchingUp: HealthPart['catchingUp']
  /** Messages that have come and wait for their commit. */
  queued: number
  counters: {
    stored: number
    duplicates: number
    repeated: number
    passedOver: number
    retainedDropped: number
    totalResets: number
    totalRollovers: number
    totalSwaps: number
    totalsLate: number
  }
  store: StoreHealth
  storeProblem: HealthPart['storeProblem']
  storeNotice: HealthPart['storeNotice']
}

export type SparkplugHealth = {
  broker: HealthPart['broker']
  /** Nodes and devices that feed lines. */
  alive: number
  gone: number
  /** Since the start of the engine, by name; see SparkplugTally. */
  counters: Readonly<Record<string, number>>
}

export type StoreHealth = {
  storeBytes: number
  /** Room left on its disk; null: it could not be asked. */
  freeBytes: number | null
  /** When the board's own copy was made; null: there is none. */
  copyMs: EpochMs | null
}
