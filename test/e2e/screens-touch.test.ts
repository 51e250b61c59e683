import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import { at, fixtureNowMs, makeBoard, makeKeyResult } from '../fixtures/board.ts'
import { makeCall } from '../fixtures/board-team.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { bounceMs } from '../../renderer/touch/TouchButton.tsx'
import { axeFaults } from '../gallery/axe.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const pictures = 'test-results/screens'
/** u per millimetre on a 21.5 inch panel, and so px at 1080p. */
const perMm = 1080 / ((21.5 * 25.4 * 9) / Math.sqrt(337))

/** Made by the page. */
const entryId: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/)

const stop = {
  startMs: at('08:13'),
  endMs: at('08:22'),
  closedMs: at('08:22'),
  state: 'stopped',
  reason: null,
  cell: 'Labeller',
  durationMs: 540_000,
  micro: false,
}

function touchBoard() {
  const plain = makeBoard({ site: { demo: true, demoPin: '2468' } })
  const nearMisses = makeKeyResult({
    id: 'near-misses',
    name: 'Near misses',
    baseline: 4,
    target: 12,
    value: 6,
    decimals: 0,
    unit: '',
    source: { kind: 'manual' },
  })
  return { ...plain, keyResults: { ...plain.keyResults, items: [...plain.keyResults.items, nearMisses] } }
}

describeInChromium('touch in Chromium', () => {
  const served = servedPage(pictures)

  async function openTouch(board: Board = touchBoard()): Promise<BoardPage> {
    const open = await served.open()
    await open.show(board, fixtureNowMs)
    await open.page.click('.stage')
    await open.page.waitForSelector('.touch')
    return open
  }
  const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  /** A second touch on the same spot counts only after a while. */
  const unbounced = async (page: Page) => {
    const fromMs = await page.evaluate(() => performance.now())
    await page.waitForFunction(([from, wait]) => performance.now() - from! > wait!, [fromMs, bounceMs])
  }
  const snap = (page: Page, name: string) => page.screenshot({ path: `${pictures}/touch-${name}.png` })
  const lastCall = async (open: BoardPage) => (await open.calls()).at(-1)

  /** Buttons under 20 mm, texts that do not fit, and unlike actions closer than 13 mm. */
  function faultsOf(page: Page): Promise<string[]> {
    return page.evaluate((mm) => {
      const faults: string[] = []
      // The page behind the PIN pad keeps what was entered, unseen.
      const buttons = [...document.querySelectorAll('.touch button')].filter(
        (one) => !one.closest('[hidden]'),
      )
      const nameOf = (element: Element) => element.textContent || element.getAttribute('aria-label') || ''
      for (const button of buttons) {
        const { width, height } = button.getBoundingClientRect()
        if (Math.min(width, height) < 20 * mm - 0.5) {
          faults.push(`${nameOf(button)} is ${(width / mm).toFixed(1)} x ${(height / mm).toFixed(1)} mm`)
        }
      }
      for (const element of document.querySelectorAll<HTMLElement>('.touch *')) {
        if (
          element.clientWidth > 0 &&
          element.tagName !== 'H2' &&
          getComputedStyle(element).display !== 'inline'
        ) {
          const over = element.scrollWidth - element.clientWidth
          if (over > 1) faults.push(`${element.className} is ${over} px too narrow`)
        }
      }
      const bottom = window.innerHeight
      for (const button of buttons) {
        const rect = button.getBoundingClientRect()
        if (rect.bottom > bottom) faults.push(`${nameOf(button)} leaves the screen`)
        for (const other of buttons) {
          const near = other.getBoundingClientRect()
          const overlap =
            button !== other &&
            rect.left < near.right - 1 &&
            near.left < rect.right - 1 &&
            rect.top < near.bottom - 1 &&
            near.top < rect.bottom - 1
          if (overlap) faults.push(`${nameOf(button)} lies on ${nameOf(other)}`)
        }
      }
      const gap = (one: Element | null, two: Element | null) => {
        if (!one || !two) return Number.POSITIVE_INFINITY
        const [a, b] = [one.getBoundingClientRect(), two.getBoundingClientRect()]
        return Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom) / mm
      }
      const confirm = buttons.find((one) => one.matches('.confirm')) ?? null
      for (const [name, selector] of [
        ['undo', '[data-testid="undo"]'],
        ['the side button', '.side'],
        ['the pages', '.touch-nav button'],
      ] as const) {
        const apart = gap(confirm, buttons.find((one) => one.matches(selector)) ?? null)
        if (apart < 13) faults.push(`${name} is only ${apart.toFixed(1)} mm from the main button`)
      }
      return faults
    }, perMm)
  }

  test('scrap: reason, quantity, one sentence, undo', async () => {
    const open = await openTouch()
    const { page } = open
    const receipt = { ok: true, value: { entryId: 'e1', atMs: fixtureNowMs } }
    await open.answer({ logScrap: receipt, undo: receipt })
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    await tap(page, 'Label skew')
    await tap(page, 'One more')
    await tap(page, 'One more')
    expect(await page.getByTestId('confirm').textContent()).toBe('Log 3 \u00d7 Label skew')
    await snap(page, 'scrap')
    await page.getByTestId('confirm').click()
    await page.getByTestId('undo').waitFor()
    expect(await lastCall(open)).toEqual({
      name: 'logScrap',
      input: { lineId: 'line-3', reason: 'Label skew', qty: 3, entryId },
    })
    expect(await page.getByTestId('saved').textContent()).toContain('Logged 3 \u00d7 Label skew')
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('undo').click()
    await page.getByTestId('undo').waitFor({ state: 'detached' })
    expect(await lastCall(open)).toEqual({ name: 'undo', input: { lineId: 'line-3', entryId: 'e1' } })
    expect(open.errors).toEqual([])
    await page.context().close()
  })

  test('what went wrong is said, and nothing that was entered is lost', async () => {
    const open = await openTouch()
    const { page } = open
    const message = 'The disk is full. Make room, then try again.'
    await open.answer({ logScrap: { ok: false, error: { code: 'store', message } } })
    await tap(page, 'Underfill')
    await tap(page, '+10')
    await page.getByTestId('confirm').click()
    await page.getByTestId('failure').waitFor()
    expect(await page.getByTestId('failure').textContent()).toBe(message)
    expect(await page.getByTestId('confirm').textContent()).toBe('Log 11 \u00d7 Underfill')
    await snap(page, 'failure')
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })

  test.each(['dark', 'light'] as const)('every page, plain, %s', async (theme) => {
    const board = touchBoard()
    const open = await openTouch({
      ...board,
      site: { ...board.site, display: { ...board.site.display, theme } },
    })
    await open.answer({ openStops: { ok: true, value: [stop] } })
    for (const name of ['home', 'stop', 'changeover', 'checkIn']) {
      await open.page.getByTestId(`page-${name}`).click()
      if (name === 'stop') await open.page.getByTestId('stop-time').waitFor()
      expect(await faultsOf(open.page), name).toEqual([])
      await snap(open.page, `plain-${name}-${theme}`)
      await unbounced(open.page)
    }
    expect(open.errors).toEqual([])
    await open.page.context().close()
  })

  test('stop reason: the oldest stop without one comes first', async () => {
    const open = await openTouch()
    const { page } = open
    const older = { ...stop, startMs: at('07:52'), endMs: at('08:01'), closedMs: at('08:01') }
    await open.answer({
      openStops: { ok: true, value: [stop, older, { ...stop, reason: 'Sensor' }, { ...stop, micro: true }] },
      setStopReason: { ok: true, value: { entryId: 'e2', atMs: fixtureNowMs } },
    })
    await page.getByTestId('page-stop').click()
    await page.getByTestId('stop-time').waitFor()
    expect(await page.getByTestId('stop-time').textContent()).toBe('07:52 to 08:01')
    await page.getByText('1 of 2 without a reason').waitFor()
    await snap(page, 'stop')
    expect(await faultsOf(page)).toEqual([])
    await tap(page, 'No labels')
    await page.getByTestId('undo').waitFor()
    const saved = (await open.calls()).find(({ name }) => name === 'setStopReason')
    expect(saved?.input).toEqual({ lineId: 'line-3', startMs: older.startMs, reason: 'No labels', entryId })
    await page.context().close()
  })

  test('changeover: start to a product, end the running one', async () => {
    const open = await openTouch()
    const { page } = open
    await open.answer({ startChangeover: { ok: true, value: { entryId: 'e3', atMs: fixtureNowMs } } })
    await page.getByTestId('page-changeover').click()
    await snap(page, 'changeover')
    expect(await faultsOf(page)).toEqual([])
    await tap(page, 'Soy drink 1 L')
    await page.getByTestId('undo').waitFor()
    expect((await lastCall(open))?.input).toEqual({ lineId: 'line-3', to: 'soy-1l', entryId })
    await page.context().close()

    const running = await openTouch(statusCases.find(({ name }) => name === 'changeover')!.board)
    await running.answer({ endChangeover: { ok: true, value: { entryId: 'e4', atMs: fixtureNowMs } } })
    expect(await running.page.getByTestId('changeover-timer').textContent()).toMatch(/^18:[34]\d$/)
    await snap(running.page, 'changeover-end')
    expect(await faultsOf(running.page)).toEqual([])
    await running.page.getByTestId('confirm').click()
    await running.page.getByTestId('undo').waitFor()
    expect(await lastCall(running)).toEqual({ name: 'endChangeover', input: { lineId: 'line-3', entryId } })
    await running.page.context().close()
  })

  test('a call goes out by itself when nobody says more, also when the touch screen is left', async () => {
    const open = await openTouch()
    const { page } = open
    await open.answer({
      raiseCall: { ok: true, value: { entryId: 'c1', atMs: fixtureNowMs, call: 'quality' } },
    })
    await page.getByTestId('call-quality').click()
    await snap(page, 'call-new')
    expect(await faultsOf(page)).toEqual([])
    await tap(page, 'Capper')
    await page.getByTestId('back').click()
    await page.waitForSelector('.stage')
    await expect.poll(async () => (await lastCall(open))?.name, { timeout: 10_000 }).toBe('raiseCall')
    const said = { lineId: 'line-3', category: 'quality', cell: 'Capper', text: null, entryId }
    expect((await lastCall(open))?.input).toEqual(said)
    await page.context().close()
  })

  test('the safety call is held for a second; a call taken back goes nowhere', async () => {
    const open = await openTouch()
    const { page } = open
    await page.getByTestId('call-safety').click()
    expect(await page.getByTestId('call-cancel').count()).toBe(0)
    await page.getByTestId('call-safety').hover()
    await page.mouse.down()
    await page.getByTestId('call-cancel').waitFor()
    await page.mouse.up()
    await page.getByText('Not an emergency stop').waitFor()
    await unbounced(page)
    await page.getByTestId('call-cancel').click()
    await page.getByTestId('call-safety').waitFor()
    expect((await open.calls()).some(({ name }) => name === 'raiseCall')).toBe(false)
    await page.context().close()
  })

  test('an open call is answered, and its cause asked for when it is solved', async () => {
    const board = touchBoard()
    const call = makeCall({
      call: 'material',
      category: 'material',
      escalation: { level: 1, to: 'Shift lead' },
    })
    const open = await openTouch({ ...board, line: { ...board.line, openCalls: [call] } })
    const { page } = open
    await open.answer({ answerCall: { ok: true, value: { entryId: 'c2', atMs: fixtureNowMs } } })
    expect(await page.getByTestId('call-material').textContent()).toMatch(/Material4:3\d/)
    await snap(page, 'home-called')
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('call-material').click()
    await page.getByTestId('say-coming').waitFor()
    await snap(page, 'call-open')
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('say-resolve').click()
    await snap(page, 'call-cause')
    expect(await faultsOf(page)).toEqual([])
    await tap(page, 'Labels')
    await page.getByTestId('undo').waitFor()
    expect((await lastCall(open))?.input).toEqual({
      lineId: 'line-3',
      call: 'material',
      event: 'resolve',
      who: null,
      text: 'Labels',
      entryId,
    })
    await page.context().close()
  })

  test('from the board: a call, scrap, a stop reason and a changeover take three taps at most', async () => {
    const receipt = { ok: true, value: { entryId: 'e9', atMs: fixtureNowMs, call: 'x' } }
    const paths = {
      raiseCall: ['[data-testid="call-maintenance"]', '[data-testid="confirm"]'],
      logScrap: ['text="Label skew"', '[data-testid="confirm"]'],
      setStopReason: ['[data-testid="page-stop"]', 'text="No labels"'],
      startChangeover: ['[data-testid="page-changeover"]', 'text="Soy drink 1 L"'],
    }
    for (const [name, selectors] of Object.entries(paths)) {
      const open = await served.open()
      await open.show(makeBoard(), fixtureNowMs)
      await open.answer({
        raiseCall: receipt,
        logScrap: receipt,
        setStopReason: receipt,
        startChangeover: receipt,
        openStops: { ok: true, value: [stop] },
      })
      let taps = 0
      for (const selector of ['.stage', ...selectors]) {
        await open.page.locator(selector).first().click()
        taps += 1
      }
      await expect.poll(async () => (await open.calls()).map((one) => one.name)).toContain(name)
      expect([name, taps <= 3]).toEqual([name, true])
      await open.page.context().close()
    }
  })

  test('check-in: typed value, confidence, sentence, PIN; a wrong PIN loses nothing, a lock-out counts down', async () => {
    const open = await openTouch()
    const { page } = open
    await page.getByTestId('page-checkIn').click()
    await page.getByRole('button', { name: 'Near misses' }).click()
    await tap(page, '7')
    await tap(page, 'Unsure')
    await tap(page, 'Trial is running')
    await snap(page, 'check-in')
    expect(await faultsOf(page)).toEqual([])
    const signedOut = { ok: false, error: { code: 'signed-out', message: 'Nobody is signed in here.' } }
    await open.answer({ checkIn: signedOut })
    await page.getByTestId('confirm').click()
    await page.getByText('Demo PIN 2468').waitFor()

    const type = async (pin: string) => {
      for (const digit of pin) await tap(page, digit)
      await page.getByTestId('pin-ok').click()
    }
    await open.answer({
      signIn: { ok: false, error: { code: 'wrong-pin', message: 'This PIN is not known. Try again.' } },
    })
    await type('1111')
    await page.getByTestId('failure').waitFor()
    expect(await page.getByTestId('pin-dots').getAttribute('data-value')).toBe('0')
    await open.answer({ signIn: { ok: false, error: { code: 'locked', message: 'Wait.', retryMs: 2_000 } } })
    await type('1112')
    await page.getByTestId('locked').waitFor()
    expect(await page.getByTestId('locked').textContent()).toMatch(/Try again in \d+ s/)
    await snap(page, 'pin-locked')
    expect(await faultsOf(page)).toEqual([])
    await open.show(touchBoard(), fixtureNowMs + 3_000)
    await page.getByTestId('locked').waitFor({ state: 'detached' })
    await open.answer({
      signIn: { ok: true, value: { by: 'Ana', role: 'lead', idleMs: 300_000 } },
      checkIn: { ok: true, value: { by: 'Ana', atMs: fixtureNowMs } },
    })
    await type('2468')
    await page.getByText('Saved by Ana').waitFor()
    expect((await lastCall(open))?.input).toEqual({
      keyResultId: 'near-misses',
      value: 7,
      confidence: 'unsure',
      sentence: 'Trial is running',
    })
    expect((await open.calls()).filter(({ name }) => name === 'signIn').at(-1)?.input).toEqual({
      pin: '2468',
    })
    expect(await page.getByTestId('signed-in').textContent()).toMatch(/^Ana\d:\d\d$/)
    await snap(page, 'signed-in')
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('signed-in').click()
    await page.getByTestId('signed-in').waitFor({ state: 'detached' })
    expect((await lastCall(open))?.name).toBe('signOut')
    await page.context().close()
  })

  test('check-in of a live key result: the value is the line’s and cannot be typed', async () => {
    const open = await openTouch()
    const { page } = open
    await page.getByTestId('page-checkIn').click()
    await page.getByRole('button', { name: 'OEE' }).click()
    await page.getByText('From the line, 07:42').waitFor()
    expect(await page.getByTestId('pad-value').count()).toBe(0)
    await tap(page, 'Yes')
    await snap(page, 'check-in-live')
    expect(await page.getByTestId('confirm').textContent()).toBe('Save 67.8 %')
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })

  test('an implausible value is asked about once', async () => {
    const open = await openTouch()
    const { page } = open
    await page.getByTestId('page-checkIn').click()
    await page.getByRole('button', { name: 'Near misses' }).click()
    await tap(page, '7')
    await tap(page, '0')
    await tap(page, 'Yes')
    await page.getByTestId('confirm').click()
    await page.getByText('70 is far from 8. Is that right?').waitFor()
    expect(await page.getByTestId('confirm').textContent()).toBe('Yes, save 70')
    await open.answer({
      checkIn: { ok: false, error: { code: 'signed-out', message: 'Nobody is signed in.' } },
    })
    await unbounced(page)
    await page.getByTestId('confirm').click()
    await page.getByTestId('pin-ok').waitFor()
    await page.context().close()
  })

  test('without a connection an entry is kept and can be taken back; what comes back refused is said', async () => {
    const open = await openTouch()
    const { page } = open
    const message = 'The store could not be written. Nothing was saved.'
    await open.answer({ logScrap: { ok: false, error: { code: 'store', message } } })
    await open.cut()
    for (const [index, reason] of ['Dented', 'Underfill'].entries()) {
      await tap(page, reason)
      await page.getByTestId('confirm').click()
      await page.locator(`[data-testid="kept"][data-value="${index + 1}"]`).waitFor()
    }
    expect(await page.getByTestId('saved').textContent()).toContain('Logged 1 \u00d7 Underfill')
    await page.getByText('Waiting for the connection: 2. Each is sent once.').waitFor()
    await snap(page, 'kept')
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('undo').click()
    await page.getByText('Waiting for the connection: 1. Each is sent once.').waitFor()
    expect((await open.calls()).some(({ name }) => name === 'logScrap')).toBe(false)
    await open.mend()
    await page.getByTestId('failure').waitFor({ timeout: 20_000 })
    expect(await page.getByTestId('failure').textContent()).toMatch(
      /^Not entered: Logged 1 \u00d7 Dented \(10:42\)\. /,
    )
    await snap(page, 'kept-refused')
    expect(await faultsOf(page)).toEqual([])
    await page.getByTestId('refused-read').click()
    await page.getByTestId('failure').waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('the board comes back by the button, and by itself after a minute without a touch', async () => {
    const open = await served.open()
    const { page } = open
    await open.show(makeBoard(), fixtureNowMs)
    await page.click('.stage')
    await page.getByTestId('back').click()
    await page.waitForSelector('.stage')
    expect(await page.getByTestId('next').textContent()).toBe('Rotation paused')
    await page.clock.install()
    await page.click('.stage')
    await page.waitForSelector('.touch')
    await page.clock.runFor(59_000)
    expect(await page.locator('.touch').count()).toBe(1)
    await page.clock.runFor(1_500)
    await page.waitForSelector('.stage')
    await page.context().close()
  })

  test('no serious accessibility fault', async () => {
    const open = await openTouch()
    expect(await axeFaults(open.page)).toEqual([])
    await open.page.context().close()
  })
})
