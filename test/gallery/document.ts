/**
 * Draws the pictures of docs/screens.md anew, from the gallery's own data: `node test/gallery/document.ts`, or only those named.
 * Look at them before committing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser, openBoard, servePage } from '../e2e/screens-page.ts'
import { findPart } from '../helpers/parts.ts'
import { redrawn } from './blur.ts'
import type { Picture } from './cases.ts'
import { casesOf } from './cases.ts'
import { shapes, showPicture } from './gallery.ts'

const folder = 'docs/screens'
/** Width of a picture in the page, px, as a share of how it is drawn. */
const kept = { sigmaPx: 0, scale: 2 / 3, type: 'image/webp' } as const

const plain = { view: 'standard', theme: 'dark', size: '1080p', language: 'en' } as const
type Shot = Partial<Picture> & Pick<Picture, 'screen'> & { file: string; state: string; upright?: boolean }
const shots: readonly Shot[] = [
  { file: 'status', screen: 'status', state: 'running' },
  { file: 'down', screen: 'status', state: 'down-called' },
  { file: 'hours', screen: 'hours', state: 'hours' },
  { file: 'oee', screen: 'oee', state: 'oee' },
  { file: 'scrap-light', screen: 'scrap', state: 'scrap-step', theme: 'light' },
  { file: 'changeover', screen: 'changeover', state: 'changeover-now' },
  { file: 'sqdcp', screen: 'sqdcp', state: 'sqdcp' },
  { file: 'calls', screen: 'calls', state: 'calls' },
  { file: 'keys', screen: 'keys', state: 'keys' },
  { file: 'result', screen: 'result', state: 'result-changed' },
  { file: 'gaps', screen: 'gaps', state: 'gaps-effect' },
  { file: 'kpis', screen: 'kpis', state: 'kpis' },
  { file: 'strategy', screen: 'strategy', state: 'strategy-orphans' },
  { file: 'health', screen: 'health', state: 'health' },
  { file: 'huddle', screen: 'huddle', state: 'huddle-delivery' },
  { file: 'plant', screen: 'plant', state: 'plant-8' },
  { file: 'arabic', screen: 'status', state: 'running', language: 'ar' },
  { file: 'status-far', screen: 'status', state: 'running', view: 'far' },
  { file: 'status-hero-light', screen: 'status', state: 'running', view: 'hero', theme: 'light' },
  { file: 'upright', screen: 'status', state: 'running', view: 'near', upright: true },
]

const chromium = findPart('chromium')
if (chromium === null) throw new Error('Chromium was not found.')
const dir = mkdtempSync(join(tmpdir(), 'lineside-document-'))
const served = await servePage(dir)
const browser = await launchBrowser(chromium)
const desk = await browser.newPage()
const asked = process.argv.slice(2)
for (const { file, state, upright = false, ...shot } of shots) {
  if (asked.length > 0 && !asked.includes(file)) continue
  const [width, height] = upright ? shapes['1080x1920'] : [1920, 1080]
  const open = await openBoard(browser, served.url, { width, height, reducedMotion: 'reduce' })
  const one = casesOf(shot.screen).find(({ name }) => name === state)
  if (!one) throw new Error(`There is no state "${state}" of ${shot.screen}.`)
  await showPicture(open, { ...plain, ...shot, one })
  const scale = upright ? kept.scale / 2 : kept.scale
  const picture = await redrawn(desk, await open.page.screenshot(), { ...kept, scale })
  writeFileSync(join(folder, `${file}.webp`), picture)
  console.log(`${file}.webp ${(picture.length / 1024).toFixed(0)} KiB`)
  await open.page.context().close()
}
await browser.close()
await served.close()
rmSync(dir, { recursive: true, force: true })
