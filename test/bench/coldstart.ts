/**
 * Cold start with 90 days of 3 lines in the store: from starting the engine to the first painted frame of a live status screen,
 * against the first frame of a blank page in the same browser, by turns. Arguments: [rounds, 5] [days, 90] [days of raw readings
 * among them, 2: the start does not read these]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { chromium } from 'playwright-core'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { chromiumArgs, findPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { countingPlant, fillStore } from '../helpers/year-of-counts.ts'
import { median } from './ingest/drain.ts'

const rounds = Number(process.argv[2] ?? 5)
const days = Number(process.argv[3] ?? 90)
const rawDays = Number(process.argv[4] ?? 2)
const executablePath = findPart('chromium')
if (executablePath === null) throw new Error('this bench needs chromium')

build()
const dir = makeTempDir('coldstart')
const dataDir = join(dir.path, 'data')
mkdirSync(join(dir.path, 'broker'))
mkdirSync(dataDir)
const broker = await startMosquitto(join(dir.path, 'broker'))
const plant = countingPlant(3)
plant.broker.url = broker.url
const plantFile = join(dir.path, 'plant.yaml')
// JSON is YAML.
writeFileSync(plantFile, JSON.stringify(plant))
const database = openDatabase({ file: databaseFile(dataDir) })
await fillStore(database, plant, { nowMs: Math.floor(Date.now() / 1_000) * 1_000, days, rawDays })
database.close()

const publisher = await connectAsync(broker.url)
const publishing = setInterval(() => {
  for (const { id } of plant.lines) publisher.publish(`lineside/v1/${id}/count`, '{"good":1}', { qos: 1 })
}, 1_000)
const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] })

/** Until the frame after the selector's element is there. */
async function paint(url: string, ready: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(url)
  await page.waitForSelector(ready)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
  await page.close()
}

const blankMs: number[] = []
const engineMs: number[] = []
const liveMs: number[] = []
try {
  for (let round = 0; round < rounds; round++) {
    const blankFrom = performance.now()
    await paint('about:blank', 'body')
    blankMs.push(performance.now() - blankFrom)
    const from = performance.now()
    const board = await startBoard(['serve', '--plant', plantFile, '--data', dataDir, '--port', '0'])
    engineMs.push(performance.now() - from)
    await paint(new URL('/?screen=status', board.url).href, '.board[data-trust=live] [data-testid=made]')
    liveMs.push(performance.now() - from)
    await board.end()
  }
} finally {
  clearInterval(publishing)
  await browser.close()
  await publisher.endAsync(true)
  await broker.stop()
  dir.remove()
}
const ms = (list: readonly number[]): string => `${Math.round(median(list))} ms`
console.log(`${days} days of 3 lines, ${rounds} rounds, medians`)
console.log(`blank page: first frame after ${ms(blankMs)}`)
console.log(`board: engine serves after ${ms(engineMs)}, first live frame after ${ms(liveMs)} from its start`)
