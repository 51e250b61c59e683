import { createEngine } from '../../electron/engine/engine.ts'
import type { CallMessage, CallName } from '../../shared/contract/protocol.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { connectPage } from './page-client.ts'
import { testLine } from './view-input.ts'

/** What the child is asked, and what it answers: a call of the contract and the engine's answer. */
export type OkrOrder = { id: number; name: CallName; input: unknown }
export type OkrNews = { up: true } | { id: number; answer: unknown }

// A real engine with a page on it in a process of its own, for kill tests. Arguments: data folder, PIN.
const [dataDir = '', pin = ''] = process.argv.slice(2)
const engine = createEngine({
  plant: plantSchema.parse({
    site: { name: 'Plant', timeZone: 'UTC' },
    broker: { url: 'mqtt://127.0.0.1:1' },
    lines: [testLine()],
  }),
  dataDir,
  demo: { pin },
  version: 'test',
  log: (level, text) => {
    if (level === 'error') process.stderr.write(`${text}\n`)
  },
})
const tell = (news: OkrNews): void => void process.send?.(news)
await engine.start()
const page = connectPage((channel) => engine.attach(channel))
await page.hello()
process.on('message', ({ id, name, input }: OkrOrder) => {
  void page.call(name, input as CallMessage<CallName>).then((answer) => tell({ id, answer }))
})
process.once('disconnect', () => process.exit(0))
tell({ up: true })
