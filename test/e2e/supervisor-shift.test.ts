import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import type { CallBody } from '../../db/fact-rows.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { addPerson } from '../../electron/engine/people.ts'
import { startAedes } from '../helpers/aedes.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { launchBrowser } from './screens-page.ts'
import { goTo } from './touch-page.ts'
import {
  heldScreen,
  holdKpi,
  holdPaper,
  holdScreen,
  kpiOf,
  kpiPrinted,
  pdfLines,
  readScreen,
} from './shift-numbers.ts'
import { planShift, tellShifts, writePlant, type Say } from './shift-plant.ts'
import { pin, workShift } from './shift-script.ts'

/** A supervisor's shift: 60 actions of all kinds by touch, then every number of the TV and of the report on paper against `lineside kpi`. */

const pictures = 'test-results/screens'
/** Each with what is there when the screen is. */
const screens = [
  ['status', '[data-testid="made"]'],
  ['hours', '.hour-cell'],
  ['oee', '[data-testid="oee"]'],
  ['scrap', '[data-testid="scrap-ratio"]'],
  ['sqdcp', '[data-testid="sqdcp-people"]'],
  ['calls', '[data-testid="open-calls"]'],
  ['keys', '.key-row'],
] as const
const changeover = ['changeover', '[data-testid="changeover-last"]'] as const
beforeAll(build)
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

type Parts = { chromium: string; toText: string }

// Side by side: most of it is waiting, and nothing in it measures time.
test(
  '60 actions by touch on panels of 1920 x 1080 and 1280 x 800: every number agrees',
  { timeout: 300_000 },
  async (context) => {
    const parts = { chromium: needPart(context, 'chromium'), toText: needPart(context, 'pdftotext') }
    await Promise.all([
      shiftOn({ width: 1920, height: 1080 }, parts),
      shiftOn({ width: 1280, height: 800 }, parts),
    ])
  },
)

async function shiftOn(size: { width: number; height: number }, { chromium, toText }: Parts): Promise<void> {
  const { height } = size
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
  const plan = planShift(Date.now())
  const plant = writePlant(folder.path, broker.url, plan)
  const subscribed = new Promise<void>((resolve) => broker.aedes.once('subscribe', () => resolve()))
  const board = await startBoard(['serve', '--port', '0', '--plant', plant, '--data', data])
  cleanUp.push(() => board.end('SIGKILL'))
  await subscribed
  const publisher = await connectAsync(broker.url)
  cleanUp.push(() => publisher.endAsync(true))
  const say: Say = (kind, ts, body) =>
    publisher.publishAsync(`lineside/v1/l1/${kind}`, JSON.stringify({ ts, ...body }), { qos: 1 })
  const madeByLine = await tellShifts(plan, say)

  const browser = await launchBrowser(chromium)
  cleanUp.push(() => browser.close())
  const open = async (url: string, viewport: typeof size, hasTouch: boolean) => {
    const page = await browser.newPage({ viewport, hasTouch, reducedMotion: 'reduce' })
    await page.goto(url)
    await page.waitForSelector('.stage')
    return page
  }
  const panel = await open(board.url, size, true)
  panel.setDefaultTimeout(12_000)
  await panel.locator('.stage').tap({ position: { x: 12, y: 300 } })
  await panel.waitForSelector('.touch')
  const tapped = await workShift(panel, plan, say)
  await panel.screenshot({ path: `${pictures}/supervisor-${height}.png` })
  console.log(`${tapped.actions} actions: ${JSON.stringify(tapped.kinds)}`)
  expect([tapped.actions, Object.keys(tapped.kinds).length]).toEqual([60, 28])

  const reader = openReadonly({ file: databaseFile(data) })
  const entries = listEntries(reader.read, 'l1', { startMs: 0, endMs: Number.MAX_SAFE_INTEGER })
  reader.close()
  const raises = entries.filter(({ kind, what }) => kind === 'call' && (what as CallBody).event === 'raise')
  const raisedMs = new Map(raises.map(({ what, atMs }) => [(what as CallBody).call, atMs]))
  const given = { plan, tapped, madeByLine, kpi: kpiOf(data, plant), raisedMs }
  const now = Date.now()
  holdKpi(given.kpi(plan.dayMs, now), given)
  expect(await kpiPrinted(data, plan.dayMs, now)).toEqual(given.kpi(plan.dayMs, now))

  const tv = await open(board.url, { width: 1920, height: 1080 }, false)
  const hold = async ([screen, known]: readonly [string, string]) => {
    await tv.goto(`${board.url}?screen=${screen}`)
    await tv.waitForSelector(known, { timeout: 70_000 })
    const shown = await readScreen(tv)
    holdScreen(screen, shown, heldScreen(screen, shown, given))
    await tv.screenshot({ path: `${pictures}/supervisor-${screen}-${height}.png` })
  }
  for (const screen of screens) await hold(screen)

  await panel.evaluate('window.print = () => undefined')
  await goTo(panel, 'huddle')
  await panel.getByTestId('print-report').tap()
  await panel.waitForSelector('.paper', { state: 'attached' })
  const asOfMs = Number(await panel.locator('.paper').getAttribute('data-as-of'))
  const pdf = join(folder.path, 'report.pdf')
  await panel.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true })
  holdPaper(pdfLines(toText, pdf), given.kpi(plan.dayMs, asOfMs), { ...given, asOfMs })
  // What a changeover took stood on the screen for a minute.
  await hold(changeover)

  const { barrier, action, 'check-in': checkIn } = tapped.kinds
  expect(entries).toHaveLength(60 - tapped.undone - (barrier! + action! + checkIn!))
  expect(entries.filter(({ voidedMs }) => voidedMs !== null)).toHaveLength(tapped.undone)
  await until('the board ends', async () => (await board.end('SIGINT')) === 0)
}
