import { createEngine } from '../../electron/engine/engine.ts'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import type { CallMessage, CallName } from '../../shared/contract/protocol.ts'
import { dayMs } from '../../shared/domain/local-time.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { connectPage } from './page-client.ts'
import { redKpi } from './team-moves.ts'
import { killedLine, stopMs, stopsOfYesterday } from './killed-line.ts'

/** What the child is asked, and what it answers: a call of the contract and the engine's answer. */
export type EngineOrder = { id: number; name: CallName; input: unknown }
export type EngineNews = { up: true } | { id: number; answer: unknown }

// A real engine with a page on it in a process of its own, for kill tests. Arguments: data folder, PIN.
const [dataDir = '', pin = ''] = process.argv.slice(2)
const engine = createEngine({
  plant: plantSchema.parse({
    site: { name: 'Plant', timeZone: 'UTC' },
    broker: { url: 'mqtt://127.0.0.1:1' },
    lines: [killedLine],
    seed: { kpis: [{ ...redKpi, line: 'l1' }] },
  }),
  dataDir,
  demo: { pin },
  version: 'test',
  log: (level, text) => {
    if (level === 'error') process.stderr.write(`${text}\n`)
  },
})
const tell = (news: EngineNews): void => void process.send?.(news)
await engine.start()
engine.recorder.record(reports(), { replay: true })
const page = connectPage((channel) => engine.attach(channel))
await page.hello()
const signed = await page.call('signIn', { pin })
if (!signed.ok) throw new Error(signed.error.message)
process.on('message', ({ id, name, input }: EngineOrder) => {
  void page.call(name, input as CallMessage<CallName>).then((answer) => tell({ id, answer }))
})
process.once('disconnect', () => process.exit(0))
tell({ up: true })

/** Twelve days of what `redKpi` says, and yesterday's stops; the same messages at every start, so that they are stored once. */
function reports(): IncomingMessage[] {
  const nowMs = Date.now()
  const ideas = [70, 71, 69, 70, 71, 70, 69, 70, 70, 71, 69, 70].map((value, day) =>
    message('value', { id: `day-${day}`, key: 'ideas', value, ts: nowMs - (13 - day) * dayMs }),
  )
  const states = stopsOfYesterday(nowMs).flatMap((startMs, index) => [
    message('state', { id: `stop-${index}`, state: 'stopped', ts: startMs }),
    message('state', { id: `run-${index}`, state: 'running', ts: startMs + stopMs }),
  ])
  return [...ideas, ...states]

  function message(kind: string, body: object): IncomingMessage {
    const payload = Buffer.from(JSON.stringify(body))
    return {
      topic: `lineside/v1/l1/${kind}`,
      payload,
      arrivedMs: nowMs,
      dup: false,
      retain: false,
      packetId: null,
    }
  }
}
