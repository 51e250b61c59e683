/**
 * `npm run gallery`: every screen in every state, density class, theme, resolution and language, checked and written to
 * test-results/gallery with a contact sheet for each screen. `npm run gallery -- oee scrap` draws only the screens named.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { screenNames } from '../../shared/settings/display.ts'
import { findPart } from '../helpers/parts.ts'
import { allPictures } from './cases.ts'
import { contactSheets, drawGallery, galleryFolder } from './gallery.ts'
import { launchBrowser, servePage } from '../e2e/screens-page.ts'

const asked = process.argv.slice(2)
const screens = screenNames.filter((name) => asked.length === 0 || asked.includes(name))
const chromium = findPart('chromium')
if (chromium === null || screens.length === 0) {
  console.error(chromium === null ? 'Chromium was not found.' : `Give one of ${screenNames.join(', ')}.`)
  process.exit(2)
}
const dir = mkdtempSync(join(tmpdir(), 'lineside-gallery-'))
const served = await servePage(dir)
const browser = await launchBrowser(chromium)
let failed = 0
let drawn = 0
const startedMs = performance.now()
for (const screen of screens) {
  const pictures = allPictures([screen])
  const faults = await drawGallery({ browser, url: served.url, pictures, axe: () => true })
  for (const fault of faults) console.log(fault)
  await contactSheets(browser, `all-${screen}`, pictures)
  failed += faults.length
  drawn += pictures.length
  console.log(`${screen}: ${pictures.length} pictures, ${faults.length} faults`)
}
await browser.close()
await served.close()
rmSync(dir, { recursive: true, force: true })
const seconds = ((performance.now() - startedMs) / 1000).toFixed(0)
console.log(`${drawn} pictures in ${galleryFolder}, ${failed} faults, ${seconds} s`)
process.exitCode = failed > 0 ? 1 : 0
