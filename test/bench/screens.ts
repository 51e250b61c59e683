/**
 * What switching screens costs: all screens in turn in a real Chromium, with their charts made and destroyed. Prints heap and DOM
 * nodes before and after, and the time to the new screen. Fails when the heap grows by 2 MB or the nodes by any.
 * Arguments: [switches, 2000]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser, openBoard, servePage } from '../e2e/screens-page.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { measureSwitches } from '../gallery/switches.ts'
import { findPart } from '../helpers/parts.ts'

const count = Number(process.argv[2] ?? 2_000)
const maxGrowthBytes = 2 * 1024 * 1024
const chromium = findPart('chromium')
if (chromium === null) throw new Error('Chromium was not found.')
const dir = mkdtempSync(join(tmpdir(), 'lineside-switches-'))
const served = await servePage(dir)
const browser = await launchBrowser(chromium)
const open = await openBoard(browser, served.url, { reducedMotion: 'reduce' })
await open.show(makeBoard(), fixtureNowMs)
const { before, after, tookMs } = await measureSwitches(open.page, count)
await browser.close()
await served.close()
rmSync(dir, { recursive: true, force: true })

const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(2)
const sorted = tookMs.sort((a, b) => a - b)
const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)
const growth = after.heapBytes - before.heapBytes
console.log(
  `${count} switches: heap ${mb(before.heapBytes)} -> ${mb(after.heapBytes)} MB (growth ${mb(growth)} MB)`,
)
console.log(`DOM nodes ${before.nodes} -> ${after.nodes}, charts ${before.charts} -> ${after.charts}`)
console.log(`time to the new screen: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`)
process.exitCode =
  growth < maxGrowthBytes && after.nodes <= before.nodes && after.charts === before.charts ? 0 : 1
