import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { build, lineside, startBoard } from '../helpers/lineside.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { chromiumArgs, needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

/** mosquitto as the broker and mosquitto_pub as the publisher: nothing of Lineside's own between the messages and the numbers. */

/** A count must stand on the board this long after it was published. Milliseconds. */
const shownLimitMs = 1_000
const minuteMs = 60_000

beforeAll(build)
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

/** One line; its shift is the 24 hours from `baseMs`, with a break in the second hour. */
function plantFile(folder: string, brokerUrl: string, baseMs: number): string {
  const at = (minutes: number) => new Date(baseMs + minutes * minuteMs).toISOString().slice(11, 16)
  const file = join(folder, 'plant.yaml')
  writeFileSync(
    file,
    `site: { name: Works, timeZone: UTC }
broker: { url: '${brokerUrl}' }
display: { screens: [status] }
lines:
  - id: l1
    name: Line 1
    microStopS: 120
    products:
      - { id: still, name: Still, idealCycleS: 10 }
      - { id: sparkling, name: Sparkling, idealCycleS: 6.5 }
    shifts:
      - name: Day
        start: '${at(0)}'
        end: '${at(0)}'
        breaks: [{ start: '${at(60)}', end: '${at(75)}' }]
`,
  )
  return file
}

test('the numbers equal a hand calculation, and the board shows a count within a second', async (context) => {
  const executablePath = needPart(context, 'chromium')
  const publisher = needPart(context, 'mosquitto_pub')
  needPart(context, 'mosquitto')
  const folder = makeTempDir('served-numbers')
  cleanUp.push(folder.remove)
  const broker = await startMosquitto(folder.path)
  cleanUp.push(broker.stop)

  const baseMs = Math.floor(Date.now() / (60 * minuteMs)) * 60 * minuteMs - 3 * 60 * minuteMs
  const plant = plantFile(folder.path, broker.url, baseMs)
  const data = join(folder.path, 'data')
  const board = await startBoard(['start', '--headless', '--port', '0', '--plant', plant, '--data', data])
  cleanUp.push(() => board.end('SIGKILL'))
  // Before its first connection the broker keeps nothing for this board.
  await until('the board at the broker', () => board.output().includes('Connected to the broker'))

  const publish = (kind: string, body: Record<string, unknown>) =>
    execFileSync(publisher, [
      ...['-h', '127.0.0.1', '-p', String(broker.port), '-q', '1'],
      ...['-t', `lineside/v1/l1/${kind}`, '-m', JSON.stringify(body)],
    ])
  const at = (minutes: number) => new Date(baseMs + minutes * minuteMs).toISOString()

  publish('product', { ts: at(0), product: 'still' })
  publish('state', { ts: at(0), state: 'running' })
  publish('count', { ts: at(10), good: 50, scrap: 2, reason: 'Cap' })
  publish('state', { ts: at(20), state: 'stopped', reason: 'Filler jam' })
  publish('state', { ts: at(23), state: 'running' })
  publish('count', { ts: at(25), good: 80 })
  publish('state', { ts: at(30), state: 'stopped', reason: 'Sensor' })
  publish('state', { ts: at(30.75), state: 'running' })
  publish('count', { ts: at(39), good: 60, scrap: 1 })
  publish('changeover', { ts: at(40), event: 'start', from: 'still', to: 'sparkling' })
  publish('state', { ts: at(40), state: 'changeover' })
  publish('product', { ts: at(54), product: 'sparkling' })
  publish('changeover', { ts: at(55), event: 'end', from: 'still', to: 'sparkling' })
  publish('state', { ts: at(55), state: 'running' })
  publish('count', { ts: at(59), good: 30, rework: 4 })
  publish('state', { ts: at(60), state: 'break' })
  publish('state', { ts: at(75), state: 'running' })
  publish('count', { ts: at(90), good: 120, scrap: 7, reason: 'Label' })
  publish('state', { ts: at(100), state: 'starved', reason: 'No bottles' })
  publish('state', { ts: at(110), state: 'running' })
  publish('count', { ts: at(119), good: 60 })

  // By hand: 120 min less the break of 15 = 105 min planned; stops 3 + 0.75 + 10 = 13.75 min, changeover 15 min.
  const plannedS = 6_300
  const stopS = 825
  const changeoverS = 900
  const runS = plannedS - stopS - changeoverS
  const good = 50 + 80 + 60 + 30 + 120 + 60
  const scrap = 2 + 1 + 7
  const idealTotalS = 10 * (50 + 2 + 80 + 60 + 1) + 6.5 * (30 + 120 + 7 + 60)
  const idealGoodS = 10 * (50 + 80 + 60) + 6.5 * (30 + 120 + 60)
  const kpi = async (from: number, to: number) => {
    const window = ['--from', at(from), '--to', at(to), '--json']
    const run = await lineside(['kpi', '--data', data, '--line', 'l1', ...window])
    expect(run.stderr).toBe('')
    return JSON.parse(run.stdout) as Record<string, unknown>
  }
  await until('the last count', async () => (await kpi(0, 120)).good === good)
  const report = await kpi(0, 120)
  console.log(JSON.stringify(report))
  expect(report).toMatchObject({
    line: 'l1',
    from: at(0).replace('.000', ''),
    to: at(120).replace('.000', ''),
    planned_s: plannedS,
    run_s: runS,
    stop_s: stopS,
    changeover_s: changeoverS,
    good,
    scrap,
    total: good + scrap,
    availability: expect.closeTo(runS / plannedS, 12),
    performance: expect.closeTo(idealTotalS / runS, 12),
    quality_ratio: expect.closeTo(good / (good + scrap), 12),
    oee: expect.closeTo(idealGoodS / plannedS, 12),
    scrap_ratio: expect.closeTo(scrap / (good + scrap), 12),
    unknown_s: 0,
    changeovers: [{ from: 'still', to: 'sparkling', start: iso(at(40)), end: iso(at(55)), seconds: 900 }],
    stops: [
      { start: iso(at(20)), end: iso(at(23)), reason: 'Filler jam', seconds: 180, micro: false },
      { start: iso(at(30)), end: iso(at(30.75)), reason: 'Sensor', seconds: 45, micro: true },
      { start: iso(at(100)), end: iso(at(110)), reason: 'No bottles', seconds: 600, micro: false },
    ],
  })

  const browser = await chromium.launch({ executablePath, args: chromiumArgs })
  cleanUp.push(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(board.url)
  let made = good
  await page.waitForSelector(`[data-testid="made"][data-value="${made}"]`)
  const waits: number[] = []
  for (const pieces of [1, 12, 3, 100, 1]) {
    made += pieces
    const shown = page.waitForSelector(`[data-testid="made"][data-value="${made}"]`)
    const startMs = performance.now()
    publish('count', { good: pieces })
    await shown
    waits.push(Math.round(performance.now() - startMs))
  }
  console.log(`published to shown: ${waits.join(', ')} ms`)
  expect(Math.max(...waits)).toBeLessThan(shownLimitMs)
  expect(await board.end('SIGINT')).toBe(0)
  expect(board.leftOver()).toEqual([])
}, 120_000)

const iso = (time: string) => time.replace('.000', '')
