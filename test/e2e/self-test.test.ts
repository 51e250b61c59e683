import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import { startRigPlant } from '../helpers/electron-rig-plant.ts'
import { launchKiosk, needBuild, openDisplay } from '../helpers/electron-rig.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { launchBrowser } from './screens-page.ts'
import { goTo } from './touch-page.ts'

/** The self-test page of a running product: the published examples and the line's own numbers, in both hosts. */

const pictures = 'test-results/screens'
let cleanUp: (() => Promise<void> | void)[] = []
beforeAll(build)
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

/** A line that runs and has made pieces, in a folder of its own. */
async function openPlant(context: TestContext) {
  const folder = makeTempDir('self-test')
  cleanUp.push(folder.remove)
  const plant = await startRigPlant(folder.path)
  cleanUp.push(plant.stop)
  needPart(context, 'chromium')
  mkdirSync(pictures, { recursive: true })
  const feed = async () => {
    await plant.subscribed
    await plant.state('running')
    await plant.count({ good: 40, scrap: 2 })
  }
  return { folder: folder.path, plant, feed }
}

/** Of every group: how many rows are right, of how many. */
const groupsOnPage = `[...document.querySelectorAll('.facts-groups .tap')].map((one) => one.innerText.replace(/\\s+/g, ' '))`
const wrongOnPage = `document.querySelector('[data-testid=self-test]')?.dataset.value`
const inside = `[...document.querySelectorAll('.facts-groups .tap, .facts-rows')].every((one) =>
  one.getBoundingClientRect().bottom <= innerHeight && one.getBoundingClientRect().right <= innerWidth)`

function expectAllRight(groups: readonly string[]): void {
  expect(groups[0]).toBe('This line now 5 / 5')
  expect(groups.length).toBe(8)
  for (const group of groups) expect(group).toMatch(/ (\d+) \/ \1$/)
}

test('in Chromium, 1080p and 4K, both themes', { timeout: 120_000 }, async (context) => {
  const { folder, plant, feed } = await openPlant(context)
  const board = await startBoard([
    'serve',
    '--port',
    '0',
    '--plant',
    plant.file,
    '--data',
    join(folder, 'data'),
  ])
  cleanUp.push(async () => void (await board.end()))
  await feed()
  const browser = await launchBrowser(needPart(context, 'chromium'))
  cleanUp.push(() => browser.close())
  for (const height of [1080, 2160]) {
    const page = await browser.newPage({
      viewport: { width: (height * 16) / 9, height },
      reducedMotion: 'reduce',
    })
    await page.goto(board.url)
    await page.getByText('40', { exact: true }).first().waitFor()
    await page.click('.stage', { position: { x: 12, y: height / 2 } })
    await goTo(page, 'selfTest')
    await page.waitForSelector('.facts-rows')
    expect(await page.evaluate(wrongOnPage)).toBe('0')
    expectAllRight(await page.evaluate(groupsOnPage))
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name
        document.querySelector<HTMLElement>('.board')!.dataset.theme = name
      }, theme)
      for (const group of ['device', 'oee']) {
        const chosen = page.getByTestId(`self-test-${group}`)
        if ((await chosen.getAttribute('aria-pressed')) !== 'true') await chosen.click()
        expect(await page.evaluate(inside)).toBe(true)
        await page.screenshot({ path: `${pictures}/self-test-${group}-${theme}-${height}.png` })
      }
    }
    await page.close()
  }
})

test('in a real Electron', { timeout: 90_000 }, async (context) => {
  const electron = needPart(context, 'electron')
  needBuild()
  const { folder, plant, feed } = await openPlant(context)
  const display = await openDisplay(context)
  cleanUp.push(display.close)
  const kiosk = await launchKiosk(electron, display, ['--plant', plant.file, '--data', join(folder, 'data')])
  cleanUp.push(kiosk.close)
  await feed()
  const text = () => kiosk.inPage<string>('document.body.innerText')
  await until('pieces on the board', async () => (await text()).includes('Made\n40\n'))
  await kiosk.inPage(`document.querySelector('.stage').click()`)
  await goTo(await kiosk.app.firstWindow(), 'selfTest')
  await until('the self-test', async () => (await kiosk.inPage(wrongOnPage)) !== undefined)
  expect(await kiosk.inPage(wrongOnPage)).toBe('0')
  expectAllRight(await kiosk.inPage<string[]>(groupsOnPage))
  const png = await kiosk.app.evaluate(async ({ BrowserWindow }) =>
    (await BrowserWindow.getAllWindows()[0]!.webContents.capturePage()).toPNG().toString('base64'),
  )
  writeFileSync(`${pictures}/self-test-electron.png`, Buffer.from(png, 'base64'))
})
