import { connectAsync } from 'mqtt'
import { createEngine, type Engine } from '../../electron/engine/engine.ts'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import { plantSchema, type Plant } from '../../shared/settings/plant.ts'
import { startAedes, type TestAedes } from './aedes.ts'
import { connectPage, type PageClient } from './page-client.ts'
import { makeTempDir } from './temp-dir.ts'

/** An engine over a real store and a real broker; only its clock belongs to the test. */
export type EngineRig = {
  engine: Engine
  plant: Plant
  dir: string
  broker: TestAedes
  log: string[]
  /** What the engine takes for now. Epoch milliseconds. */
  clock: { nowMs: number }
  /** Publishes one message with QoS 1 and waits for the broker's acknowledgement. */
  publish: (kind: string, body: unknown, lineId?: string) => Promise<void>
  /** Stores past messages, as an import does. Each has its own `ts`. */
  replay: (messages: readonly TestMessage[], lineId?: string) => void
  /** Stores messages as if they had just come from the broker. */
  arrive: (messages: readonly TestMessage[], lineId?: string) => void
  page: () => PageClient
  /** Stops the engine and starts another one on the same store. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

export type TestMessage = [kind: string, body: Record<string, unknown>]

export type RigOptions = {
  nowMs: number
  lines: readonly unknown[]
  seed?: unknown
  demoPin?: string
  timeZone?: string
  fiscalYearStart?: string
  people?: unknown
}

export async function startEngineRig(options: RigOptions): Promise<EngineRig> {
  const temp = makeTempDir('engine')
  const broker = await startAedes()
  const plant = plantSchema.parse({
    site: {
      name: 'Plant',
      timeZone: options.timeZone ?? 'UTC',
      fiscalYearStart: options.fiscalYearStart,
    },
    broker: { url: broker.url },
    lines: options.lines,
    seed: options.seed,
    people: options.people,
  })
  const clock = { nowMs: options.nowMs }
  const log: string[] = []
  const pages: PageClient[] = []
  const publisher = await connectAsync(broker.url, { reconnectPeriod: 100 })
  const make = () =>
    createEngine({
      plant,
      dataDir: temp.path,
      demo: options.demoPin === undefined ? null : { pin: options.demoPin },
      version: '0.0.0-test',
      now: () => clock.nowMs,
      log: (level, message) => log.push(`${level} ${message}`),
    })
  const topic = (lineId: string, kind: string) => `${plant.broker.prefix}/${lineId}/${kind}`
  const firstLine = plant.lines[0]?.id ?? ''

  const incoming = (messages: readonly TestMessage[], lineId: string) =>
    messages.map(([kind, body]): IncomingMessage => ({
      topic: topic(lineId, kind),
      payload: Buffer.from(JSON.stringify(body)),
      arrivedMs: clock.nowMs,
      dup: false,
      retain: false,
      packetId: null,
    }))

  const rig: EngineRig = {
    engine: make(),
    plant,
    dir: temp.path,
    broker,
    log,
    clock,
    publish: async (kind, body, lineId = firstLine) => {
      await publisher.publishAsync(topic(lineId, kind), JSON.stringify(body), { qos: 1 })
    },
    replay: (messages, lineId = firstLine) => {
      rig.engine.recorder.record(incoming(messages, lineId), { replay: true })
    },
    arrive: (messages, lineId = firstLine) => rig.engine.recorder.record(incoming(messages, lineId)),
    page: () => {
      const page = connectPage((channel) => rig.engine.attach(channel))
      pages.push(page)
      return page
    },
    restart: async () => {
      for (const page of pages.splice(0)) page.close()
      await rig.engine.stop()
      rig.engine = make()
      await rig.engine.start()
    },
    stop: async () => {
      for (const page of pages.splice(0)) page.close()
      await rig.engine.stop()
      await publisher.endAsync(true)
      await rig.broker.stop()
      temp.remove()
    },
  }
  await rig.engine.start()
  return rig
}
