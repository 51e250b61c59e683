import { afterEach, beforeEach, expect, test } from 'vitest'
import { openReadonly } from '../../db/open-database.ts'
import { databaseFile } from '../../db/data-dir.ts'
import { readCounts } from '../../db/queries/counts.ts'
import { cycleAround } from '../../electron/host/demo/demo-cycle.ts'
import { writeDemoHistory } from '../../electron/host/demo/demo-history.ts'
import { demoLineOf, demoSettings } from '../../electron/host/demo/demo-plant.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const startMs = Date.parse('2026-11-22T13:07:21.500Z')
const hourMs = 3_600_000
const settings = demoSettings()
const cycle = cycleAround(settings.site.timeZone, startMs)

let dir: ReturnType<typeof makeTempDir>
let said: string[]
beforeEach(() => {
  dir = makeTempDir('demo-history')
  said = []
})
afterEach(() => dir.remove())

function write(nowMs: number, signal?: AbortSignal): Promise<number> {
  return writeDemoHistory({
    dataDir: dir.path,
    plant: settings,
    line: demoLineOf(settings, cycle),
    topic: 'lineside/v1/line3',
    now: () => nowMs,
    log: (_level, message) => said.push(message),
    signal,
  })
}

/** Pieces by hour: minutes may differ, since what lies further behind is reported more coarsely. */
function hours() {
  const { read, close } = openReadonly({ file: databaseFile(dir.path) })
  const counts = readCounts(read, 'hour', 'line3', { startMs: 0, endMs: startMs + 100 * hourMs })
  close()
  return counts
}

const sum = (counts: { good: number; scrap: number }[]) =>
  counts.reduce((all, count) => all + count.good + count.scrap, 0)

test('90 days are written in a few seconds; later runs go on from there and count nothing twice', async () => {
  // A start that is ended midway: the next one goes on where it was.
  const ending = new AbortController()
  const ended = write(startMs, ending.signal)
  ending.abort()
  await expect(ended).rejects.toThrow(/abort/)
  const part = sum(hours())
  expect(part).toBeGreaterThan(0)
  expect(part).toBeLessThan(230_000)

  const beganMs = performance.now()
  expect(await write(startMs)).toBe(startMs)
  const seconds = (performance.now() - beganMs) / 1000
  console.log(`90 days of demo history in ${seconds.toFixed(1)} s`)
  expect(said).toEqual(['Writing 90 days of demo history, once; this takes some seconds.'])
  expect(seconds).toBeLessThan(30)
  const first = hours()
  expect(sum(first)).toBeGreaterThan(230_000)
  expect(first.every((count) => count.idealTotalMs !== null)).toBe(true)

  // The same instant again, then 20 seconds, some hours and a night later, in steps that end anywhere.
  let nowMs = startMs
  for (const stepMs of [0, 20_300, 5 * hourMs + 1_234, 9 * hourMs + 77]) {
    nowMs += stepMs
    await write(nowMs)
  }
  const inSteps = hours()
  dir.remove()
  dir = makeTempDir('demo-history-whole')
  await write(nowMs)
  const common = Math.max(inSteps[0]?.startMs ?? 0, hours()[0]?.startMs ?? 0)
  const atOnce = hours().filter((count) => count.startMs >= common)
  expect(inSteps.filter((count) => count.startMs >= common)).toEqual(atOnce)
}, 120_000)
