/**
 * `npm run soak -- --minutes N`: the built kiosk under load for N minutes (60): counts at 20 times the rate of a line with 3,600
 * pieces an hour, an outage of the broker every two minutes, a visitor's key every five seconds. Prints a slope with its 95 %
 * interval for the heap after collection and for the memory of every process, and ends with 1 when a bound is passed. Processes
 * are not killed here, since a new one has no past; `npm run failures` does that.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { TestContext } from 'vitest'
import { openBoardRig } from '../helpers/board-rig.ts'
import { until } from '../helpers/until.ts'
import { slopeOf } from './slope.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const minutes = Number(values.minutes)
/** 20 pieces a second is 20 times of a line with a cycle of one second. */
const messagesPerSecond = 20
const sampleEveryS = 5
/** The first part of the run is warm-up: caches fill, code is compiled. */
const warmUpShare = 0.25
const outageEveryS = 120
const outageS = 5
/** Upper end of the 95 % interval, megabytes an hour; and more handles at the end than after the warm-up. */
const bounds = { heap: 2, rss: 10, handles: 10 }

type Sample = { atH: number; heapMb: number; rssMb: Record<string, number>; handles: Record<string, number> }

const context = {
  skip: (reason: string) => {
    throw new Error(reason)
  },
} as unknown as TestContext
const rig = await openBoardRig(context, { switches: ['--js-flags=--expose-gc'] })
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const megabytes = (bytes: number) => bytes / 1_048_576

async function measure(startMs: number): Promise<Sample> {
  const heap = await rig.kiosk.inPage<number>('gc(), gc(), performance.memory.usedJSHeapSize')
  const pids = await rig.kiosk.pids()
  const sample: Sample = {
    atH: (performance.now() - startMs) / 3_600_000,
    heapMb: megabytes(heap),
    rssMb: {},
    handles: {},
  }
  for (const [name, pid] of Object.entries(pids)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    sample.rssMb[name] = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024
    sample.handles[name] = (await readdir(`/proc/${pid}/fd`)).length
  }
  return sample
}

let published = 0
let ok = true
const samples: Sample[] = []
try {
  await rig.pieces()
  published = rig.total()
  const startMs = performance.now()
  const seconds = minutes * 60
  const sent: Promise<void>[] = []
  let nextSampleS = 0
  let nextOutageS = outageEveryS
  for (let tick = 0; (performance.now() - startMs) / 1000 < seconds; tick++) {
    const atS = (performance.now() - startMs) / 1000
    while (published - rig.total() < atS * messagesPerSecond) {
      published++
      sent.push(rig.plant.count({ good: 1 }))
    }
    await Promise.all(sent.splice(0))
    if (atS >= nextSampleS) {
      nextSampleS += sampleEveryS
      samples.push(await measure(startMs))
      // A key is what a visitor does: it changes the screen.
      await rig.kiosk.app.evaluate(({ BrowserWindow }) => {
        const page = BrowserWindow.getAllWindows()[0]?.webContents
        page?.sendInputEvent({ type: 'keyDown', keyCode: 'Right' })
        page?.sendInputEvent({ type: 'keyUp', keyCode: 'Right' })
      })
    }
    if (atS >= nextOutageS) {
      nextOutageS += outageEveryS
      // What this broker has in hand when it goes is lost with it; that is not what is tested.
      await sleep(1_500)
      await rig.plant.dropBroker()
      await sleep(outageS * 1000)
      await rig.plant.startBroker()
    }
    await sleep(100)
  }
  const shown = async () =>
    (await rig.text()).replace(/(?<=\d)[^\S\n](?=\d{3})/gu, '').includes(`Made\n${published}\n`)
  const complete = await until('every piece on the board', shown, 30_000).then(
    () => true,
    () => false,
  )
  ok &&= complete
  console.log(
    `${published} pieces published, ${complete ? 'all of them on the board' : 'NOT all on the board'}`,
  )
  const db = await stat(join(rig.args.at(-1) ?? '', 'lineside.db'))
  console.log(`Store: ${megabytes(db.size).toFixed(1)} MB`)

  const warm = samples.filter(({ atH }) => atH >= (minutes / 60) * warmUpShare)
  const report = (name: string, bound: number, pick: (sample: Sample) => number) => {
    const { slope, margin } = slopeOf(warm.map((sample) => ({ x: sample.atH, y: pick(sample) })))
    const fits = slope + margin < bound
    ok &&= fits
    const first = pick(warm[0]!).toFixed(1)
    const last = pick(warm.at(-1)!).toFixed(1)
    const interval = `${(slope - margin).toFixed(1)} to ${(slope + margin).toFixed(1)}`
    console.log(
      `${name.padEnd(14)} ${first} -> ${last} MB, slope ${slope.toFixed(1)} MB/h (95 %: ${interval}), bound ${bound}: ${fits ? 'ok' : 'PASSED OVER'}`,
    )
  }
  console.log(`${minutes} min, ${warm.length} samples after the warm-up, ${cpus().length} cores`)
  report('page heap', bounds.heap, ({ heapMb }) => heapMb)
  for (const name of ['main', 'renderer', 'engine', 'gpu'])
    report(`${name} RSS`, bounds.rss, ({ rssMb }) => rssMb[name] ?? 0)
  for (const name of ['main', 'renderer', 'engine', 'gpu']) {
    const from = warm[0]?.handles[name] ?? 0
    const to = warm.at(-1)?.handles[name] ?? 0
    if (to - from > bounds.handles) ok = false
    console.log(`${name} handles: ${from} -> ${to}`)
  }
} finally {
  await rig.close()
}
console.log(ok ? 'Within the bounds.' : 'NOT within the bounds.')
process.exitCode = ok ? 0 : 1
