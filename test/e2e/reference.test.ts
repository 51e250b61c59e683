import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import type { Browser } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureNowMs } from '../fixtures/board.ts'
import { redrawn } from '../gallery/blur.ts'
import type { Picture } from '../gallery/cases.ts'
import { boardOf, casesOf, nameOf } from '../gallery/cases.ts'
import { findPart } from '../helpers/parts.ts'
import { launchBrowser, openBoard, servePage } from './screens-page.ts'

const chromiumPath = findPart('chromium')
const references = 'test/references'
const folder = 'test-results/references'
/** Set to renew the references: look at every picture before committing it. */
const renew = process.env.LINESIDE_RENEW_REFERENCES === '1'

/** Half size and a little soft, so that the rasterisation of letters does not count. */
const soft = { sigmaPx: 1.5, scale: 0.5 } as const
/** As references are kept: twentieths of a PNG's size. */
const kept = { sigmaPx: 0, scale: 1, type: 'image/webp' } as const
const asDrawn = { sigmaPx: 0, scale: 1 } as const
/** Colour distance from which a pixel counts as different, 0..1, and the share of pixels that may. */
const threshold = 0.15
const tolerance = 0.002

const plain = { view: 'standard', theme: 'dark', size: '1080p', language: 'en' } as const
const shots: readonly (Omit<Picture, 'one'> & { state: string })[] = [
  { ...plain, screen: 'status', state: 'running' },
  { ...plain, screen: 'status', state: 'down-called' },
  { ...plain, screen: 'status', state: 'break' },
  { ...plain, screen: 'status', state: 'stale' },
  { ...plain, screen: 'status', state: 'running', view: 'far' },
  { ...plain, screen: 'status', state: 'running', view: 'hero' },
  { ...plain, screen: 'status', state: 'running', theme: 'light' },
  { ...plain, screen: 'hours', state: 'hours' },
  { ...plain, screen: 'oee', state: 'oee' },
  { ...plain, screen: 'scrap', state: 'scrap', theme: 'light' },
  { ...plain, screen: 'changeover', state: 'changeover-now' },
  { ...plain, screen: 'sqdcp', state: 'sqdcp' },
  { ...plain, screen: 'calls', state: 'calls' },
  { ...plain, screen: 'keys', state: 'keys' },
  { ...plain, screen: 'strategy', state: 'strategy' },
  { ...plain, screen: 'plant', state: 'plant', language: 'ar' },
]

function differing(a: PNG, b: PNG, diff?: PNG): number {
  if (a.width !== b.width || a.height !== b.height) return 1
  return pixelmatch(a.data, b.data, diff?.data, a.width, a.height, { threshold }) / (a.width * a.height)
}

describe.skipIf(!chromiumPath && process.env.CI_REQUIRE_ALL !== '1')(
  'screens against their references',
  () => {
    let dir = ''
    let served: Awaited<ReturnType<typeof servePage>>
    let browser: Browser

    beforeAll(async () => {
      if (!chromiumPath) throw new Error('chromium is required here (CI_REQUIRE_ALL=1) and was not found')
      dir = mkdtempSync(join(tmpdir(), 'lineside-reference-'))
      mkdirSync(folder, { recursive: true })
      mkdirSync(references, { recursive: true })
      served = await servePage(dir)
      browser = await launchBrowser(chromiumPath)
    })
    afterAll(async () => {
      await browser?.close()
      await served?.close()
      rmSync(dir, { recursive: true, force: true })
    })

    test('every main screen looks as it was approved', { timeout: 400_000 }, async () => {
      const open = await openBoard(browser, served.url, { reducedMotion: 'reduce' })
      const desk = await browser.newPage()
      const faults: string[] = []
      for (const [index, shot] of shots.entries()) {
        const one = casesOf(shot.screen).find(({ name }) => name === shot.state)!
        const name = nameOf({ ...shot, one })
        await open.page.evaluate(
          (query) => window.history.replaceState(null, '', query),
          `?screen=${shot.screen}&lang=${shot.language}`,
        )
        const id = `line-${index + 500}`
        await open.show(boardOf({ ...shot, one }, id), fixtureNowMs, id)
        const now = await redrawn(desk, await open.page.screenshot(), soft)
        const file = join(references, `${name}.webp`)
        if (renew || !existsSync(file)) {
          if (!renew)
            faults.push(`${name} has no reference: run with LINESIDE_RENEW_REFERENCES=1 and look at it`)
          if (renew) writeFileSync(file, await redrawn(desk, now, kept))
          continue
        }
        const approved = await redrawn(desk, readFileSync(file), asDrawn)
        const [wanted, got] = [PNG.sync.read(approved), PNG.sync.read(now)]
        const diff = new PNG({ width: wanted.width, height: wanted.height })
        const share = differing(wanted, got, diff)
        if (share <= tolerance) continue
        writeFileSync(join(folder, `${name}-now.png`), now)
        writeFileSync(join(folder, `${name}-diff.png`), PNG.sync.write(diff))
        faults.push(`${name}: ${(share * 100).toFixed(2)} % of the pixels differ, see ${folder}`)
      }
      await desk.close()
      await open.page.context().close()
      expect(faults).toEqual([])
    })

    test(
      'a change that a viewer would see is seen: one digit, one shape, one word',
      { timeout: 240_000 },
      async () => {
        const open = await openBoard(browser, served.url, {
          query: '?screen=status',
          reducedMotion: 'reduce',
        })
        const desk = await browser.newPage()
        const base = casesOf('status')[0]!
        const draw = async (
          id: string,
          change: (board: (typeof base)['board']) => (typeof base)['board'],
        ) => {
          const board = boardOf(
            { ...plain, screen: 'status', one: { ...base, board: change(base.board) } },
            id,
          )
          await open.show(board, fixtureNowMs, id)
          return PNG.sync.read(await redrawn(desk, await open.page.screenshot(), soft))
        }
        const before = await draw('line-601', (board) => board)
        const again = await draw('line-602', (board) => board)
        expect(differing(before, again)).toBeLessThanOrEqual(tolerance)
        const word = await draw('line-603', (board) => ({ ...board, line: { ...board.line, word: 'slow' } }))
        expect(differing(before, word)).toBeGreaterThan(tolerance)
        const digit = await draw('line-604', (board) => ({
          ...board,
          status: { ...board.status, pace: board.status.pace && { ...board.status.pace, gap: -88 } },
        }))
        expect(differing(before, digit)).toBeGreaterThan(tolerance)
        await desk.close()
        await open.page.context().close()
      },
    )
  },
)
