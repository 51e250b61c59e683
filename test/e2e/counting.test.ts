import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import type { Push } from '../../shared/contract/protocol.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { loadWords } from '../../renderer/i18n/words.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const locales = { en: 'en-GB', ar: 'ar' } as const
type Language = keyof typeof locales

type Count = { made: number; target: number; whole?: true }

/** Up, across a digit, to the other side of the plan, back to what was drawn last, and on. */
const counts: readonly Count[] = [
  { made: 1712, target: 1797 },
  { made: 1713, target: 1797 },
  { made: 1711, target: 1797, whole: true },
  { made: 1712, target: 1797 },
  { made: 1712, target: 1799, whole: true },
  { made: 1789, target: 1799 },
  { made: 1790, target: 1799 },
  { made: 1789, target: 1799, whole: true },
  { made: 1799, target: 1799 },
  { made: 1900, target: 1799 },
  { made: 1900, target: 1799, whole: true },
  { made: 12_000, target: 1799 },
  { made: 12_001, target: 11_999 },
  { made: 999, target: 1000 },
  { made: 1712, target: 1797, whole: true },
]

function boardOf(language: Language, { made, target }: Count): Board {
  const board = makeBoard({ site: { language, locale: locales[language] } })
  const gap = made - target
  const status = gap < 0 ? ('behind' as const) : gap === 0 ? ('on plan' as const) : ('ahead' as const)
  const pace = { ...board.status.pace!, made, targetSoFar: target, gap, status }
  return { ...board, status: { ...board.status, made, pace } }
}

const shown = ({ page }: BoardPage) =>
  page.$$eval('[data-testid="made"], [data-testid="plan-by-now"], [data-testid="gap"]', (found) =>
    Object.fromEntries(
      found.map((element) => [
        element.getAttribute('data-testid'),
        [element.getAttribute('data-value'), element.textContent?.replace(/[\u2066-\u2069]/g, '')],
      ]),
    ),
  )

const drawn = ({ page }: BoardPage) => page.$eval('.status-mid', (element) => element.outerHTML)

describeInChromium('numbers that count pieces', () => {
  const served = servedPage()

  for (const language of ['en', 'ar'] as const) {
    test(`are those of the newest push, however they were drawn before: ${language}`, async () => {
      const open = await served.open({ query: '?screen=status' })
      await open.show(boardOf(language, { made: 1711, target: 1797 }), fixtureNowMs)
      const words = await loadWords(language)
      const format = createFormat(locales[language], 'UTC', words)
      const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '')
      // Beyond those of the ticks that the page gets meanwhile.
      let seq = 100_000
      for (const count of counts) {
        const { status } = boardOf(language, count)
        const { pace, made: counted } = status
        const head = { seq: ++seq, nowMs: fixtureNowMs }
        const push: Push = count.whole
          ? { ...head, type: 'patch', parts: { status } }
          : { ...head, type: 'counts', counts: { pace, made: counted } }
        await open.page.evaluate(async (next) => {
          ;(window as unknown as { engine: { send: (push: Push) => void } }).engine.send(next)
          for (let frames = 0; frames < 3; frames++)
            await new Promise((resolve) => requestAnimationFrame(resolve))
        }, push)
        const { made, target } = count
        const gap = made - target
        expect(await shown(open), JSON.stringify(count)).toEqual({
          made: [String(made), plain(format.pieces(made))],
          'plan-by-now': [String(target), plain(format.pieces(target))],
          gap: [String(gap), plain(format.signed(gap))],
        })
      }
      const anew = await served.open({ query: '?screen=status' })
      await anew.show(boardOf(language, counts[counts.length - 1]!), fixtureNowMs)
      expect(await drawn(open)).toBe(await drawn(anew))
      expect(open.errors).toEqual([])
      await open.page.context().close()
      await anew.page.context().close()
    })
  }
})
