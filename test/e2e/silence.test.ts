import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { freshnessLimits } from '../../shared/domain/freshness.ts'
import { unitsPerArcmin } from '../../shared/domain/legibility.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { chromiumArgs, needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { statusColoursOf } from '../helpers/tokens.ts'
import { until } from '../helpers/until.ts'
import { auditPage } from './screens-audit.ts'

/** The whole product against a publisher that stops and a broker that goes: mosquitto, the served board, real Chromium. */

const expectedIntervalS = 1
const { staleMs } = freshnessLimits(expectedIntervalS * 1_000)
/** The page may be this much later than the limit: a tick, and the time to draw. */
const graceMs = 2_500

beforeAll(build)
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

const statusColours = statusColoursOf(
  readFileSync(join(import.meta.dirname, '../../renderer/styles/tokens.css'), 'utf8'),
  'dark',
)
const coloured = async (page: Page) =>
  (await auditPage(page, { am: unitsPerArcmin(5, 55), statusColours })).statusColours

function plantFile(folder: string, brokerUrl: string): string {
  const file = join(folder, 'plant.yaml')
  const day = (daysAhead: number) => new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10)
  writeFileSync(
    file,
    `site: { name: Works, timeZone: UTC }
broker: { url: '${brokerUrl}' }
display: { screens: [status] }
lines:
  - id: l1
    name: Line 1
    expectedIntervalS: ${expectedIntervalS}
    products: [{ id: still, name: Still, idealCycleS: 10 }]
    defaultProduct: still
    shifts: [{ name: Day, start: '00:00', end: '00:00' }]
seed:
  objectives:
    - id: o1
      line: l1
      title: Right first time
      cycle: { name: Now, start: '${day(-40)}', end: '${day(40)}' }
      keyResults: [{ id: scrap, name: Scrap rate, unit: '%', baseline: 9, target: 1, decimals: 1, kpi: scrap_ratio }]
`,
  )
  return file
}

test('a publisher that stops and a broker that goes and returns', async (context) => {
  const executablePath = needPart(context, 'chromium')
  const publisher = needPart(context, 'mosquitto_pub')
  needPart(context, 'mosquitto')
  const folder = makeTempDir('silence')
  cleanUp.push(folder.remove)
  const broker = await startMosquitto(folder.path)
  cleanUp.push(broker.stop)
  const plant = plantFile(folder.path, broker.url)
  const board = await startBoard([
    ...['start', '--headless', '--port', '0'],
    ...['--plant', plant, '--data', join(folder.path, 'data')],
  ])
  cleanUp.push(() => board.end('SIGKILL'))
  await until('the board at the broker', () => board.output().includes('Connected to the broker'))
  const publish = (kind: string, body: Record<string, unknown>) =>
    execFileSync(publisher, [
      ...['-h', '127.0.0.1', '-p', String(broker.port), '-q', '1'],
      ...['-t', `lineside/v1/l1/${kind}`, '-m', JSON.stringify(body)],
    ])
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  publish('state', { ts: yesterday, state: 'running' })
  publish('count', { ts: yesterday, good: 95, scrap: 5 })
  publish('count', { good: 95, scrap: 5 })

  const browser = await chromium.launch({ executablePath, args: chromiumArgs })
  cleanUp.push(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(board.url)
  await page.waitForSelector('.board[data-trust="live"] [data-testid="kr-scrap"][data-value="5"]')
  // The check can see: while live there is colour, the key result's included.
  publish('count', { good: 1 })
  const stoppedMs = performance.now()
  expect((await coloured(page)).length).toBeGreaterThan(0)

  await page.waitForSelector('.board[data-stale="true"]', { timeout: staleMs + graceMs })
  const staleAfterMs = performance.now() - stoppedMs
  console.log(`stale ${Math.round(staleAfterMs)} ms after the last message (limit ${staleMs} ms)`)
  expect(staleAfterMs).toBeLessThan(staleMs + graceMs)
  expect(await coloured(page)).toEqual([])
  expect(await page.getByTestId('state-word').textContent()).toContain('No data')

  publish('count', { good: 1 })
  await page.waitForSelector('.board[data-stale="false"]', { timeout: 5_000 })
  expect((await coloured(page)).length).toBeGreaterThan(0)

  await broker.stop()
  await page.waitForSelector('[data-testid="problem"]', { timeout: 15_000 })
  expect(await page.getByTestId('problem').textContent()).toMatch(/broker/i)
  await broker.restart()
  const made = Number(await page.getByTestId('made').getAttribute('data-value'))
  publish('count', { good: 7 })
  await page.waitForSelector(`[data-testid="made"][data-value="${made + 7}"]`, { timeout: 60_000 })
  await page.waitForSelector('[data-testid="problem"]', { state: 'detached', timeout: 15_000 })
}, 180_000)
