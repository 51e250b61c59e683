/**
 * Hostile input: byte garbage, broken and deep JSON, 5 MB, wrong types and numbers, unknown topics, on every preset; then as many
 * Sparkplug messages: bad protobuf, births cut off, wild aliases, huge counts, wrong types, deep templates, sequence games. No
 * crash, no growth, each message counted by reason. Arguments: [messages of each, 100000] [seed].
 */
import { fuzzIngest } from '../helpers/fuzz-ingest.ts'
import { fuzzSparkplug } from '../helpers/fuzz-sparkplug.ts'

/** The heap may be this much larger at the end than after a tenth. Bytes. */
const growthLimit = 16 * 1_048_576

const count = Number(process.argv[3] ?? 100_000)
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000)
console.log(`${count} messages of each, seed ${seed}`)

type Judged = {
  messages: number
  uncounted: number
  rejected: number
  byCode: Readonly<Record<string, number>>
  heap: { early: number; late: number } | null
  differences: unknown[]
}

function judge(name: string, beganMs: number, report: Judged): void {
  const seconds = (performance.now() - beganMs) / 1000
  const growth = report.heap === null ? 0 : report.heap.late - report.heap.early
  const byCode = Object.values(report.byCode).reduce((sum, one) => sum + one, 0)
  const failures = [
    ...(report.uncounted > 0 ? [`${report.uncounted} messages were not counted`] : []),
    ...(byCode === report.rejected ? [] : ['some rejects have no code']),
    ...(report.byCode.internal ? ['recording itself failed'] : []),
    ...(report.differences.length > 0 ? ['roll-ups or model differ from a rebuild'] : []),
    ...(growth > growthLimit ? [`the heap grew by ${growth} bytes`] : []),
  ]
  if (failures.length > 0) process.exitCode = 1
  console.log(
    `${name}: ${report.messages} messages in ${seconds.toFixed(0)} s, ${report.rejected} rejected, heap ${(growth / 1_048_576).toFixed(1)} MB` +
      ` larger at the end than after a tenth: ${failures.length === 0 ? 'no failure' : failures.join('; ')}`,
  )
}

const plainMs = performance.now()
const plain = fuzzIngest({ count, seed })
console.log(JSON.stringify(plain, null, 2))
judge('plain topics', plainMs, { ...plain, rejected: plain.counters.rejected ?? 0 })
const sparkplugMs = performance.now()
const sparkplug = await fuzzSparkplug({ count, seed })
console.log(JSON.stringify(sparkplug, null, 2))
judge('Sparkplug', sparkplugMs, { ...sparkplug, rejected: sparkplug.recorder.rejected ?? 0 })
