/**
 * A Node-RED dashboard beside Lineside: the same broker, the same messages (10 lines, one count a second each), the same browser, by
 * turns in the same run. Prints CPU in percent of one core and memory (PSS) of server and browser, each beside a blank page. The peer
 * is no dependency: npm install --prefix DIR node-red @flowfuse/node-red-dashboard, then LINESIDE_PEER=DIR. Arguments: [seconds of
 * each turn, 20] [rounds, 3]
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { chromium } from 'playwright-core'
import { cpuOfTree } from '../helpers/cpu-of-tree.ts'
import { processTree } from '../helpers/electron-rig.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { chromiumArgs, findPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { median } from './ingest/drain.ts'
import { benchPlant } from './ingest/load.ts'
import { nodeRedFlows } from './peer/node-red-flows.ts'

const seconds = Number(process.argv[2] ?? 20)
const rounds = Number(process.argv[3] ?? 3)
const lines = 10
const settleMs = 5_000
const peer = process.env.LINESIDE_PEER ?? ''
const nodeRed = join(peer, 'node_modules/node-red')
const dashboard = join(peer, 'node_modules/@flowfuse/node-red-dashboard')
if (peer === '' || !existsSync(nodeRed) || !existsSync(dashboard)) {
  console.error(
    'The peer is missing: npm install --prefix DIR node-red @flowfuse/node-red-dashboard, then LINESIDE_PEER=DIR.',
  )
  process.exit(2)
}
const executablePath = findPart('chromium')
if (executablePath === null) throw new Error('this bench needs chromium')
const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

build()
const dir = makeTempDir('peer')
mkdirSync(join(dir.path, 'broker'))
const broker = await startMosquitto(join(dir.path, 'broker'))
const plantFile = join(dir.path, 'plant.yaml')
// JSON is YAML.
writeFileSync(plantFile, JSON.stringify(benchPlant(broker.url, 'peer', lines)))
const board = await startBoard([
  'serve',
  '--plant',
  plantFile,
  '--data',
  join(dir.path, 'data'),
  '--port',
  '0',
])

const userDir = join(dir.path, 'node-red')
mkdirSync(userDir)
const port = await freePort()
writeFileSync(
  join(userDir, 'settings.js'),
  `module.exports = ${JSON.stringify({
    uiPort: port,
    uiHost: '127.0.0.1',
    flowFile: 'flows.json',
    httpAdminRoot: false,
    nodesDir: [dashboard],
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'warn' } },
  })}`,
)
writeFileSync(join(userDir, 'flows.json'), JSON.stringify(nodeRedFlows(new URL(broker.url))))
const red = spawn(process.execPath, [join(nodeRed, 'red.js'), '--userDir', userDir], { stdio: 'inherit' })
const peerUrl = `http://127.0.0.1:${port}/dashboard/line`

const server = await chromium.launchServer({ executablePath, args: [...chromiumArgs] })
const browser = await chromium.connect(server.wsEndpoint())
const publisher = await connectAsync(broker.url)
const topic = (line: number, kind: string): string => `lineside/v1/l${line}/${kind}`
let turn = 0
const publishing = setInterval(() => {
  publisher.publish(topic((turn++ % lines) + 1, 'count'), '{"good":1}', { qos: 1 })
}, 1_000 / lines)

/** Memory that a process and all below it have for themselves, with their share of what is common. Megabytes. */
async function memoryOf(pid: number): Promise<number> {
  let sum = 0
  for (const one of await processTree(pid)) {
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      // Ended meanwhile.
    }
  }
  return sum / 1024
}

type Usage = { serverCpu: number; browserCpu: number; serverMb: number; browserMb: number }

async function usage(serverPid: number, url: string, ready: string): Promise<Usage> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(url)
  await page.waitForSelector(ready)
  await page.waitForTimeout(settleMs)
  if (url !== 'about:blank')
    await page.screenshot({ path: join('test-results', `peer-${new URL(url).port}.png`) })
  const browserPid = server.process().pid ?? 0
  const of = () => ({ server: cpuOfTree(serverPid), browser: cpuOfTree(browserPid), atMs: performance.now() })
  const from = of()
  await page.waitForTimeout(seconds * 1_000)
  const to = of()
  const serverMb = await memoryOf(serverPid)
  const browserMb = await memoryOf(browserPid)
  await page.close()
  const share = (name: 'server' | 'browser') => ((to[name] - from[name]) / (to.atMs - from.atMs)) * 100
  return { serverCpu: share('server'), browserCpu: share('browser'), serverMb, browserMb }
}

const seen: Record<'blank' | 'lineside' | 'nodeRed', Usage[]> = { blank: [], lineside: [], nodeRed: [] }
try {
  mkdirSync('test-results', { recursive: true })
  await until('the peer', async () => (await fetch(peerUrl)).ok, 60_000)
  // Both hear it.
  for (let line = 1; line <= lines; line++)
    publisher.publish(topic(line, 'state'), '{"state":"running"}', { qos: 1 })
  for (let round = 0; round < rounds; round++) {
    seen.blank.push(await usage(board.pid, 'about:blank', 'body'))
    seen.lineside.push(
      await usage(board.pid, new URL('/?screen=status', board.url).href, '.board[data-trust=live]'),
    )
    seen.nodeRed.push(await usage(red.pid ?? 0, peerUrl, 'text=Made'))
  }
} finally {
  clearInterval(publishing)
  await browser.close()
  await server.close()
  await publisher.endAsync(true)
  red.kill('SIGTERM')
  await new Promise((resolve) => red.once('exit', resolve))
  await board.end()
  await broker.stop()
  dir.remove()
}
console.log(
  `${lines} lines at 1 message a second, median of ${rounds} turns of ${seconds} s; Chromium, 1920x1080`,
)
const show = (name: string, all: readonly Usage[]) => {
  const of = (key: keyof Usage) => median(all.map((one) => one[key])).toFixed(1)
  console.log(
    `${name.padEnd(44)} server ${of('serverCpu')} % of a core, ${of('serverMb')} MB; browser ${of('browserCpu')} %, ${of('browserMb')} MB`,
  )
}
show('blank page (server: Lineside)', seen.blank)
show('Lineside, its status screen', seen.lineside)
show(`Node-RED ${versionOf(nodeRed)}, dashboard ${versionOf(dashboard)}`, seen.nodeRed)
