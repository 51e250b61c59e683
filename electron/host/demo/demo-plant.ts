import type { Plant } from '../../../shared/settings/plant.ts'
import type { Log } from '../log.ts'

export type DemoOptions = { dataDir: string; now: () => number; log: Log; nativeBinding?: string }

export type DemoPlant = {
  plant: Plant
  /** Of the demo's broker, new in every run. */
  password: string
  /** Lets the simulated line publish; before it the broker is there and silent. */
  begin(): void
  stop(): Promise<void>
}

/** A broker on a free loopback port, 90 days of history in the store, and a simulated line ready to publish. */
export async function startDemoPlant(_options: DemoOptions): Promise<DemoPlant> {
  throw new Error('The demo plant is not there yet.')
}
