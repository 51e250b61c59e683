import { mkdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { at, fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { until } from '../helpers/until.ts'

const pictures = 'test-results/screens'
beforeAll(() => void mkdirSync(pictures, { recursive: true }))

const stop = (from: string, to: string, reason: string | null) => ({
  startMs: at(from),
  startedMs: at(from),
  endMs: at(to),
  closedMs: at(to),
  state: 'stopped',
  reason,
  cell: 'Labeller',
  durationMs: at(to) - at(from),
  micro: false,
})
const stops = [
  stop('09:40', '09:58', null),
  stop('08:13', '08:22', 'Sensor'),
  stop('08:02', '08:09', null),
  stop('07:10', '07:31', 'No labels'),
  stop('06:44', '06:50', null),
  stop('06:20', '06:26', null),
]
const times = {
  category: 'quality',
  raised: 3,
  resolved: 2,
  meanToAckMs: 40_000,
  meanToResolveMs: 300_000,
}
const receipt = { ok: true, value: { entryId: 'e1', atMs: fixtureNowMs } }

describeInChromium('stops, daily entries and details of scrap in Chromium', () => {
  const served = servedPage(pictures)

  test.each([
    [1920, 1080],
    [1280, 800],
  ])(
    'each entry goes out as it was tapped, every target is large enough, %i x %i',
    { timeout: 120_000 },
    async (width, height) => {
      const open = await served.open({ width, height, hasTouch: true })
      const { page } = open
      await open.show(makeBoard(), fixtureNowMs)
      const names = ['setStopReason', 'splitStop', 'mergeStops', 'enterSafety', 'enterFigure', 'addNote']
      await open.answer({
        openStops: { ok: true, value: stops },
        callTimes: { ok: true, value: [times] },
        logScrap: receipt,
        correctCount: receipt,
        ...Object.fromEntries(names.map((name) => [name, receipt])),
      })
      const tap = (id: string) => page.getByTestId(id).tap()
      /** Puts the on-screen keyboard away. */
      const close = () => page.locator('.keyboard [data-skbtn="{close}"]').tap()
      const chosen = (text: string) => page.getByRole('button', { name: text, exact: true }).tap()
      const look = async (name: string) => {
        await page.screenshot({ path: `${pictures}/touch-${name}-${height}.png` })
        expect([name, await touchFaults(page)]).toEqual([name, []])
      }
      /** How many of each were looked at: the undo that stands there may be of the one before. */
      const looked = new Map<string, number>()
      const sent = async (name: string) => {
        const count = (looked.get(name) ?? 0) + 1
        looked.set(name, count)
        const call = await until(`${name} is sent`, async () => {
          const all = (await open.calls()).filter((one) => one.name === name)
          return all.length >= count && all.at(-1)
        })
        await page.getByTestId('undo').waitFor()
        const { entryId, ...input } = call.input as { entryId: string }
        expect(entryId).toMatch(/^[0-9a-f-]{36}$/)
        return input
      }
      await page.locator('.stage').tap()
      await page.waitForSelector('.touch')

      await chosen('Underfill')
      await tap('scrap-details')
      await look('scrap-details')
      await chosen('Capper')
      await chosen('A customer')
      await tap('details-done')
      await look('scrap-where')
      await tap('confirm')
      expect(await sent('logScrap')).toEqual({
        lineId: 'line-3',
        reason: 'Underfill',
        qty: 1,
        cell: 'Capper',
        foundBy: 'customer',
        detected: 'customer',
      })

      await tap('page-stops')
      await tap(`stop-${stops[1]!.startMs}`)
      await tap(`stop-${stops[2]!.startMs}`)
      await look('stops')
      await tap('work-merge')
      await look('stops-merge')
      await chosen('Sensor')
      expect(await sent('mergeStops')).toEqual({
        lineId: 'line-3',
        startsMs: [at('08:02'), at('08:13')],
        reason: 'Sensor',
      })
      await tap(`stop-${stops[0]!.startMs}`)
      await tap('work-split')
      await tap('split1')
      await look('stops-split')
      await tap('confirm')
      expect(await sent('splitStop')).toEqual({ lineId: 'line-3', startMs: at('09:40'), atMs: at('09:50') })
      await tap('shift-before')
      await expect
        .poll(async () =>
          (await open.calls()).some(({ input }) => (input as { atMs?: number }).atMs === at('06:00') - 1),
        )
        .toBe(true)
      await tap(`stop-${stops[0]!.startMs}`)
      await tap('work-reason')
      await chosen('No labels')
      expect(await sent('setStopReason')).toEqual({
        lineId: 'line-3',
        startMs: at('09:40'),
        reason: 'No labels',
      })

      await tap('page-daily')
      await look('daily')
      await tap('daily-safety')
      await tap('safety-nearMiss')
      await tap('day-before')
      await look('daily-safety')
      await tap('confirm')
      expect(await sent('enterSafety')).toMatchObject({ what: 'nearMiss', text: '', lineId: 'line-3' })
      await tap('daily-figure')
      await chosen('7')
      await look('daily-figure')
      await tap('confirm')
      expect(await sent('enterFigure')).toMatchObject({ figure: 'present', value: 7 })
      await tap('daily-note')
      await page.getByTestId('note-text').fill('Guard is loose')
      await close()
      await look('daily-note')
      await tap('confirm')
      expect(await sent('addNote')).toEqual({ lineId: 'line-3', text: 'Guard is loose' })
      await tap('daily-callTimes')
      await page.getByRole('row', { name: 'Quality 3 2 40 s 5 min' }).waitFor()
      await look('call-times')
      await page.getByRole('button', { name: 'Back', exact: true }).tap()
      await tap('daily-correction')
      await tap('correct-goodFewer')
      await chosen('5')
      await page.getByTestId('correction-reason').fill('Recount')
      await close()
      await look('daily-correction')
      await tap('confirm')
      expect(await sent('correctCount')).toMatchObject({ good: -5, scrap: 0, reason: 'Recount' })
      expect(open.errors).toEqual([])
      await page.context().close()
    },
  )
})
