/**
 * `npm run soak -- --minutes N`: the built kiosk under the load of a day, without a debugger attached. In this order:
 * 1. renderer, engine and graphics process are killed in turn, `--kills` times (24), while counts arrive;
 * 2. a backlog of `backlogMessages` comes in at once: every cache of the store reaches the size it has after months;
 * 3. N minutes (60) with 20 times the rate of a line whose cycle is one second, stops, an outage of the broker every two
 *    minutes, a visitor's key that changes the screen with every sample. No process is killed here: a new one has no past.
 * The slopes are those of part 3 after its warm-up. Ends with 1 when a bound is passed or a piece is missing. `--samples FILE`
 * takes every sample as CSV.
 */
import { appendFileSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { TestContext } from 'vitest'
import { startRigPlant } from '../helpers/electron-rig-plant.ts'
import { needBuild, openDisplay, processTree } from '../helpers/electron-rig.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { kill } from '../failures/scenario.ts'
import { csvHead, csvLine, judge } from './soak-report.ts'
import { startSoakKiosk } from './soak-kiosk.ts'
import type { SoakPart, SoakSample } from './soak-kiosk.ts'
import { readSoakStore } from './soak-store.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    kills: { type: 'string', default: '24' },
    samples: { type: 'string' },
  },
})
const steadyS = Number(values.minutes) * 60
const kills = Number(values.kills)
/** 20 pieces a second is 20 times of a line with a cycle of one second. */
const messagesPerSecond = 20
/** Between two kills: each part is killed once in three, so that no loop breaker (5 in two minutes) has a reason to trip. */
const killEveryS = 15
const backlogMessages = 200_000
/** The line stops this often, for so long; both 20 times as fast as on a floor with a stop every ten minutes. */
const stopEveryS = 30
const stopS = 4
const sampleEveryS = 15
const outageEveryS = 120
const outageS = 5
/** What the test's broker has in hand when it goes is lost with it, which is not what is tested: it is let run empty before. */
const emptyBrokerS = 2
const screens = ['status', 'hours', 'oee', 'scrap', 'changeover', 'sqdcp', 'calls', 'gaps', 'kpis', 'keys']

const context = {
  skip: (reason: string) => {
    throw new Error(reason)
  },
} as unknown as TestContext
const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`)

const electron = needPart(context, 'electron')
needBuild()
const folder = makeTempDir('soak')
const steps: (() => Promise<void> | void)[] = [folder.remove]
let ok = true
const demand = (right: boolean, sentence: string) => {
  ok &&= right
  say(`${right ? 'ok      ' : 'NOT OK  '} ${sentence}`)
}

try {
  // The shift has begun within the last hour and lasts twelve: the soak is part of one shift.
  const berlinHour = Number(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      hourCycle: 'h23',
    }).format(),
  )
  const plant = await startRigPlant(folder.path, {
    screens,
    dayFromHour: berlinHour,
    idealCycleS: 1 / messagesPerSecond,
  })
  steps.push(plant.stop)
  const display = await openDisplay(context)
  steps.push(display.close)
  const data = join(folder.path, 'data')
  const store = join(data, 'lineside.db')
  const kiosk = startSoakKiosk({
    electron,
    display,
    folder: folder.path,
    args: ['--plant', plant.file, '--data', data],
  })
  steps.push(kiosk.close)
  await plant.subscribed
  await until('the board', async () => (await kiosk.text()).length > 50, 30_000)

  const published = { good: 0, scrap: 0, messages: 0 }
  const publishPiece = () => {
    const isScrap = published.messages % 50 === 49
    published.messages++
    if (isScrap) published.scrap++
    else published.good++
    const id = String(published.messages)
    return plant.publish('count', isScrap ? { scrap: 1, reason: 'Cap', id } : { good: 1, id })
  }
  /** Counts at the rate from now on; call it often. */
  const feed = () => {
    const startMs = performance.now()
    const before = published.messages
    return async () => {
      const due = before + ((performance.now() - startMs) / 1000) * messagesPerSecond
      const sent: Promise<void>[] = []
      while (published.messages < due) sent.push(publishPiece())
      await Promise.all(sent)
    }
  }
  const stored = () => {
    const { good, scrap } = readSoakStore(store)
    return good === published.good && scrap === published.scrap
  }
  const demandAll = async (when: string) => {
    const all = await until('every piece in the store', stored, 60_000).then(
      () => true,
      () => false,
    )
    const found = readSoakStore(store)
    demand(
      all,
      `${when}: ${published.messages} messages with ${published.good} good pieces and ${published.scrap} of scrap published, ${found.good} and ${found.scrap} in the store`,
    )
  }

  say(
    `Lineside in ${electron}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}`,
  )
  if (kills > 0) {
    say(`Part 1: ${kills} kills, one every ${killEveryS} s`)
    const processesBefore = (await processTree(kiosk.pid)).length
    const mainBefore = (await kiosk.sample(0)).processes.main
    const publish = feed()
    const turn: readonly SoakPart[] = ['renderer', 'engine', 'gpu']
    for (let done = 0; done < kills; done++) {
      const part = turn[done % turn.length]!
      const pid = await until(part, async () => (await kiosk.pids())[part] || null)
      await kill(pid, 'SIGKILL')
      const endMs = performance.now() + killEveryS * 1000
      while (performance.now() < endMs) {
        await publish()
        await sleep(0.1)
      }
      const after = await until(`a new ${part}`, async () => (await kiosk.pids())[part] || null)
      if (after === pid) throw new Error(`${part} was not started again`)
      await until('the board', async () => (await kiosk.text()).length > 50)
    }
    await demandAll('After the kills')
    demand(!kiosk.output().includes('keeps failing'), 'no loop breaker has tripped')
    const processes = (await processTree(kiosk.pid)).length
    const mainAfter = (await kiosk.sample(0)).processes.main
    demand(processes <= processesBefore, `${processesBefore} processes before the kills, ${processes} after`)
    say(
      `         main ${mainBefore.rssMb.toFixed(0)} -> ${mainAfter.rssMb.toFixed(0)} MB, ${mainBefore.handles} -> ${mainAfter.handles} handles`,
    )
  }

  say(`Part 2: a backlog of ${backlogMessages} messages`)
  const backlogStartMs = performance.now()
  for (let left = backlogMessages; left > 0; left -= 500)
    await Promise.all(Array.from({ length: Math.min(500, left) }, publishPiece))
  await demandAll(`Backlog after ${((performance.now() - backlogStartMs) / 1000).toFixed(0)} s`)

  say(`Part 3: ${values.minutes} minutes`)
  const pidsAtStart = await kiosk.pids()
  const samples: SoakSample[] = []
  if (values.samples) writeFileSync(values.samples, csvHead)
  const startMs = performance.now()
  const now = () => (performance.now() - startMs) / 1000
  const publish = feed()
  const next = { sample: sampleEveryS, outage: outageEveryS, stop: stopEveryS, run: Infinity }
  let outages = 0
  while (now() < steadyS) {
    await publish()
    if (now() >= next.stop) {
      next.stop += stopEveryS
      next.run = now() + stopS
      await plant.state('stopped')
    }
    if (now() >= next.run) {
      next.run = Infinity
      await plant.state('running')
    }
    if (now() >= next.sample) {
      next.sample += sampleEveryS
      const sample = await kiosk.sample(now())
      samples.push(sample)
      if (values.samples) appendFileSync(values.samples, csvLine(sample, (await stat(store)).size))
      await kiosk.key()
    }
    if (now() >= next.outage) {
      next.outage += outageEveryS
      outages++
      await sleep(emptyBrokerS)
      await plant.dropBroker()
      await sleep(outageS)
      await plant.startBroker()
    }
    await sleep(0.1)
  }
  await demandAll(`After ${outages} outages of the broker`)
  const { messages } = readSoakStore(store)
  say(
    `         ${messages} readings, store ${((await stat(store)).size / 2 ** 20).toFixed(1)} MB, write-ahead log ${((await stat(`${store}-wal`)).size / 2 ** 20).toFixed(1)} MB`,
  )
  demand(
    JSON.stringify(await kiosk.pids()) === JSON.stringify(pidsAtStart),
    'no process was started anew in part 3',
  )
  for (const [right, sentence] of judge(samples)) demand(right, sentence)
} finally {
  for (const step of steps.reverse()) await step()
}
say(ok ? 'Within the bounds.' : 'NOT within the bounds.')
process.exitCode = ok ? 0 : 1
