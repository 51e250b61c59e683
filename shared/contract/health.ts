import type { EpochMs } from '../domain/facts.ts'
import type { HealthPart } from './board.ts'
import type { KioskHealth } from './kiosk.ts'

/** Why a message, or a part of it, is not counted. */
export const rejectCodes = [
  /** No mapping knows the topic. */
  'topic',
  /** The topic's line is none of the plant's. */
  'line',
  'size',
  /** Not UTF-8. */
  'encoding',
  'json',
  /** Sparkplug payloads. */
  'protobuf',
  /** Another form than the mapping expects: a list instead of an object, say. */
  'shape',
  /** A field is missing, of a wrong type or out of range. */
  'field',
  'time',
  'id',
  /** A bound on names per line is reached. */
  'limit',
  /** Quarantined: ahead of our clock. */
  'future',
  /** Quarantined: older than the raw readings are kept. */
  'old',
  /** Quarantined: a running total moved further than the line can make pieces. */
  'jump',
  /** Quarantined: more pieces were marked as scrap than were counted before. */
  'unmatched',
  /** Recording itself failed. */
  'internal',
] as const
export type RejectCode = (typeof rejectCodes)[number]

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
  /** null: this board does not run in a kiosk. */
  kiosk: KioskHealth | null
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
