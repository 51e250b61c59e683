import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { connectAsync } from 'mqtt'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { addPerson } from '../../electron/engine/people.ts'
import { startRigPlant } from '../helpers/electron-rig-plant.ts'
import { build, lineside, startBoard } from '../helpers/lineside.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { launchBrowser } from './screens-page.ts'
import { goTo } from './touch-page.ts'

const pictures = 'test-results/screens'
let cleanUp: (() => Promise<unknown> | void)[] = []
beforeAll(build)
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

/** Names and values of the table on show, one text a row. */
const rowsOnPage = `[...document.querySelectorAll('.facts-rows tbody tr, .facts-shown .tap')].map((row) => row.innerText.replace(/\\s+/g, ' ').trim())`
const inside = `[...document.querySelectorAll('.facts-groups .tap, .facts-rows, .facts-shown .tap, .three-buttons .tap, .choices')].every((one) => {
  const { bottom, right } = one.getBoundingClientRect()
  return bottom <= innerHeight + 1 && right <= innerWidth + 1
})`

test(
  'sources and health: what is wrong is said in words, and a quarantined message is counted by PIN',
  { timeout: 120_000 },
  async (context) => {
    const chromium = needPart(context, 'chromium')
    mkdirSync(pictures, { recursive: true })
    const folder = makeTempDir('health-page')
    cleanUp.push(folder.remove)
    const data = join(folder.path, 'data')
    mkdirSync(data)
    const database = openDatabase({ file: databaseFile(data) })
    await addPerson(database.write, { name: 'Ada', role: 'lead', pin: '2468' })
    database.close()
    const plant = await startRigPlant(folder.path)
    cleanUp.push(plant.stop)
    const board = await startBoard(['serve', '--port', '0', '--plant', plant.file, '--data', data])
    cleanUp.push(() => board.end())
    await plant.subscribed
    const url = /url: (mqtt:\S+)/.exec(readFileSync(plant.file, 'utf8'))?.[1] ?? ''
    const publisher = await connectAsync(url)
    cleanUp.push(() => publisher.endAsync(true))
    const say = (kind: string, body: unknown) =>
      publisher.publishAsync(`lineside/v1/l1/${kind}`, JSON.stringify(body), { qos: 1 })
    await plant.state('running')
    await plant.count({ good: 40, scrap: 2 })
    await say('value', { key: 'speed', value: 4, ts: Date.now() + 90_000 })
    await say('count', { good: -3 })
    await say('count', { ts: Date.now() + 3 * 3_600_000, good: 7 })

    const browser = await launchBrowser(chromium)
    cleanUp.push(() => browser.close())
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    await page.goto(board.url)
    await page.getByText('40', { exact: true }).first().waitFor()
    await page.click('.stage', { position: { x: 12, y: 400 } })
    await goTo(page, 'health')
    await page.waitForSelector('.facts-rows')
    const rows = () => page.evaluate<string[]>(rowsOnPage)
    const open = async (group: string) => {
      const button = page.getByTestId(`health-${group}`)
      if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
    }
    const expectRow = async (text: RegExp) => {
      await until(String(text), async () => {
        const found = await rows()
        if (found.some((row) => text.test(row))) return true
        throw new Error(found.join('\n'))
      })
    }
    await expectRow(/^Broker connected, MQTT [\d.]+ 127\.0\.0\.1:\d+, since /)
    await expectRow(/^Backlog none$/)
    await expectRow(/^Room on the disk [\d.\u2009]+ [MG]B$/)
    expect(Number(await page.getByTestId('health').getAttribute('data-value'))).toBeGreaterThan(2)
    const pictured = async (name: string) => {
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
      ] as const) {
        await page.setViewportSize({ width, height })
        await page.waitForTimeout(100)
        expect(await page.evaluate(inside), `${name} ${width}`).toBe(true)
        await page.screenshot({ path: `${pictures}/health-${name}-${height}.png` })
      }
    }
    await pictured('board')
    await open('sources')
    await expectRow(/^lineside\/v1\/l1\/value .* (1 min|90 s).* ahead$/)
    await expectRow(/^lineside\/v1\/l1\/state .* tells no time$/)
    await pictured('sources')
    await open('rejects')
    await expectRow(/^A field is wrong 1 lineside\/v1\/l1\/count: good: /)
    await expectRow(/^From the future 1 /)
    await pictured('rejects')

    await open('quarantine')
    await expectRow(/From the future lineside\/v1\/l1\/count \{"ts":/)
    await page.click('.facts-shown .tap')
    await page.getByText('A clock was wrong').click()
    await pictured('decision')
    await page.click('[data-testid=quarantine-release]')
    for (const digit of '2468') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.click('[data-testid=pin-ok]')
    await page.getByText('Counted, signed by Ada').waitFor()
    await page.getByText('Nothing waits for a decision').waitFor()
    await page.getByTestId('back').click()
    await page.getByText('47', { exact: true }).first().waitFor()

    const listed = await lineside(['rejects', '--data', data, '--json'])
    const { newest } = JSON.parse(listed.stdout) as { newest: { code: string; settled: string | null }[] }
    // Both may have arrived in the same millisecond: their order says nothing.
    expect(newest.map(({ code, settled }) => `${code} ${settled}`).sort()).toEqual([
      'field null',
      'future released',
    ])
  },
)
