/**
 * Hostile input: byte garbage, broken and deep JSON, 5 MB, wrong types and numbers, unknown topics, on every preset. No crash,
 * no growth, each message counted by reason. Arguments: [messages, 100000] [seed].
 */
import { fuzzIngest } from '../helpers/fuzz-ingest.ts'

/** The heap may be this much larger at the end than after a tenth. Bytes. */
const growthLimit = 16 * 1_048_576

const count = Number(process.argv[3] ?? 100_000)
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000)
console.log(`${count} messages, seed ${seed}`)
const beganMs = performance.now()
const report = fuzzIngest({ count, seed })
const seconds = (performance.now() - beganMs) / 1000
console.log(JSON.stringify(report, null, 2))
const growth = report.heap === null ? 0 : report.heap.late - report.heap.early
const byCode = Object.values(report.byCode).reduce((sum, one) => sum + one, 0)
const failures = [
  ...(report.uncounted > 0 ? [`${report.uncounted} messages were not counted`] : []),
  ...(byCode === report.counters.rejected ? [] : ['some rejects have no code']),
  ...(report.byCode.internal ? ['recording itself failed'] : []),
  ...(report.differences.length > 0 ? ['roll-ups or model differ from a rebuild'] : []),
  ...(growth > growthLimit ? [`the heap grew by ${growth} bytes`] : []),
]
console.log(
  `${report.messages} messages in ${seconds.toFixed(0)} s, ${report.counters.rejected} rejected, heap ${(growth / 1_048_576).toFixed(1)} MB` +
    ` larger at the end than after a tenth: ${failures.length === 0 ? 'no failure' : failures.join('; ')}`,
)
process.exitCode = failures.length === 0 ? 0 : 1
