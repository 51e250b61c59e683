import { parseArgs } from 'node:util'
import type { DeviceSettings, EngineOrder, EngineReport, KioskWindow } from '../../shared/contract/kiosk.ts'
import { languageOf } from '../../shared/settings/languages.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { privateUmask } from './data-dir.ts'
import { HostError, reasonOf } from './host-error.ts'
import { consoleLog } from './log.ts'
import { messagePortChannel } from './message-port-channel.ts'
import type { ElectronPort, PortChannel } from './message-port-channel.ts'
import { startHost } from './start-host.ts'

/**
 * Entry of the engine's process in the kiosk (Electron's utilityProcess). Arguments: `--plant FILE`, `--data DIR`, `--demo`.
 * Orders come from main as messages; standard output and error are the log. Exit code 0: stopped when told, 1: failed.
 */
type ParentPort = {
  postMessage: (report: EngineReport) => void
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): unknown
}

/** A stop that hangs is cut off here, before main's own limit of 3 s. Milliseconds. */
const stopLimitMs = 2_500

function fail(error: unknown): never {
  const known = error instanceof HostError || !(error instanceof Error)
  consoleLog('error', known ? reasonOf(error) : (error.stack ?? error.message))
  process.exit(1)
}
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

const { values } = parseArgs({
  options: {
    plant: { type: 'string' },
    data: { type: 'string' },
    demo: { type: 'boolean', default: false },
  },
  strict: true,
})

process.umask(privateUmask)
const parent = (process as unknown as { parentPort?: ParentPort }).parentPort
const report = (what: EngineReport) => parent?.postMessage(what)
const ending = new AbortController()
const host = startHost({
  plant: values.plant,
  dataDir: values.data,
  demo: values.demo,
  nativeBinding: process.env.LINESIDE_SQLITE_BINDING || undefined,
  signal: ending.signal,
  leave: (by) => report({ type: 'leave', by }),
})

/** A window has one page: a port that is handed over replaces the one before. */
const current = new Map<KioskWindow, PortChannel>()

async function attach(window: KioskWindow, port: ElectronPort): Promise<void> {
  const channel = messagePortChannel(port)
  current.get(window)?.close()
  current.set(window, channel)
  const { engine } = await host
  if (current.get(window) === channel) engine.attach(channel)
}

function deviceOf({ display, site }: Plant): DeviceSettings {
  return {
    language: display.language ?? languageOf(site.locale),
    output: display.output ?? null,
    touchOutput: display.touchOutput ?? null,
  }
}
/** A start that failed is answered once, below. */
const ignored = () => {}

let stopping = false
function stop(): void {
  if (stopping) return
  stopping = true
  setTimeout(() => fail('The engine did not stop in time and was ended.'), stopLimitMs).unref()
  ending.abort()
  host
    .then(
      (started) => started.stop(),
      () => {},
    )
    .then(() => process.exit(0), fail)
}

parent?.on('message', ({ data, ports }) => {
  const order = data as EngineOrder
  if (order.type === 'stop') stop()
  else if (order.type === 'beat') report({ type: 'beat' })
  else if (order.type === 'kiosk') host.then(({ engine }) => engine.noteKiosk(order.health), ignored)
  else if (order.type === 'attach' && ports[0]) attach(order.window, ports[0]).catch(fail)
})
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
host.then(
  ({ plant }) => report({ type: 'ready', device: deviceOf(plant) }),
  (error: unknown) => {
    if (!stopping) fail(error)
  },
)
