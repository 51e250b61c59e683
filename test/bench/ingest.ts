/**
 * The whole engine (validated, committed with synchronous=FULL, acknowledged after the commit, roll-ups, live model, a page
 * that looks on) against mqtt.js that only counts and acknowledges by itself (MQTT 5, receiveMaximum 1000), in turns on the
 * same mosquitto. Prints ratios, publish-to-commit, CPU and memory. Options: --messages 300000, --rounds 5, --quick (the
 * first lines only), --slow (8 ms more for every sync; needs gcc), --million (a backlog of 1,000,000). LINESIDE_MOSQUITTO
 * names another mosquitto. --peer: live against a Node-RED flow (mqtt in, function, sqlite in WAL mode) that npm installs
 * into LINESIDE_PEER_DIR (a folder of the system's temporary ones by default), also with one kill -9 in the middle.
 */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { killRun } from '../helpers/kill-run.ts'
import { findPart } from '../helpers/parts.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import type { ConsumerResult } from './ingest/consumer.ts'
import { drain, median, quantile, rounds } from './ingest/drain.ts'
import type { Bench, Load } from './ingest/drain.ts'
import { live, liveRate } from './ingest/live.ts'
import { installPeer, runPeer } from './ingest/node-red.ts'
import { slowSync } from './ingest/slow-sync.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '300000' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    peer: { type: 'boolean', default: false },
  },
})
const messages = Number(values.messages)
const count = Number(values.rounds)
/** Node-RED takes some thousand a second. */
const peerMessages = 20_000
const headline: Load = { count: messages, lines: 50, bytes: 150, qos: 1 }

const mega = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`
const rate = (results: readonly ConsumerResult[]): string => {
  const perSecond = Math.round(median(results.map((result) => result.perSecond)))
  const cpuUs = median(results.map((result) => result.cpuUs))
  const rss = median(results.map((result) => result.rssMost))
  return `${perSecond}/s, CPU ${cpuUs.toFixed(1)} us a message, RSS ${mega(rss)}`
}

async function compare(bench: Bench, name: string, load: Load, env: Record<string, string> = {}) {
  const { ratios, raws, ours } = await rounds(bench, count, load, env)
  const sorted = ratios.slice().sort((a, b) => a - b)
  const span = `${quantile(sorted, 0).toFixed(2)}-${quantile(sorted, 1).toFixed(2)}`
  console.log(`${name}: ratio ${median(ratios).toFixed(2)} [${span}] (${count} rounds of ${load.count})`)
  console.log(`    mqtt.js that counts: ${rate(raws)}`)
  console.log(`    Lineside: ${rate(ours)}, received ${ours.map((result) => result.received).join(' ')}`)
}

async function latency(bench: Bench, load: Load, perSecond: number) {
  const { latencies, cpuUs } = await live(bench, load, perSecond)
  const p50 = quantile(latencies, 0.5).toFixed(1)
  const p99 = quantile(latencies, 0.99).toFixed(1)
  console.log(
    `    live at ${perSecond}/s: publish to commit p50 ${p50} ms, p99 ${p99} ms, CPU ${cpuUs.toFixed(0)} us`,
  )
}

async function million(bench: Bench) {
  const result = await drain(bench, 'ours', { ...headline, count: 1_000_000 })
  const growth = mega(result.rssMost - result.rssBefore)
  console.log(
    `a backlog of 1,000,000 at 50 lines: ${rate([result])}, RSS growth ${growth}, received ${result.received}, ` +
      `longest time without a push to the page ${Math.round(result.longestSilenceMs)} ms`,
  )
}

const dir = makeTempDir('bench')
// So that a backlog can be made of QoS 0 messages, too.
const broker = await startMosquitto(dir.path, ['queue_qos0_messages true'])
const bench = { broker, dir: dir.path }
try {
  console.log(versionOfMosquitto())
  if (values.slow) {
    await compare(bench, '8 ms more for every sync, QoS 1, 150 B, 50 lines', headline, slowSync(dir.path, 8))
  }
  if (values.million) await million(bench)
  if (values.peer) await peer(bench)
  if (!values.slow && !values.million && !values.peer) {
    await compare(bench, 'backlog, QoS 1, 150 B, 50 lines', headline)
    if (!values.quick) await all(bench)
  }
} finally {
  await broker.stop()
  dir.remove()
}

/** Live: publisher, broker and consumer at once, interleaved. */
async function peer(bench: Bench) {
  installPeer()
  const load = { ...headline, count: Math.min(messages, peerMessages) }
  const ratios: number[] = []
  for (let round = 0; round < count; round++) {
    const theirs = await runPeer(bench, load, false)
    const ours = await live(bench, load)
    const oursPerSecond = liveRate(ours)
    ratios.push(oursPerSecond / theirs.perSecond)
    console.log(
      `live, QoS 1, 50 lines: Node-RED ${Math.round(theirs.perSecond)}/s (${theirs.stored} of ${theirs.published}), ` +
        `Lineside ${Math.round(oursPerSecond)}/s (${ours.received} of ${load.count})`,
    )
  }
  console.log(`live against Node-RED: ratio ${median(ratios).toFixed(1)}`)
  const theirs = await runPeer(bench, load, true)
  const ours = await killRun({ kills: 1, seed: 1 })
  const { withId, withTime, pulses } = ours.published
  console.log(
    `one kill -9: Node-RED lost ${theirs.published - theirs.stored} of ${theirs.published}, ` +
      `Lineside lost ${ours.missing} and doubled ${ours.unknown} of ${withId + withTime + pulses}`,
  )
}

async function all(bench: Bench) {
  for (const qos of [1, 0] as const) {
    for (const bytes of [150, 1_000]) {
      for (const lines of [1, 10, 50]) {
        const load = { count: Math.round(messages / 3), lines, bytes, qos }
        await compare(bench, `backlog, QoS ${qos}, ${bytes} B, ${lines} lines`, load)
        await latency(bench, { ...load, count: 6_000 }, 2_000)
      }
    }
  }
}

function versionOfMosquitto(): string {
  const path = findPart('mosquitto') ?? 'mosquitto'
  // -h prints the version and ends with an error code on some versions.
  try {
    return execFileSync(path, ['-h'], { encoding: 'utf8' }).split('\n')[0] ?? ''
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error).split('\n')[0] ?? ''
  }
}
