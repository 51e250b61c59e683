import { expect, test } from 'vitest'
import { bounceMs } from '../../renderer/touch/tap-timing.ts'
import { atStep } from '../fixtures/board-huddle.ts'
import { fixtureNowMs, hourMs } from '../fixtures/board.ts'
import { axeFaults } from '../gallery/axe.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { goTo, lastCall, openTouchPage, touchBoard } from './touch-page.ts'

const pictures = 'test-results/screens'
const held = {
  ok: true,
  value: [
    {
      id: 'h1',
      startedMs: fixtureNowMs - 5 * hourMs,
      endedMs: fixtureNowMs - 5 * hourMs + 400_000,
      shiftName: 'Early shift',
      present: 7,
      agreed: 2,
      outcome: 'finished',
      hasMinutes: true,
    },
    {
      id: 'h2',
      startedMs: fixtureNowMs - 13 * hourMs,
      endedMs: fixtureNowMs - 13 * hourMs + 700_000,
      shiftName: 'Nachtschicht Wochenende',
      present: null,
      agreed: 0,
      outcome: 'lapsed',
      hasMinutes: true,
    },
  ],
}

const shiftBefore = (hours: number, name: string) => {
  const startMs = fixtureNowMs - hours * hourMs
  return { name, date: '2026-11-20', startMs, endMs: startMs + 8 * hourMs }
}

describeInChromium('the huddle by touch in Chromium', () => {
  const served = servedPage(pictures)
  const on = (step: number) => atStep(touchBoard(), step)

  test('opens at the huddle while one is on; every page of it is large enough and fits', async () => {
    const open = await openTouchPage(served, on(1))
    const { page } = open
    await open.answer({ huddles: held })
    await page.getByTestId('remote-step').waitFor()
    expect(await page.getByTestId('remote-step').getAttribute('data-value')).toBe('1')
    expect(await touchFaults(page)).toEqual([])
    expect(await axeFaults(page)).toEqual([])
    for (const form of ['addAction', 'addBarrier', 'sign', 'raise']) {
      await page.getByTestId(`huddle-${form}`).click()
      await page.getByTestId('confirm').waitFor()
      await page.screenshot({ path: `${pictures}/touch-huddle-${form}.png` })
      expect([form, await touchFaults(page)]).toEqual([form, []])
      await page.waitForTimeout(bounceMs + 50)
      await page.getByTestId('cancel').click()
      await page.getByTestId('remote-step').waitFor()
      await page.waitForTimeout(bounceMs + 50)
    }
    await page.getByTestId('huddle-next').click()
    await expect
      .poll(() => lastCall(open))
      .toEqual({
        name: 'stepHuddle',
        input: { lineId: 'line-3', huddle: '2026-11-20T09:40:00.000Z', step: 2 },
      })
    expect(open.errors).toEqual([])
    await page.context().close()
  })

  test('without one it can be begun, the next tier answers, and the last ones are named', async () => {
    const board = on(0)
    const idle = { ...board, huddle: { ...board.huddle, current: null, nextMs: fixtureNowMs + hourMs } }
    const open = await openTouchPage(served, idle)
    const { page } = open
    await open.answer({
      huddles: held,
      reportShifts: {
        ok: true,
        value: [shiftBefore(13, 'Nachtschicht Wochenende'), shiftBefore(21, 'Late shift')],
      },
      paper: { ok: false, error: { code: 'not-found', message: 'There is no such line.' } },
      startHuddle: { ok: true, value: { huddle: 'h3' } },
      answerTier: { ok: true, value: { by: 'Ada', atMs: fixtureNowMs } },
    })
    await goTo(page, 'huddle')
    await page.getByText('Begins by itself: 11:42').waitFor()
    await page.getByTestId('print-h2').waitFor()
    const report = page.getByTestId('print-report')
    await report.getByText('Nachtschicht Wochenende, 2026-11-20').first().waitFor()
    await page.screenshot({ path: `${pictures}/touch-huddle-idle.png` })
    expect(await touchFaults(page)).toEqual([])
    // The report of the shift before the last one.
    await page.getByTestId('report-earlier').click()
    await report.getByText('Late shift, 2026-11-20').first().waitFor()
    await page.waitForTimeout(bounceMs + 50)
    await page.getByTestId('print-report').click()
    await expect
      .poll(() => lastCall(open))
      .toEqual({
        name: 'paper',
        input: { lineId: 'line-3', huddle: null, shiftMs: fixtureNowMs - 21 * hourMs },
      })
    await page.waitForTimeout(bounceMs + 50)
    await page.getByTestId('answer-t1').click()
    await page.locator('#tier-answer').fill('Ordered for Monday')
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('confirm').click()
    await page.getByTestId('huddle-start').waitFor()
    const answered = (await open.calls()).find(({ name }) => name === 'answerTier')
    expect(answered?.input).toEqual({ lineId: 'line-3', id: 't1', version: 1, answer: 'Ordered for Monday' })
    await page.waitForTimeout(bounceMs + 50)
    await page.getByTestId('huddle-start').click()
    await expect.poll(() => lastCall(open)).toEqual({ name: 'startHuddle', input: { lineId: 'line-3' } })
    expect(open.errors).toEqual([])
    await page.context().close()
  })
})
