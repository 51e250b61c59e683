import publishedExamples from '../../assets/published-examples.json?raw'
import { createEngine } from '../engine/engine.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { brokerPassword } from './broker-password.ts'
import { defaultDataDir, prepareDataDir } from './data-dir.ts'
import { startDemoPlant } from './demo/demo-plant.ts'
import type { DemoOptions, DemoPlant } from './demo/demo-plant.ts'
import { reasonOf } from './host-error.ts'
import { keepHeapLean } from './lean-heap.ts'
import { consoleLog } from './log.ts'
import type { Log } from './log.ts'
import { readPlantFile, rememberPlant } from './plant-file.ts'
import { storeFailure } from './store-failure.ts'
import { productVersion } from './version.ts'

export type HostOptions = {
  /** Path of a plant file; left out only with `demo`. */
  plant?: string
  /** Folder of the store, made when missing; left out: the user's data folder. */
  dataDir?: string
  /** Runs the simulated plant on a broker of its own (loopback, free port). */
  demo: boolean
  /** Another binary of better-sqlite3. */
  nativeBinding?: string
  log?: Log
  /** Ends the kiosk around the engine for an admin. */
  leave?: (by: string) => void
  now?: () => number
  /** Ends a start that is under way: it rejects, and holds nothing afterwards. */
  signal?: AbortSignal
}

export type Host = {
  engine: Engine
  plant: Plant
  dataDir: string
  /** Ends engine, simulator and broker in this order. Idempotent. */
  stop(): Promise<void>
}

/** The PIN of the demo's team lead, shown under its PIN pad. */
export const demoPin = '2468'

/**
 * Starts the engine for a plant file or for the demo plant. Throws HostError with one sentence for the person at the
 * keyboard when the plant file has mistakes, the password is missing or the data folder is taken.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  keepHeapLean()
  const log = options.log ?? consoleLog
  const now = options.now ?? Date.now
  const dataDir = options.dataDir ?? defaultDataDir(options.demo)
  const { plant, password, demo } = options.demo
    ? await demoParts({ dataDir, now, log, nativeBinding: options.nativeBinding, signal: options.signal })
    : await plantParts(options.plant ?? '', dataDir)
  const engine = createEngine({
    plant,
    dataDir,
    demo: demo ? { pin: demoPin } : null,
    version: productVersion(),
    now,
    nativeBinding: options.nativeBinding,
    brokerPassword: password,
    examples: publishedExamples,
    leave: options.leave,
    log,
  })
  let stopping: Promise<void> | null = null
  const stop = () => (stopping ??= engine.stop().finally(() => demo?.stop()))
  try {
    await engine.start()
    await rememberPlant(dataDir, plant).catch((error: unknown) => {
      log('warn', `The settings could not be kept beside the store: ${reasonOf(error)}`)
    })
    await demo?.begin()
    options.signal?.throwIfAborted()
  } catch (error) {
    await stop().catch(() => {})
    throw storeFailure(error, dataDir)
  }
  return { engine, plant, dataDir, stop }
}

type Parts = { plant: Plant; password: string | undefined; demo: DemoPlant | null }

async function demoParts(options: DemoOptions): Promise<Parts> {
  const { dataDir } = options
  await prepareDataDir(dataDir, true)
  const demo = await startDemoPlant(options).catch((error: unknown) => {
    throw storeFailure(error, dataDir)
  })
  return { plant: demo.plant, password: demo.password, demo }
}

async function plantParts(file: string, dataDir: string): Promise<Parts> {
  const plant = await readPlantFile(file)
  const password = await brokerPassword(plant.broker)
  await prepareDataDir(dataDir, false)
  return { plant, password, demo: null }
}
