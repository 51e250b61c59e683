import type { HealthPart } from '../../../shared/contract/board.ts'
import type { Plant } from '../../../shared/settings/plant.ts'
import type { Recorder } from '../recorder.ts'

export type IngestOptions = {
  plant: Plant
  recorder: Recorder
  now: () => number
  /** Broker password, already read from its environment variable or file. */
  password: string | undefined
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The connection to the plant's broker. A broker that is away or refuses is a state, never an error thrown. */
export type Ingest = {
  start: () => void
  /** Stores what has come, acknowledges it and disconnects. Idempotent. */
  stop: () => Promise<void>
  broker: () => HealthPart['broker']
  /** One sentence while storing fails; nothing is acknowledged meanwhile. */
  storeProblem: () => string | null
  /** Called when `broker` or `storeProblem` change. Returns the unsubscribe function. */
  onChange: (listener: () => void) => () => void
}

export function createIngest(_options: IngestOptions): Ingest {
  throw new Error('not built yet')
}
