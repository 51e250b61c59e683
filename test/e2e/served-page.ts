import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { findPart } from '../helpers/parts.ts'
import type { BoardPage } from './screens-page.ts'
import { launchBrowser, openBoard, servePage } from './screens-page.ts'

const chromiumPath = findPart('chromium')

/** Tests in Chromium: skipped without one, failing where nothing may skip (CI_REQUIRE_ALL=1). */
export function describeInChromium(name: string, tests: () => void): void {
  describe.skipIf(!chromiumPath && process.env.CI_REQUIRE_ALL !== '1')(name, tests)
}

/** The built page on loopback and a browser. Both are there from the first test on, and gone after the last one. */
export type ServedPage = {
  /** Opens the page in a context of its own, with reduced motion unless asked for otherwise. */
  open: (options?: Parameters<typeof openBoard>[2]) => Promise<BoardPage>
  browser: () => Browser
  url: () => string
}

/** To be called in the body of a `describeInChromium`. `folder`: where its tests write pictures. */
export function servedPage(folder?: string): ServedPage {
  let dir = ''
  let served: Awaited<ReturnType<typeof servePage>>
  let browser: Browser
  beforeAll(async () => {
    if (!chromiumPath) throw new Error('chromium is required here (CI_REQUIRE_ALL=1) and was not found')
    dir = mkdtempSync(join(tmpdir(), 'lineside-page-'))
    if (folder) mkdirSync(folder, { recursive: true })
    served = await servePage(dir)
    browser = await launchBrowser(chromiumPath)
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    open: (options) => openBoard(browser, served.url, { reducedMotion: 'reduce', ...options }),
    browser: () => browser,
    url: () => served.url,
  }
}
