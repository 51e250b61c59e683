/**
 * From publish to pixel, at 1, 10 and 100 messages a second: the whole product (engine process, durable store, WebSocket,
 * status screen in Chromium) against the floor, mqtt.js whose message becomes a text node on a blank page, in the same run,
 * same broker, same browser, by turns. A board hangs for months: before a turn both sides get messages until their code is
 * warm. At 1 message a second a page that was opened just now is measured as well. Arguments: [seconds of each turn, default
 * 20] [rounds, default 2] [rates, default 1,10,100]
 */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { connectAsync } from 'mqtt'
import { build, startBoard } from '../helpers/lineside.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { chromiumArgs, findPart } from '../helpers/parts.ts'
import { shownValues, watchMade } from '../helpers/pixel-watch.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const seconds = Number(process.argv[2] ?? 20)
const rounds = Number(process.argv[3] ?? 2)
const rates = (process.argv[4] ?? '1,10,100').split(',').map(Number)
/** Before a turn: what a line that makes a piece each second sends in eight minutes. */
const warmUpMessages = 500
const warmUpPauseMs = 50
/** Product over floor, at the median, at one message a second: what this bench promises. */
const limit = 1.5
const topic = 'lineside/v1/a/count'

const plant = (broker: string) => `
site: { name: Bench, timeZone: UTC }
broker: { url: '${broker}' }
display: { swapRail: false }
lines:
  - id: a
    name: Line A
    products: [{ id: cap, name: Cap, idealCycleS: 1 }]
    defaultProduct: cap
    shifts:
      - { name: One, start: '00:00', end: '12:00', target: 40000 }
      - { name: Two, start: '12:00', end: '00:00', target: 40000 }
`

const chromiumPath = findPart('chromium')
if (!chromiumPath) throw new Error('this bench needs chromium')
build()
const dir = makeTempDir('pixels')
mkdirSync(join(dir.path, 'broker'))
const broker = await startMosquitto(join(dir.path, 'broker'))
writeFileSync(join(dir.path, 'plant.yaml'), plant(broker.url))
const board = await startBoard([
  'serve',
  '--plant',
  join(dir.path, 'plant.yaml'),
  '--data',
  join(dir.path, 'data'),
  '--port',
  '0',
])
const floor = spawn(process.execPath, [
  join(import.meta.dirname, '../helpers/pixel-floor.ts'),
  broker.url,
  topic,
])
const floorUrl = await new Promise<string>((resolve, reject) => {
  floor.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()))
  floor.once('exit', () => reject(new Error('the floor did not start')))
})
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
const publisher = await connectAsync(broker.url)
await publisher.publishAsync('lineside/v1/a/state', '{"state":"running"}', { qos: 1 })

function publish(): void {
  publisher.publish(topic, '{"good":1}', { qos: 1 })
}

const shownOn = (page: Page) =>
  page.evaluate(() => Number(document.querySelector('[data-testid="made"]')?.getAttribute('data-value')))

type Turn = { rate: number; warmUp: number }

/** Latency of every message: until a value that includes it was on screen. Milliseconds. */
async function turn(url: string, { rate, warmUp }: Turn, isFloor: boolean): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(new URL(isFloor ? '/' : '/?screen=status', url).href)
  await page.waitForSelector(isFloor ? 'span' : '.board')
  await page.waitForTimeout(1_500)
  for (let n = 0; n < warmUp; n++) {
    publish()
    await page.waitForTimeout(warmUpPauseMs)
  }
  await page.waitForTimeout(1_000)
  await watchMade(page)
  const base = await shownOn(page)
  const sent: { value: number; atMs: number }[] = []
  const count = Math.max(5, Math.round(rate * seconds))
  for (let n = 1; n <= count; n++) {
    const began = performance.now()
    sent.push({ value: base + n, atMs: performance.timeOrigin + performance.now() })
    publish()
    // Never in step with the engine's tick, nor with the frames.
    const waitMs = (1000 / rate) * (0.85 + 0.3 * Math.random())
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs - (performance.now() - began))))
  }
  await page.waitForFunction(
    (value) => Number(document.querySelector('[data-testid="made"]')?.getAttribute('data-value')) >= value,
    base + count,
  )
  await page.waitForTimeout(300)
  const shown = await shownValues(page)
  await page.close()
  return sent.map(({ value, atMs }) => shown.find((one) => one.value >= value)!.atMs - atMs)
}

const quantile = (list: readonly number[], share: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))] ?? NaN

console.log(`publish to pixel, ${rounds} turns of ${seconds} s each; milliseconds`)
console.log('messages/s             floor p50   floor p99   board p50   board p99   p50 ratio')
/** The ratio that the limit judges; null: it was not asked for. */
let judged: number | null = null
try {
  for (const rate of rates) {
    for (const warmUp of rate === 1 ? [0, warmUpMessages] : [warmUpMessages]) {
      const ours: number[] = []
      const theirs: number[] = []
      for (let round = 0; round < rounds; round++) {
        theirs.push(...(await turn(floorUrl, { rate, warmUp }, true)))
        ours.push(...(await turn(board.url, { rate, warmUp }, false)))
      }
      const ratio = quantile(ours, 0.5) / quantile(theirs, 0.5)
      const cells = [quantile(theirs, 0.5), quantile(theirs, 0.99), quantile(ours, 0.5), quantile(ours, 0.99)]
      console.log(
        [
          `${rate}${warmUp === 0 ? ', a new page' : ''}`.padEnd(20),
          ...cells.map((value) => value.toFixed(1).padStart(11)),
          ratio.toFixed(2).padStart(11),
        ].join(' '),
      )
      if (rate === 1 && warmUp > 0) judged = ratio
    }
  }
} finally {
  await browser.close()
  await publisher.endAsync(true)
  floor.kill()
  await board.end()
  await broker.stop()
  dir.remove()
}
const verdict = judged === null ? 'not measured' : judged <= limit ? 'kept' : 'NOT kept'
console.log(`limit at 1 message/s: ${limit}, ${verdict}`)
process.exitCode = judged !== null && judged > limit ? 1 : 0
