/**
 * `node test/gallery/stages.ts`: tells the two stories of key results to a real engine over a real broker, and takes pictures of
 * the screens at every stage, 1920 x 1080, into test-results/stages.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Board } from '../../shared/contract/board.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { launchBrowser, openBoard, servePage } from '../e2e/screens-page.ts'
import { type GapStage, tellGapStory } from '../helpers/gap-story.ts'
import { type KeyResultStage, tellKeyResultStory } from '../helpers/key-result-story.ts'
import { findPart } from '../helpers/parts.ts'
import { views } from './cases.ts'

const folder = 'test-results/stages'

/** The screens on which a crew sees the stage. */
const gapScreens: Record<GapStage, readonly ScreenName[]> = {
  usual: ['gaps', 'kpis'],
  signal: ['gaps', 'kpis'],
  gap: ['gaps', 'kpis'],
  made: ['gaps', 'result'],
  'on the way': ['result', 'keys'],
  held: ['result', 'kpis'],
  'locked in': ['kpis', 'gaps', 'health'],
}
const keyResultScreens: Record<KeyResultStage, readonly ScreenName[]> = {
  planned: ['keys', 'result'],
  'three weeks': ['keys', 'health'],
  'checked in': ['result', 'health'],
  held: ['keys', 'result'],
  'locked in': ['health'],
  'fallen back': ['health'],
}

const chromium = findPart('chromium')
if (chromium === null) throw new Error('Chromium was not found.')
mkdirSync(folder, { recursive: true })
const dir = mkdtempSync(join(tmpdir(), 'lineside-stages-'))
const served = await servePage(dir)
const browser = await launchBrowser(chromium)

/** What the engine has pushed to its page, drawn by the page in a browser. */
async function draw(
  name: string,
  screens: readonly ScreenName[],
  board: Board,
  nowMs: number,
): Promise<void> {
  for (const screen of screens) {
    const open = await openBoard(browser, served.url, { query: `?screen=${screen}`, reducedMotion: 'reduce' })
    const display = { ...board.site.display, ...views.standard }
    await open.show({ ...board, site: { ...board.site, display } }, nowMs, board.site.lineId)
    await open.snap(join(folder, `${name}-${screen}.png`))
    for (const error of open.errors) console.log(`${name} ${screen}: ${error}`)
    await open.page.context().close()
  }
}

const numbered = (story: string, index: number, stage: string) =>
  `${story}-${index}-${stage.replaceAll(' ', '-')}`

try {
  let index = 0
  await tellGapStory(async (stage, { page, rig }) => {
    const name = numbered('gap', ++index, stage)
    await draw(name, gapScreens[stage], page.board(), rig.clock.nowMs)
    console.log(name)
  })
  index = 0
  await tellKeyResultStory(async (stage, { page, rig }) => {
    const name = numbered('key-result', ++index, stage)
    await draw(name, keyResultScreens[stage], page.board(), rig.clock.nowMs)
    console.log(name)
  })
} finally {
  await browser.close()
  await served.close()
  rmSync(dir, { recursive: true, force: true })
}
