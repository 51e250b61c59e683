/**
 * How fast history is written: 90 days of a line, about 130,000 messages, through the same path as live ones.
 * Arguments: [messages per chunk]
 */
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import { message, startRecording } from '../helpers/recording.ts'

const chunkSize = Number(process.argv[2] ?? 4_000)
const days = 90
const end = Date.now()
const start = end - days * 86_400_000
const recording = startRecording(end)
const messages: IncomingMessage[] = []
for (let at = start; at < end; at += 60_000) {
  const index: number = messages.length
  if (index % 4_000 === 0)
    messages.push(message('a/product', { ts: at, product: index % 8_000 ? 'water' : 'cola' }, at))
  if (index % 50 === 0)
    messages.push(message('a/state', { ts: at, state: index % 100 ? 'running' : 'stopped' }, at))
  if (index % 20 === 0)
    messages.push(message('a/scrap', { ts: at, qty: 1, reason: 'label', included: true }, at))
  messages.push(message('a/count', { ts: at, good: 48 + (index % 7), scrap: index % 3 }, at))
}
const began = performance.now()
const cpuBegan = process.cpuUsage()
for (let from = 0; from < messages.length; from += chunkSize) {
  recording.recorder.record(messages.slice(from, from + chunkSize), { replay: true })
}
const seconds = (performance.now() - began) / 1000
const cpu = process.cpuUsage(cpuBegan)
const cpuSeconds = (cpu.user + cpu.system) / 1e6
const { stored } = recording.recorder.counters()
console.log(
  `replay: ${stored} messages in ${seconds.toFixed(2)} s = ${Math.round(stored / seconds)} messages/s, ${cpuSeconds.toFixed(2)} s of CPU (chunks of ${chunkSize})`,
)
const from = performance.now()
const differences = recording.differences()
console.log(
  `rebuild and compare: ${((performance.now() - from) / 1000).toFixed(2)} s, ${differences.length} differences`,
)
recording.close()
