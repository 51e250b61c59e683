import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { addPerson } from '../../electron/engine/people.ts'
import { bounceMs } from '../../renderer/touch/tap-timing.ts'
import { startAedes } from '../helpers/aedes.ts'
import { build, lineside, startBoard } from '../helpers/lineside.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { launchBrowser } from './screens-page.ts'
import { goTo } from './touch-page.ts'

const pictures = 'test-results/screens'
const minuteMs = 60_000
const hourMs = 60 * minuteMs
let cleanUp: (() => Promise<unknown> | void)[] = []
beforeAll(build)
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

/** Two shifts of twelve hours: the one of `baseMs`, and the one that runs now. */
function plantFile(folder: string, url: string, baseMs: number): string {
  const at = (hours: number) => new Date(baseMs + hours * hourMs).toISOString().slice(11, 16)
  const file = join(folder, 'plant.yaml')
  writeFileSync(
    file,
    `site: { name: Works, timeZone: UTC }
broker: { url: '${url}' }
display: { screens: [status] }
lines:
  - id: l1
    name: Line 1
    products: [{ id: still, name: Still, idealCycleS: 10 }]
    shifts:
      - { name: First, start: '${at(0)}', end: '${at(12)}', target: 4000 }
      - { name: Second, start: '${at(12)}', end: '${at(0)}', target: 3600 }
    huddle:
      nextTier: Department
      agenda:
        - { topic: since, seconds: 30 }
        - { topic: quality, seconds: 60 }
        - { topic: delivery, seconds: 60, ask: 'What kept us?' }
        - { topic: actions, seconds: 30 }
`,
  )
  return file
}

test(
  'a huddle from its start by touch to its minutes on paper, led by clicker and by touch',
  { timeout: 240_000 },
  async (context) => {
    const chromium = needPart(context, 'chromium')
    const [info, text, image] = (['pdfinfo', 'pdftotext', 'pdftoppm'] as const).map((part) =>
      needPart(context, part),
    )
    mkdirSync(pictures, { recursive: true })
    const folder = makeTempDir('huddle-run')
    cleanUp.push(folder.remove)
    const data = join(folder.path, 'data')
    mkdirSync(data)
    const database = openDatabase({ file: databaseFile(data) })
    await addPerson(database.write, { name: 'Ada', role: 'lead', pin: '2468' })
    database.close()
    const broker = await startAedes()
    cleanUp.push(broker.stop)
    const baseMs = Math.floor(Date.now() / hourMs) * hourMs - 13 * hourMs
    const plant = plantFile(folder.path, broker.url, baseMs)
    const board = await startBoard(['serve', '--port', '0', '--plant', plant, '--data', data])
    cleanUp.push(() => board.end())
    await until('the board at the broker', () => board.output().includes('Connected to the broker'))
    const publisher = await connectAsync(broker.url)
    cleanUp.push(() => publisher.endAsync(true))
    const say = (kind: string, minutes: number | null, body: object) =>
      publisher.publishAsync(
        `lineside/v1/l1/${kind}`,
        JSON.stringify({ ...body, ...(minutes !== null && { ts: baseMs + minutes * minuteMs }) }),
        { qos: 1 },
      )
    await say('product', 0, { product: 'still' })
    await say('state', 0, { state: 'running' })
    await say('count', 60, { good: 1_800, scrap: 40, reason: 'Cap' })
    await say('count', 200, { good: 1_650, scrap: 15 })
    await say('state', 300, { state: 'stopped', reason: 'Filler jam' })
    await say('state', 325, { state: 'running' })
    await say('count', null, { good: 7 })

    const browser = await launchBrowser(chromium)
    cleanUp.push(() => browser.close())
    const open = async (width: number, height: number, hasTouch: boolean) => {
      const page = await browser.newPage({ viewport: { width, height }, hasTouch, reducedMotion: 'reduce' })
      await page.goto(board.url)
      await page.waitForSelector('.stage')
      return page
    }
    const tv = await open(1920, 1080, false)
    const tablet = await open(1280, 800, true)
    // The printer's own window is the person's; what would go to it is made into a file below.
    await tablet.evaluate(`window.printed = 0; window.print = () => void window.printed++`)
    /** Not so soon after the one before that it counts as a bounce of the same finger. */
    const tap = async (page: Page, id: string) => {
      await page.waitForTimeout(bounceMs + 50)
      await page.getByTestId(id).tap()
    }
    const shows = (page: Page, step: string) => page.waitForSelector(`.huddle[data-topic="${step}"]`)

    await tablet.tap('.stage', { position: { x: 12, y: 400 } })
    await goTo(tablet, 'huddle')
    await tap(tablet, 'huddle-start')
    await shows(tv, 'since')
    await tv.screenshot({ path: `${pictures}/huddle-tv.png` })
    await tablet.getByTestId('remote-step').waitFor()
    for (let person = 0; person < 3; person++) {
      await tap(tablet, 'one-more')
      await tablet.waitForSelector(`[data-testid="present"][data-value="${person + 1}"]`)
    }
    await tablet.screenshot({ path: `${pictures}/huddle-remote.png` })

    // The clicker goes on, the touch page follows, and the other way round.
    await tv.keyboard.press('PageDown')
    await shows(tv, 'quality')
    await tablet.waitForSelector('[data-testid="remote-step"][data-value="1"]')
    const scrap = Number(await tv.getByTestId('huddle-scrap-ratio').getAttribute('data-value'))
    await tap(tablet, 'huddle-next')
    await shows(tv, 'delivery')
    expect(await tv.getByTestId('huddle-ask').textContent()).toBe('What kept us?')
    const gap = Number(await tv.getByTestId('huddle-gap').getAttribute('data-value'))
    await tv.keyboard.press('ArrowLeft')
    await shows(tv, 'quality')
    await tap(tablet, 'huddle-next')
    await shows(tv, 'delivery')

    // An action on the spot, signed by PIN, and the hours by the same lead.
    await tap(tablet, 'huddle-addAction')
    await tablet.getByTestId('action-what').fill('Clean the cap feeder')
    await tablet.getByTestId('action-owner').fill('Ada')
    await tablet.locator('.keyboard [data-skbtn="{close}"]').tap()
    await tablet.getByTestId('keyboard').waitFor({ state: 'detached' })
    await tap(tablet, 'confirm')
    for (const digit of '2468') await tablet.getByRole('button', { name: digit, exact: true }).tap()
    await tablet.getByRole('button', { name: 'OK', exact: true }).tap()
    await tap(tablet, 'huddle-sign')
    await tap(tablet, 'confirm')
    await tablet.getByTestId('remote-step').waitFor()

    await tap(tablet, 'huddle-next')
    await shows(tv, 'actions')
    await tv.getByText('Clean the cap feeder').first().waitFor()
    await tv.keyboard.press('PageDown')
    await tv.getByTestId('huddle-ask').getByText('Once more to finish').waitFor()
    await tv.keyboard.press('PageDown')
    await tv.waitForSelector('.huddle', { state: 'detached', timeout: 60_000 })

    // The tablet makes the paper; without a kiosk it is the browser's to print.
    await tablet.locator('[data-testid^="print-2"]').first().tap()
    await tablet.waitForSelector('.paper', { state: 'attached' })
    await tablet.waitForFunction('window.printed === 1')
    const pdf = join(folder.path, 'minutes.pdf')
    await tablet.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true })
    const made = Number(await tablet.getByTestId('paper-made').getAttribute('data-value'))
    const paperGap = Number(await tablet.getByTestId('paper-gap').getAttribute('data-value'))
    expect(execFileSync(info!, [pdf], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n[^]*\(A4\)/)
    execFileSync(image!, ['-png', '-r', '110', pdf, `${pictures}/huddle-minutes`])
    const words = execFileSync(text!, ['-layout', pdf, '-'], { encoding: 'utf8' })
    expect(words).toContain('Clean the cap feeder')
    expect(words).toContain('Filler jam')
    expect(words).toContain('Signed by Ada')

    // TV, paper and command line say the same.
    const told = await lineside([
      ...['kpi', '--data', data, '--plant', plant, '--line', 'l1', '--json'],
      ...['--from', new Date(baseMs).toISOString(), '--to', new Date(baseMs + 12 * hourMs).toISOString()],
    ])
    const kpi = JSON.parse(told.stdout) as { good: number; scrap_ratio: number; stops: { seconds: number }[] }
    expect(made).toBe(kpi.good)
    expect(made).toBe(3_450)
    expect(scrap).toBe(kpi.scrap_ratio)
    expect([gap, paperGap]).toEqual([-550, -550])
    expect(words).toContain('25 min')

    const head = (await tablet.getByTestId('paper-head').textContent()) ?? ''
    const checked = await lineside(['check-audit', '--data', data, '--anchor', head])
    expect(checked.stdout).toContain('all is as it was when the anchor was published')
    expect(checked.code).toBe(0)
    expect(words.replace(/\s+/g, '')).toContain(head)
  },
)
