/**
 * CPU at rest: engine and browser while 10 lines count once a second and one screen shows one of them, against the same browser
 * with a blank page, by turns in the same run. In percent of one core. Arguments: [seconds of each turn, 20] [rounds, 3]
 * [screen, status]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { chromium } from 'playwright-core'
import { cpuOfTree } from '../helpers/cpu-of-tree.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { chromiumArgs, findPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { median } from './ingest/drain.ts'
import { benchPlant } from './ingest/load.ts'

const seconds = Number(process.argv[2] ?? 20)
const rounds = Number(process.argv[3] ?? 3)
const screen = process.argv[4] ?? 'status'
const lines = 10
const settleMs = 3_000
const executablePath = findPart('chromium')
if (executablePath === null) throw new Error('this bench needs chromium')

build()
const dir = makeTempDir('rest')
mkdirSync(join(dir.path, 'broker'))
const broker = await startMosquitto(join(dir.path, 'broker'))
const plantFile = join(dir.path, 'plant.yaml')
// JSON is YAML.
writeFileSync(plantFile, JSON.stringify(benchPlant(broker.url, 'rest', lines)))
const board = await startBoard([
  'serve',
  '--plant',
  plantFile,
  '--data',
  join(dir.path, 'data'),
  '--port',
  '0',
])
const server = await chromium.launchServer({ executablePath, args: [...chromiumArgs] })
const browser = await chromium.connect(server.wsEndpoint())
const publisher = await connectAsync(broker.url)
const topic = (line: number, kind: string): string => `lineside/v1/l${line}/${kind}`
for (let line = 1; line <= lines; line++)
  publisher.publish(topic(line, 'state'), '{"state":"running"}', { qos: 1 })
let turn = 0
const publishing = setInterval(() => {
  publisher.publish(topic((turn++ % lines) + 1, 'count'), '{"good":1}', { qos: 1 })
}, 1_000 / lines)

/** Percent of one core. */
async function usage(url: string, ready: string): Promise<{ engine: number; browser: number }> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(url)
  await page.waitForSelector(ready)
  await page.waitForTimeout(settleMs)
  const of = () => ({
    engine: cpuOfTree(board.pid),
    browser: cpuOfTree(server.process().pid ?? 0),
    atMs: performance.now(),
  })
  const from = of()
  await page.waitForTimeout(seconds * 1_000)
  const to = of()
  await page.close()
  const share = (name: 'engine' | 'browser'): number =>
    ((to[name] - from[name]) / (to.atMs - from.atMs)) * 100
  return { engine: share('engine'), browser: share('browser') }
}

const blank: number[] = []
const engine: number[] = []
const ours: number[] = []
try {
  for (let round = 0; round < rounds; round++) {
    blank.push((await usage('about:blank', 'body')).browser)
    const shown = await usage(new URL(`/?screen=${screen}`, board.url).href, '.board[data-trust=live]')
    engine.push(shown.engine)
    ours.push(shown.browser)
  }
} finally {
  clearInterval(publishing)
  await browser.close()
  await server.close()
  await publisher.endAsync(true)
  await board.end()
  await broker.stop()
  dir.remove()
}
const percent = (list: readonly number[]): string => `${median(list).toFixed(1)} %`
console.log(`${lines} lines at 1 message a second, ${rounds} turns of ${seconds} s, percent of one core`)
console.log(`blank page: browser ${percent(blank)}`)
console.log(`screen ${screen}: browser ${percent(ours)}, engine ${percent(engine)}`)
