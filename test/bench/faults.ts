/**
 * The whole engine and a mosquitto under load while, by seed, the engine and the broker are killed (-9), the connection is cut
 * or stalls, the disk is full (a small disk of its own; needs root), the clock jumps, and messages come twice and late. What
 * is stored must be what was published, once each, with roll-ups and live models equal to rebuilt ones. Fails when it is not.
 * Options: --seeds 20, --first 1, --faults 8 (of each of the two halves).
 */
import { parseArgs } from 'node:util'
import { faultRun } from '../helpers/faults/fault-run.ts'
import type { FaultRun } from '../helpers/faults/fault-run.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    faults: { type: 'string', default: '8' },
  },
})
const first = Number(values.first)
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index)

const isGood = (run: FaultRun): boolean =>
  run.lost + run.double + run.unknown + run.rejected === 0 &&
  run.wrongSums.length + run.models.length + run.differences.length === 0 &&
  run.rows > 0 &&
  run.integrity === 'ok'

let failed = 0
let published = 0
for (const seed of seeds) {
  try {
    const run = await faultRun({ seed, faults: Number(values.faults) })
    published += run.published
    if (!isGood(run)) failed++
    console.log(`${isGood(run) ? 'ok    ' : 'FAILED'} ${JSON.stringify(run)}`)
  } catch (error) {
    failed++
    console.log(`FAILED seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`)
  }
}
console.log(`${seeds.length - failed} of ${seeds.length} seeds good; ${published} messages published`)
process.exitCode = failed > 0 ? 1 : 0
