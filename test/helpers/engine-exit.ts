import { MessageChannel } from 'node:worker_threads'
import { createEngine } from '../../electron/engine/engine.ts'
import { messagePortChannel } from '../../electron/host/message-port-channel.ts'
import { plantSchema } from '../../shared/settings/plant.ts'

/** Runs an engine whose broker is missing, with a page on it, and stops it. The process must then end by itself. */
const plant = plantSchema.parse({
  site: { name: 'Plant', timeZone: 'UTC' },
  broker: { url: 'mqtt://127.0.0.1:1' },
  lines: [{ id: 'l1', name: 'Line 1' }],
})
const engine = createEngine({
  plant,
  dataDir: process.argv[2] ?? '',
  demo: null,
  version: 'test',
  log: (level, message) => console.error(level, message),
})
await engine.start()
const { port1, port2 } = new MessageChannel()
engine.attach(messagePortChannel(port1))
const answered = new Promise((resolve) => port2.once('message', resolve))
port2.postMessage({ t: 'q', i: '1', m: 'hello', a: [{ protocol: 1, lineId: null }] })
console.log(JSON.stringify(await answered))
await engine.stop()
port2.close()
console.log('stopped')
