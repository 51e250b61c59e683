import { databaseFile } from '../../../db/data-dir.ts'
import { openReadonly } from '../../../db/open-database.ts'
import { createEngine } from '../../../electron/engine/engine.ts'
import { rebuildModel } from '../../../electron/engine/model/rebuild-model.ts'
import { connectPage } from '../page-client.ts'
import { faultPlant } from './fault-load.ts'

/** What the parent tells this process. */
export type FaultOrder = { clockOffsetMs: number } | 'end'
/** What this process tells. `models`: names of lines whose live model differs from the rebuilt one. */
export type FaultNews =
  | { broker: string; storeProblem: string | null; stored: number; duplicates: number; rejected: number }
  | { models: string[] }

// The whole engine in a process of its own, for fault-run.ts to do bad things to. Arguments: data folder, address, clock offset.
const [dataDir = '', url = '', offset = '0'] = process.argv.slice(2)
let clockOffsetMs = Number(offset)
const plant = faultPlant(url)
const engine = createEngine({
  plant,
  dataDir,
  demo: null,
  version: 'faults',
  now: () => Date.now() + clockOffsetMs,
  steadyNow: () => performance.now(),
  log: (level, text) => {
    if (level === 'error') process.stderr.write(`${text}\n`)
  },
})
const tell = (news: FaultNews): void => void process.send?.(news)

/** As JSON with members in one order. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

async function end(): Promise<void> {
  clearInterval(news)
  const store = openReadonly({ file: databaseFile(dataDir) })
  const models = plant.lines
    .map((line) => engine.recorder.model(line.id))
    .filter((live) => inOrder(live) !== inOrder(rebuildModel(store.read, live.lineId, live.horizonMs)))
    .map((live) => live.lineId)
  store.close()
  await engine.stop()
  process.send?.({ models } satisfies FaultNews, () => process.exit(0))
}

process.on('message', (order: FaultOrder) => {
  if (order === 'end') void end()
  else clockOffsetMs = order.clockOffsetMs
})
await engine.start()
const page = connectPage(engine.attach)
await page.hello()
const newsMs = 20
const news = setInterval(() => {
  const { stored, duplicates, rejected } = engine.recorder.counters()
  const { broker, storeProblem } = page.board().health
  page.pushes.splice(0, page.pushes.length - 1)
  tell({ broker: broker.state, storeProblem, stored, duplicates, rejected })
}, newsMs)
