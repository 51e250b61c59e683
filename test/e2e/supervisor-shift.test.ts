import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { addPerson } from '../../electron/engine/people.ts'
import { startAedes } from '../helpers/aedes.ts'
import { build, lineside, startBoard } from '../helpers/lineside.ts'
import { findPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { launchBrowser } from './screens-page.ts'

/** A supervisor's shift: 60 actions of all kinds by touch, then what the TV shows against what `lineside kpi` computes. */

const pictures = 'test-results/screens'
const pin = '2468'
const hourMs = 3_600_000
beforeAll(build)
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

/** One line whose shift began three hours ago. */
function plantFile(folder: string, brokerUrl: string, startMs: number): string {
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  const file = join(folder, 'plant.yaml')
  writeFileSync(
    file,
    `site: { name: Works, timeZone: UTC }
broker: { url: '${brokerUrl}' }
display: { screens: [status, scrap, oee, changeover, sqdcp] }
lines:
  - id: l1
    name: Line 1
    products:
      - { id: still, name: Still, idealCycleS: 10 }
      - { id: sparkling, name: Sparkling, idealCycleS: 6.5 }
    defaultProduct: still
    shifts: [{ name: Day, start: '${clock(startMs)}', end: '${clock(startMs + 12 * hourMs)}', target: 3000 }, { name: Night, start: '${clock(startMs + 12 * hourMs)}', end: '${clock(startMs)}', target: 3000 }]
    cells: { names: [Filler, Capper] }
    scrapReasons: [Cap, Label, Underfill, Dent]
    stopReasons: [Jam, Sensor, No bottles]
    scrapTarget: 0.05
    figures: [{ id: present, theme: people, name: People present, target: 6 }]
`,
  )
  return file
}

const chromium = findPart('chromium')
const skipped = chromium === null && process.env.CI_REQUIRE_ALL !== '1'

test.skipIf(skipped).each([
  [1920, 1080],
  [1280, 800],
])('60 actions by touch at %i x %i: every number agrees', { timeout: 300_000 }, async (width, height) => {
  if (chromium === null) throw new Error('chromium is required here (CI_REQUIRE_ALL=1) and was not found')
  mkdirSync(pictures, { recursive: true })
  const folder = makeTempDir('supervisor')
  cleanUp.push(folder.remove)
  const broker = await startAedes()
  cleanUp.push(broker.stop)
  const data = join(folder.path, 'data')
  mkdirSync(data)
  const store = openDatabase({ file: databaseFile(data) })
  await addPerson(store.write, { name: 'Ana', role: 'lead', pin })
  store.close()
  const startMs = Math.floor(Date.now() / hourMs) * hourMs - 3 * hourMs
  const plant = plantFile(folder.path, broker.url, startMs)
  const subscribed = new Promise<void>((resolve) => broker.aedes.once('subscribe', () => resolve()))
  const board = await startBoard(['serve', '--port', '0', '--plant', plant, '--data', data])
  cleanUp.push(() => board.end('SIGKILL'))
  await subscribed
  const publisher = await connectAsync(broker.url)
  cleanUp.push(() => publisher.endAsync(true))
  const publish = (kind: string, minutes: number, body: object) =>
    publisher.publishAsync(
      `lineside/v1/l1/${kind}`,
      JSON.stringify({ ts: startMs + minutes * 60_000, ...body }),
      { qos: 1 },
    )
  await publish('state', 0, { state: 'running' })
  for (let stop = 0; stop < 8; stop += 1) {
    await publish('count', 20 * stop + 5, { good: 60 + stop })
    await publish('state', 20 * stop + 6, { state: 'stopped' })
    await publish('state', 20 * stop + 12, { state: 'running' })
  }

  const browser = await launchBrowser(chromium)
  cleanUp.push(() => browser.close())
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    reducedMotion: 'reduce',
  })
  const tvContext = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const open = async (screen: string): Promise<Page> => {
    const tv = await tvContext.newPage()
    await tv.goto(`${board.url}?screen=${screen}`)
    await tv.waitForSelector('[data-testid]')
    return tv
  }
  await page.goto(board.url)
  await page.waitForSelector('.stage')
  await page.locator('.stage').tap({ position: { x: 12, y: 300 } })
  await page.waitForSelector('.touch')

  const tap = (id: string) => page.getByTestId(id).tap()
  const choose = (name: string) => page.getByRole('button', { name, exact: true }).first().tap()
  const bounce = () => page.waitForTimeout(260)
  let actions = 0
  /** One action is done when the page says that the engine has it. */
  const done = async (text: string | RegExp) => {
    await page.getByTestId('saved').filter({ hasText: text }).waitFor()
    expect(await page.getByTestId('kept').count()).toBe(0)
    actions += 1
    await bounce()
  }
  const expected = { scrap: 0, good: 0 }
  const scrap = async (reason: string, more: number, customer = false) => {
    await choose(reason)
    for (let count = 0; count < more; count += 1) await choose('One more')
    if (customer) {
      await tap('scrap-details')
      await choose('Capper')
      await choose('A customer')
      await tap('details-done')
    }
    await tap('confirm')
    await done(`Logged ${1 + more} \u00d7 ${reason}`)
    if (!customer) expected.scrap += 1 + more
  }
  const undo = async (pieces = 0) => {
    await tap('undo')
    await done('Taken back')
    expected.scrap -= pieces
  }

  const reasons = ['Cap', 'Label', 'Underfill', 'Dent']
  // 24 times scrap, with four of them taken back: 28 actions.
  for (let count = 0; count < 24; count += 1) {
    await scrap(reasons[count % 4]!, count % 3, count === 10)
    if (count % 6 === 5) await undo(1 + (count % 3))
  }
  // 8 stop reasons: 36.
  await tap('page-stop')
  for (let count = 0; count < 8; count += 1) {
    await page.getByText(`1 of ${8 - count} without a reason`).waitFor()
    await choose(['Jam', 'Sensor', 'No bottles'][count % 3]!)
    await done('for the stop at')
  }
  // Split one stop, merge two, give another reason: 39.
  await tap('page-stops')
  const row = (minutes: number) => tap(`stop-${startMs + minutes * 60_000}`)
  await row(146)
  await tap('work-split')
  await tap('confirm')
  await done('Stop split at')
  await row(86)
  await row(106)
  await tap('work-merge')
  await choose('Jam')
  await done('One stop from')
  await row(126)
  await tap('work-reason')
  await choose('Sensor')
  await done('Sensor for the stop at')
  // Two changeovers: 43.
  await tap('page-changeover')
  for (const product of ['Sparkling', 'Still']) {
    await choose(product)
    await done(`Changeover to ${product} started`)
    await tap('confirm')
    await done('Changeover ended')
    await publish('product', (Date.now() - startMs) / 60_000, { product: product.toLowerCase() })
    await page.waitForTimeout(600)
  }
  // Three calls, each answered twice: 52.
  await tap('page-home')
  for (const category of ['maintenance', 'quality', 'material']) {
    await tap(`call-${category}`)
    await bounce()
    await tap('confirm')
    await done(/called/)
    for (const answer of ['coming', 'resolve']) {
      await tap(`call-${category}`)
      await tap(`say-${answer}`)
      if (answer === 'resolve' && (await page.getByTestId('no-cause').count()) > 0) await tap('no-cause')
      await done(/:/)
    }
  }
  // Safety, figure, notes, corrections: 60.
  await tap('page-daily')
  const signIn = async () => {
    await page.getByTestId('pin-ok').waitFor()
    for (const digit of pin) await choose(digit)
    await tap('pin-ok')
  }
  for (const [index, what] of ['nearMiss', 'firstAid', 'incident'].entries()) {
    await tap('daily-safety')
    await tap(`safety-${what}`)
    await tap('confirm')
    if (index === 0) await signIn()
    await done(/near miss|first aid|incident/i)
  }
  await undo()
  await tap('daily-figure')
  await choose('7')
  await tap('confirm')
  await done('People present: 7')
  await tap('daily-note')
  await page.getByTestId('note-text').fill('Guard of the capper is loose')
  await page.locator('.keyboard [data-skbtn="{close}"]').tap()
  await tap('confirm')
  await done('Guard of the capper is loose')
  for (const [kind, good, rejects] of [
    ['goodFewer', -5, 0],
    ['scrapMore', 0, 4],
  ] as const) {
    await tap('daily-correction')
    await tap(`correct-${kind}`)
    await choose(String(Math.abs(good + rejects)))
    await page.getByTestId('correction-reason').fill('Recount')
    await page.locator('.keyboard [data-skbtn="{close}"]').tap()
    await tap('confirm')
    await done(good === 0 ? 'Scrap to add' : 'Good pieces to take away')
    expected.good += good
    expected.scrap += rejects
  }
  await page.screenshot({ path: `${pictures}/supervisor-${height}.png` })
  expect(actions).toBe(60)

  expected.good += Array.from({ length: 8 }, (_, stop) => 60 + stop).reduce((sum, good) => sum + good, 0)
  const run = await lineside([
    ...['kpi', '--data', data, '--line', 'l1', '--json'],
    ...['--from', new Date(startMs).toISOString(), '--to', new Date(startMs + 12 * hourMs).toISOString()],
  ])
  expect(run.stderr).toBe('')
  const kpi = JSON.parse(run.stdout) as { scrap_ratio: number }
  expect(kpi).toMatchObject({ good: expected.good, scrap: expected.scrap })

  const tv = await open('status')
  await tv.waitForSelector(`[data-testid="made"][data-value="${expected.good}"]`)
  const rejects = await open('scrap')
  const share = expected.scrap / (expected.good + expected.scrap)
  const raw = (where: Page, id: string) => where.getByTestId(id).first().getAttribute('data-value')
  await expect.poll(async () => Number(await raw(rejects, 'scrap-ratio'))).toBeCloseTo(share, 9)
  expect(kpi.scrap_ratio).toBeCloseTo(share, 9)
  const letters = await open('sqdcp')
  await letters.waitForSelector('[data-testid="sqdcp-people"][data-value="7"]')
  await letters.getByTestId('sqdcp-note').filter({ hasText: 'Guard of the capper is loose' }).waitFor()
  await letters.screenshot({ path: `${pictures}/supervisor-sqdcp-${height}.png` })

  const reader = openDatabase({ file: databaseFile(data) })
  const entries = listEntries(reader.read, 'l1', { startMs: 0, endMs: Number.MAX_SAFE_INTEGER })
  reader.close()
  expect(entries).toHaveLength(60 - 5)
  expect(entries.filter(({ voidedMs }) => voidedMs !== null)).toHaveLength(5)
  await until('the board ends', async () => (await board.end('SIGINT')) === 0)
})
