import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { makeCall } from '../fixtures/board-team.ts'
import { fixtureNowMs, makeBoard, minuteMs } from '../fixtures/board.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { until } from '../helpers/until.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const off = statusCases.find(({ name }) => name === 'notscheduled')!.board

/** What the page hears of the engine at another time; a resting page has none of the marks that `show` waits for. */
function push(page: Page, board: Board, nowMs: number): Promise<void> {
  return page.evaluate(
    (given) => {
      const { engine } = window as unknown as { engine: { send: (push: unknown) => void; seq: number } }
      engine.send({ type: 'snapshot', seq: ++engine.seq + 10_000, ...given })
    },
    { board, nowMs },
  )
}

const screenOf = ({ page }: BoardPage) => page.locator('.stage').getAttribute('data-screen')

describeInChromium('the panel in Chromium', () => {
  const served = servedPage()

  test('rests outside the shifts: dim and moving, then black with the panel off; a key wakes it', async () => {
    const open = await served.open()
    const { page } = open
    const powers = () => page.evaluate(() => (window as unknown as { powers: string[] }).powers)
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { powers: heard })
      window.addEventListener('message', ({ data }: MessageEvent<{ type?: string; power?: string }>) => {
        if (data?.type === 'lineside-panel-power') heard.push(data.power ?? '')
      })
    })
    await open.show(off, fixtureNowMs)
    expect(await page.locator('.resting').count()).toBe(0)
    await push(page, off, fixtureNowMs + 16 * minuteMs)
    await page.waitForSelector('.resting[data-care="dim"]')
    expect(await page.locator('.resting').innerText()).toBe('10:58\n\nLine 3')
    const place = () => page.locator('.resting-clock').boundingBox()
    const before = await place()
    await push(page, off, fixtureNowMs + 17 * minuteMs)
    await page.getByText('10:59').waitFor()
    expect(await place()).not.toEqual(before)

    await push(page, off, fixtureNowMs + 61 * minuteMs)
    await page.waitForSelector('.resting[data-care="asleep"]')
    expect(await page.locator('.resting').innerText()).toBe('')
    await page.waitForFunction(() => (window as unknown as { powers: string[] }).powers.at(-1) === 'off')
    await page.keyboard.press('b')
    await page.waitForSelector('.stage')
    await page.waitForFunction(() => (window as unknown as { powers: string[] }).powers.at(-1) === 'on')
    expect((await powers()).filter((power) => power === 'off')).toHaveLength(1)

    // A call wakes it too, without a hand.
    await push(page, off, fixtureNowMs + 130 * minuteMs)
    await page.waitForSelector('.resting[data-care="asleep"]')
    const calling = { ...off, line: { ...off.line, openCalls: [makeCall({ call: 'c9' })] } }
    await push(page, calling, fixtureNowMs + 131 * minuteMs)
    await page.waitForSelector('.stage')
    expect(open.errors).toEqual([])
    await page.context().close()
  })

  test('chimes for a call only after the first touch, as browsers want it, and says so until then', async () => {
    const calling = (call: string, category = 'material') =>
      makeBoard({ line: { openCalls: [makeCall({ call, category, raisedMs: fixtureNowMs - 1_000 })] } })
    const open = await served.open({ first: { board: calling('c1'), nowMs: fixtureNowMs } })
    const { page } = open
    // Scripts of the test count as a touch of the page, unless they say that they are none.
    const cdp = await page.context().newCDPSession(page)
    const untouched = async (expression: string) => {
      const { result } = await cdp.send('Runtime.evaluate', { expression, userGesture: false })
      return result.value as unknown
    }
    await untouched(`{
      const start = OscillatorNode.prototype.start
      window.tones = []
      OscillatorNode.prototype.start = function (when) {
        window.tones.push(this.frequency.value)
        start.call(this, when)
      }
    }`)
    await until('the note', async () =>
      String(await untouched('document.body.innerText')).includes('Sound starts with the first touch'),
    )
    expect(await untouched('window.tones.length')).toBe(0)
    await page.keyboard.press('b')
    const tones = () => page.evaluate(() => (window as unknown as { tones: number[] }).tones)
    await page.waitForFunction(() => (window as unknown as { tones: number[] }).tones.length > 0)
    expect(await tones()).toEqual([660, 880])
    expect(await page.getByText('Sound starts with the first touch').count()).toBe(0)
    // Each kind of call has its own rhythm; a call that is answered is silent.
    await open.show(calling('c2', 'safety'), fixtureNowMs + 1_000)
    await page.waitForFunction(() => (window as unknown as { tones: number[] }).tones.length > 2)
    expect((await tones()).slice(2)).toEqual(Array.from({ length: 6 }, () => 1_319))
    const answered = [makeCall({ call: 'c3', ackMs: fixtureNowMs })]
    await open.show(makeBoard({ line: { openCalls: answered } }), fixtureNowMs + 2_000)
    expect(await tones()).toHaveLength(8)
    expect(open.errors).toEqual([])
    await page.context().close()
  })

  test('a clicker, a remote and a gamepad turn the screens', async () => {
    const open = await served.open()
    const { page } = open
    await page.evaluate(() => {
      const buttons = Array.from({ length: 17 }, () => ({ pressed: false }))
      Object.assign(window, {
        press: (index: number, pressed: boolean) => (buttons[index]!.pressed = pressed),
      })
      // No machine of a test has a gamepad; the browser's own interface for one is all that is replaced.
      navigator.getGamepads = () => [{ index: 0, buttons } as unknown as Gamepad]
    })
    // An odd number of others: the status screen comes back after the first one.
    const display = {
      ...makeBoard().site.display,
      screens: ['status', 'hours', 'oee', 'scrap'] as ScreenName[],
    }
    await open.show(makeBoard({ site: { display } }), fixtureNowMs)
    const shows = (screen: string) => page.waitForSelector(`.stage[data-screen="${screen}"]`)
    expect(await screenOf(open)).toBe('status')
    await page.keyboard.press('PageDown')
    await shows('hours')
    await page.keyboard.press('ChannelUp').catch(() => page.keyboard.press('ArrowRight'))
    await shows('status')
    await page.keyboard.press('ArrowRight')
    await shows('oee')
    await page.keyboard.press('PageUp')
    await shows('status')
    expect(await page.getByTestId('next').textContent()).toBe('Rotation paused')
    await page.keyboard.press('.')
    await page.waitForFunction(
      () => document.querySelector('[data-testid="next"]')?.textContent !== 'Rotation paused',
    )
    await page.keyboard.press('Home')

    const press = async (index: number) => {
      for (const pressed of [true, false]) {
        await page.evaluate(
          ([button, down]) =>
            (window as unknown as { press: (index: number, pressed: boolean) => void }).press(
              button as number,
              down as boolean,
            ),
          [index, pressed] as const,
        )
        // Longer than the board's look at a gamepad.
        await page.waitForTimeout(250)
      }
    }
    await page.evaluate(() => window.dispatchEvent(new Event('gamepadconnected')))
    await page.waitForTimeout(250)
    await press(5)
    await shows('hours')
    await press(16)
    await shows('status')
    expect(open.errors).toEqual([])
    await page.context().close()
  })
})
