/**
 * `npm run gallery`: every screen in every state, density class, theme, resolution and language, and every touch page with its
 * forms, checked and written to test-results/gallery with a contact sheet for each. `npm run gallery -- oee touch-gaps` draws
 * only what is named.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageIds } from '../../renderer/touch/pages.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { findPart } from '../helpers/parts.ts'
import { allPictures, nameOf } from './cases.ts'
import { contactSheets, drawGallery, galleryFolder } from './gallery.ts'
import { allTouchPictures, touchNameOf } from './touch-cases.ts'
import { drawTouch } from './touch-gallery.ts'
import { launchBrowser, servePage } from '../e2e/screens-page.ts'

const asked = process.argv.slice(2)
const isAsked = (name: string) => asked.length === 0 || asked.includes(name)
const screens = screenNames.filter(isAsked)
const pages = pageIds.filter((page) => isAsked(`touch-${page}`))
const chromium = findPart('chromium')
if (chromium === null || screens.length + pages.length === 0) {
  const names = [...screenNames, ...pageIds.map((page) => `touch-${page}`)]
  console.error(chromium === null ? 'Chromium was not found.' : `Give one of ${names.join(', ')}.`)
  process.exit(2)
}
const dir = mkdtempSync(join(tmpdir(), 'lineside-gallery-'))
const served = await servePage(dir)
const browser = await launchBrowser(chromium)
let failed = 0
let drawn = 0
const startedMs = performance.now()

async function tell(name: string, names: readonly string[], faults: readonly string[]): Promise<void> {
  for (const fault of faults) console.log(fault)
  await contactSheets(browser, `all-${name}`, names)
  failed += faults.length
  drawn += names.length
  console.log(`${name}: ${names.length} pictures, ${faults.length} faults`)
}

for (const screen of screens) {
  const pictures = allPictures([screen])
  const faults = await drawGallery({ browser, url: served.url, pictures, axe: () => true })
  await tell(screen, pictures.map(nameOf), faults)
}
for (const page of pages) {
  const pictures = allTouchPictures([page])
  const always = () => true
  const faults = await drawTouch({ browser, url: served.url, pictures, axe: always, snap: always })
  await tell(`touch-${page}`, pictures.map(touchNameOf), faults)
}
await browser.close()
await served.close()
rmSync(dir, { recursive: true, force: true })
const seconds = ((performance.now() - startedMs) / 1000).toFixed(0)
console.log(`${drawn} pictures in ${galleryFolder}, ${failed} faults, ${seconds} s`)
process.exitCode = failed > 0 ? 1 : 0
