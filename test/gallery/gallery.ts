import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { portraitWidthU, screenHeightU, unitsPerArcmin } from '../../shared/domain/legibility.ts'
import { fixtureNowMs } from '../fixtures/board.ts'
import { statusColoursOf } from '../helpers/tokens.ts'
import { auditPage } from '../e2e/screens-audit.ts'
import type { Picture } from './cases.ts'
import { axeFaults } from './axe.ts'
import { boardOf, nameOf, sizes, views } from './cases.ts'
import { contrastFaults } from './contrast.ts'
import type { BoardPage } from '../e2e/screens-page.ts'
import { openBoard } from '../e2e/screens-page.ts'
import { alikeFaults, greyShapes } from './shapes.ts'

/** Pictures and contact sheets; git ignores it. */
export const galleryFolder = 'test-results/gallery'

const tokenFile = readFileSync('renderer/styles/tokens.css', 'utf8')
const colours = { dark: statusColoursOf(tokenFile, 'dark'), light: statusColoursOf(tokenFile, 'light') }

let shown = 0

/** Shows a picture's state on a page that is open; everything of it is drawn anew. */
export async function showPicture(open: BoardPage, picture: Picture): Promise<void> {
  const query = `?screen=${picture.screen}&lang=${picture.language}`
  await open.page.evaluate((search) => window.history.replaceState(null, '', search), query)
  const id = `line-${++shown + 100}`
  await open.show(boardOf(picture, id), fixtureNowMs, id)
}

/** Draws a picture, writes it to the gallery's folder, and says what is wrong with it. */
async function check(open: BoardPage, picture: Picture): Promise<string[]> {
  const { page } = open
  const { one, theme, view } = picture
  await showPicture(open, picture)
  const { distanceM, diagonalIn } = views[view]
  const am = unitsPerArcmin(distanceM, diagonalIn)
  const audit = await auditPage(page, { am, statusColours: one.stale ? colours[theme] : [] })
  const faults = [...audit.overflow, ...audit.collisions, ...audit.small, ...audit.statusColours]
  if (!one.name.startsWith('worst')) faults.push(...audit.cut.map((text) => `"${text}" is cut`))
  if (audit.texts < 2) faults.push(`only ${audit.texts} texts on the screen`)
  faults.push(...(await contrastFaults(page)))
  faults.push(...alikeFaults(await greyShapes(page)))
  const [charts, canvases] = await page.evaluate(() => [
    Number(document.documentElement.dataset.charts ?? 0),
    document.querySelectorAll('canvas').length,
  ])
  if (charts !== canvases) faults.push(`${charts} charts live on ${canvases} canvases`)
  await open.snap(join(galleryFolder, `${nameOf(picture)}.png`))
  return faults.map((fault) => `${nameOf(picture)}: ${fault}`)
}

/** Screens of other shapes, in CSS pixels: a small panel, a wide one, and one that stands upright. */
export const shapes = {
  '1366x768': [1366, 768],
  '2560x1080': [2560, 1080],
  '1080x1920': [1080, 1920],
} as const

/** Draws pictures on a screen of another shape, and says what does not fit or is too small on it. */
export async function drawShape(
  browser: Browser,
  url: string,
  shape: keyof typeof shapes,
  pictures: readonly Picture[],
): Promise<string[]> {
  mkdirSync(galleryFolder, { recursive: true })
  const [width, height] = shapes[shape]
  const open = await openBoard(browser, url, { width, height, reducedMotion: 'reduce' })
  const faults: string[] = []
  for (const picture of pictures) {
    const { distanceM, diagonalIn } = views[picture.view]
    await showPicture(open, picture)
    const am = unitsPerArcmin(distanceM, diagonalIn) * (height > width ? portraitWidthU / screenHeightU : 1)
    const audit = await auditPage(open.page, { am, statusColours: [] })
    const found = [...audit.overflow, ...audit.collisions, ...audit.small]
    found.push(...audit.cut.map((text) => `"${text}" is cut`))
    const name = `shape-${shape}-${nameOf(picture)}`
    await open.snap(join(galleryFolder, `${name}.png`))
    faults.push(...found.map((fault) => `${name}: ${fault}`))
  }
  faults.push(...open.errors)
  await open.page.context().close()
  return faults
}

/**
 * Draws pictures and returns everything that is wrong with them. `axe`: which of them axe-core looks at too; it takes longer than
 * all the rest. At the end nothing of a screen may be left.
 */
export async function drawGallery(options: {
  browser: Browser
  url: string
  pictures: readonly Picture[]
  axe: (picture: Picture) => boolean
  onPicture?: (picture: Picture, faults: readonly string[]) => void
}): Promise<string[]> {
  mkdirSync(galleryFolder, { recursive: true })
  const faults: string[] = []
  for (const size of Object.keys(sizes) as Picture['size'][]) {
    const pictures = options.pictures.filter((picture) => picture.size === size)
    if (pictures.length === 0) continue
    const [width, height] = sizes[size]
    const open = await openBoard(options.browser, options.url, { width, height, reducedMotion: 'reduce' })
    for (const picture of pictures) {
      const found = await check(open, picture)
      if (options.axe(picture)) {
        found.push(...(await axeFaults(open.page)).map((fault) => `${nameOf(picture)}: ${fault}`))
      }
      options.onPicture?.(picture, found)
      faults.push(...found)
    }
    // In the margin: a tap on a number explains it.
    await open.page.click('.board', { position: { x: 20, y: height / 2 } })
    await open.page.waitForSelector('.touch')
    const left = await open.page.evaluate(() => document.documentElement.dataset.charts ?? '0')
    if (left !== '0') faults.push(`${size}: ${left} charts are left after their screens`)
    faults.push(...open.errors.map((error) => `${size}: ${error}`))
    await open.page.context().close()
  }
  return faults
}

/** Pictures on one sheet: Chromium needs seconds to decode as many of 4K. */
const picturesPerSheet = 60

/** Pictures side by side on sheets, each with its name. */
export async function contactSheets(browser: Browser, name: string, names: readonly string[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1960, height: 1080 } })
  for (let sheet = 0; sheet * picturesPerSheet < names.length; sheet++) {
    const shown = names.slice(sheet * picturesPerSheet, (sheet + 1) * picturesPerSheet)
    const figures = shown.map(
      (one) => `<figure><img src="${one}.png"><figcaption>${one}</figcaption></figure>`,
    )
    const file = resolve(galleryFolder, `sheet-${name}-${sheet + 1}`)
    writeFileSync(
      `${file}.html`,
      `<!doctype html><meta charset="utf-8"><style>${sheetStyle}</style>${figures.join('')}`,
    )
    await page.goto(pathToFileURL(`${file}.html`).href, { timeout: 120_000 })
    await page.screenshot({ path: `${file}.png`, fullPage: true, timeout: 120_000 })
  }
  await page.close()
}

const sheetStyle =
  'body{margin:8px;background:#666;font:13px sans-serif;color:#fff;display:grid;grid-template-columns:repeat(4,480px);gap:8px}' +
  'figure{margin:0}img{width:480px;height:270px;display:block}'
