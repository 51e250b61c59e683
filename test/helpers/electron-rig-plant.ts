import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { startAedes } from './aedes.ts'

/** A small plant on a real broker, for tests of the whole board. */
export type RigPlant = {
  file: string
  /** The board listens to the broker. What is published later reaches it, also while its engine is away. */
  subscribed: Promise<void>
  /** Publishes to `lineside/v1/l1/<kind>`; resolves when the broker has it. */
  publish: (kind: string, message: Record<string, unknown>) => Promise<void>
  /** Publishes pieces of line `l1`; resolves when the broker has them. */
  count: (pieces: { good: number; scrap?: number }) => Promise<void>
  /** The line enters a state. */
  state: (state: string) => Promise<void>
  /** The broker goes away, and comes back on the same port with empty hands. */
  dropBroker: () => Promise<void>
  startBroker: () => Promise<void>
  stop: () => Promise<void>
}

export type RigPlantOptions = {
  screens?: readonly string[]
  /** Two shifts share the day; the first begins at this hour. */
  dayFromHour?: number
  idealCycleS?: number
  /** More lines of `display:`. */
  display?: readonly string[]
}

const clock = (hour: number) => `"${String(hour % 24).padStart(2, '0')}:00"`

function plantText(
  brokerUrl: string,
  { screens = ['status'], dayFromHour = 6, idealCycleS = 1, display = [] }: RigPlantOptions,
): string {
  return `site:
  name: Test plant
  timeZone: Europe/Berlin
broker:
  url: ${brokerUrl}
display:
  line: l1
${display.map((line) => `  ${line}\n`).join('')}  screens: [${screens.join(', ')}]
lines:
  - id: l1
    name: Filler 7
    unit: bottles
    products:
      - { id: p1, name: Still 0.5 l, idealCycleS: ${idealCycleS} }
    defaultProduct: p1
    shifts:
      - { name: Day, start: ${clock(dayFromHour)}, end: ${clock(dayFromHour + 12)}, target: 40000 }
      - { name: Night, start: ${clock(dayFromHour + 12)}, end: ${clock(dayFromHour)}, target: 40000 }
    scrapReasons: [Cap]
    stopReasons: [Jam]
`
}

/** Starts the broker and writes the plant file into `dir`. */
export async function startRigPlant(dir: string, options: RigPlantOptions = {}): Promise<RigPlant> {
  let broker = await startAedes()
  const { port, url } = broker
  const file = join(dir, 'plant.yaml')
  writeFileSync(file, plantText(url, options))
  const subscribed = new Promise<void>((resolve) => broker.aedes.once('subscribe', () => resolve()))
  let publisher = await mqtt.connectAsync(url)
  const publish = async (kind: string, message: Record<string, unknown>) => {
    await publisher.publishAsync(`lineside/v1/l1/${kind}`, JSON.stringify(message), { qos: 1 })
  }
  const dropBroker = async () => {
    await publisher.endAsync(true)
    await broker.stop()
  }
  return {
    file,
    subscribed,
    publish,
    count: (pieces) => publish('count', pieces),
    state: (state) => publish('state', { state }),
    dropBroker,
    startBroker: async () => {
      broker = await startAedes({ port })
      const back = new Promise<void>((resolve) => broker.aedes.once('subscribe', () => resolve()))
      publisher = await mqtt.connectAsync(url)
      await back
    },
    stop: dropBroker,
  }
}
