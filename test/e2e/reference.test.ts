import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import { redrawn } from '../gallery/blur.ts'
import type { Picture } from '../gallery/cases.ts'
import { casesOf, nameOf } from '../gallery/cases.ts'
import { showPicture } from '../gallery/gallery.ts'
import { describeInChromium, servedPage } from './served-page.ts'

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
  { ...plain, screen: 'gaps', state: 'gaps-unanswered' },
  { ...plain, screen: 'kpis', state: 'kpis-locked-in' },
  { ...plain, screen: 'keys', state: 'keys' },
  { ...plain, screen: 'result', state: 'result-changed' },
  { ...plain, screen: 'strategy', state: 'strategy-orphans' },
  { ...plain, screen: 'health', state: 'health' },
  { ...plain, screen: 'plant', state: 'plant', language: 'ar' },
  { ...plain, screen: 'huddle', state: 'huddle-delivery' },
]

function differing(a: PNG, b: PNG, diff?: PNG): number {
  if (a.width !== b.width || a.height !== b.height) return 1
  return pixelmatch(a.data, b.data, diff?.data, a.width, a.height, { threshold }) / (a.width * a.height)
}

describeInChromium('screens against their references', () => {
  const served = servedPage(folder)

  test('every main screen looks as it was approved', { timeout: 400_000 }, async () => {
    const open = await served.open()
    const desk = await served.browser().newPage()
    const faults: string[] = []
    for (const shot of shots) {
      const one = casesOf(shot.screen).find(({ name }) => name === shot.state)!
      const name = nameOf({ ...shot, one })
      await showPicture(open, { ...shot, one })
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
      const open = await served.open({ query: '?screen=status' })
      const desk = await served.browser().newPage()
      const base = casesOf('status')[0]!
      const draw = async (change: (board: Board) => Board) => {
        await showPicture(open, { ...plain, screen: 'status', one: { ...base, board: change(base.board) } })
        return PNG.sync.read(await redrawn(desk, await open.page.screenshot(), soft))
      }
      const before = await draw((board) => board)
      const again = await draw((board) => board)
      expect(differing(before, again)).toBeLessThanOrEqual(tolerance)
      const word = await draw((board) => ({ ...board, line: { ...board.line, word: 'slow' } }))
      expect(differing(before, word)).toBeGreaterThan(tolerance)
      const digit = await draw((board) => ({
        ...board,
        status: { ...board.status, pace: board.status.pace && { ...board.status.pace, gap: -88 } },
      }))
      expect(differing(before, digit)).toBeGreaterThan(tolerance)
      await desk.close()
      await open.page.context().close()
    },
  )
})
