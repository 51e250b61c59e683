import { randomBytes } from 'node:crypto'
import plantText from '../../../assets/demo/plant.yaml?raw'
import { lineRules } from '../../../shared/settings/line-rules.ts'
import { loadPlant } from '../../../shared/settings/load-plant.ts'
import type { Plant } from '../../../shared/settings/plant.ts'
import type { Log } from '../log.ts'
import { startDemoBroker } from './demo-broker.ts'
import { cycleSpan, demoCycle } from './demo-cycle.ts'
import type { DemoCycle } from './demo-cycle.ts'
import { writeDemoHistory } from './demo-history.ts'
import { createDemoLine } from './demo-line.ts'
import type { DemoLine } from './demo-line.ts'
import { startDemoPublisher } from './demo-publisher.ts'

const seed = 'harbour-drinks-1'
const username = 'lineside-demo'

export type DemoOptions = {
  dataDir: string
  now: () => number
  log: Log
  nativeBinding?: string
  signal?: AbortSignal
}

export type DemoPlant = {
  plant: Plant
  /** Of the demo's broker, new in every run. */
  password: string
  /** Lets the simulated line publish; before it the broker is there and silent. */
  begin(): Promise<void>
  stop(): Promise<void>
}

/** A broker on a free loopback port, 90 days of history in the store, and a simulated line ready to publish. */
export async function startDemoPlant(options: DemoOptions): Promise<DemoPlant> {
  const password = randomBytes(24).toString('base64url')
  const settings = demoSettings()
  const cycle = await demoCycle(options.dataDir, settings.site.timeZone, options.now())
  const line = demoLineOf(settings, cycle)
  const topic = `${settings.broker.prefix}/${settings.lines[0]?.id}`
  const afterMs = await writeDemoHistory({ ...options, plant: settings, line, topic })
  const broker = await startDemoBroker(username, password)
  const plant = placed(settings, broker.port, cycle)
  let publisher: { stop(): Promise<void> } | null = null
  return {
    plant,
    password,
    begin: async () => {
      publisher = await startDemoPublisher({ ...options, line, topic, afterMs, broker, username, password })
    },
    stop: async () => {
      await publisher?.stop()
      await broker.close()
    },
  }
}

/** The demo's plant file as it is shipped. */
export function demoSettings(): Plant {
  const loaded = loadPlant(plantText)
  if ('plant' in loaded) return loaded.plant
  throw new Error(`The demo's plant file is damaged: ${loaded.errors[0]?.message}`)
}

/** The simulated line of the demo's settings. */
export function demoLineOf(settings: Plant, cycle: DemoCycle): DemoLine {
  const line = settings.lines[0]
  if (!line) throw new Error("The demo's plant file has no line.")
  const { timeZone } = settings.site
  return createDemoLine({
    seed,
    calendar: lineRules(line, timeZone).calendar,
    products: line.products.map((product) => ({
      id: product.id,
      idealCycleMs: (product.idealCycleS ?? 20) * 1000,
    })),
    cycle: cycleSpan(cycle, timeZone),
  })
}

function placed(settings: Plant, port: number, cycle: DemoCycle): Plant {
  const objectives = (settings.seed?.objectives ?? []).map((objective) => ({
    ...objective,
    cycle: { ...objective.cycle, ...cycle },
  }))
  return {
    ...settings,
    broker: { ...settings.broker, url: `mqtt://127.0.0.1:${port}`, username },
    seed: { objectives, kpis: settings.seed?.kpis ?? [] },
  }
}
