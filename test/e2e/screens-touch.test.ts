import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import { at, fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { makeCall } from '../fixtures/board-team.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { axeFaults } from '../gallery/axe.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { goTo, lastCall, openTouchPage, tap, touchBoard, unbounced } from './touch-page.ts'

const pictures = 'test-results/screens'
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

describeInChromium('touch in Chromium', () => {
  const served = servedPage(pictures)

  const openTouch = (board: Board = touchBoard()) => openTouchPage(served, board)
  const snap = (page: Page, name: string) => page.screenshot({ path: `${pictures}/touch-${name}.png` })

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
    await expect
      .poll(() => lastCall(open))
      .toEqual({
        name: 'logScrap',
        input: { lineId: 'line-3', reason: 'Label skew', qty: 3, entryId },
      })
    expect(await page.getByTestId('saved').textContent()).toContain('Logged 3 \u00d7 Label skew')
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('undo').click()
    await page.getByTestId('undo').waitFor({ state: 'detached' })
    await expect
      .poll(() => lastCall(open))
      .toEqual({ name: 'undo', input: { lineId: 'line-3', entryId: 'e1' } })
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
    expect(await touchFaults(page)).toEqual([])
    await page.context().close()
  })

  test.each(['dark', 'light'] as const)('every page, plain, %s', async (theme) => {
    const board = touchBoard()
    const open = await openTouch({
      ...board,
      site: { ...board.site, display: { ...board.site.display, theme } },
    })
    await open.answer({ openStops: { ok: true, value: [stop] } })
    for (const name of ['home', 'stop', 'changeover', 'checkIn'] as const) {
      await goTo(open.page, name)
      if (name === 'stop') await open.page.getByTestId('stop-time').waitFor()
      expect(await touchFaults(open.page), name).toEqual([])
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
    expect(await touchFaults(page)).toEqual([])
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
    expect(await touchFaults(page)).toEqual([])
    await tap(page, 'Soy drink 1 L')
    await page.getByTestId('undo').waitFor()
    await expect
      .poll(async () => (await lastCall(open))?.input)
      .toEqual({ lineId: 'line-3', to: 'soy-1l', entryId })
    await page.context().close()

    const running = await openTouch(statusCases.find(({ name }) => name === 'changeover')!.board)
    await running.answer({ endChangeover: { ok: true, value: { entryId: 'e4', atMs: fixtureNowMs } } })
    expect(await running.page.getByTestId('changeover-timer').textContent()).toMatch(/^18:[34]\d$/)
    await snap(running.page, 'changeover-end')
    expect(await touchFaults(running.page)).toEqual([])
    await running.page.getByTestId('confirm').click()
    await running.page.getByTestId('undo').waitFor()
    await expect
      .poll(() => lastCall(running))
      .toEqual({ name: 'endChangeover', input: { lineId: 'line-3', entryId } })
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
    expect(await touchFaults(page)).toEqual([])
    await tap(page, 'Capper')
    await page.getByTestId('back').click()
    await page.waitForSelector('.stage')
    await expect.poll(async () => (await lastCall(open))?.name, { timeout: 10_000 }).toBe('raiseCall')
    const said = { lineId: 'line-3', category: 'quality', cell: 'Capper', text: null, entryId }
    await expect.poll(async () => (await lastCall(open))?.input).toEqual(said)
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
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('call-material').click()
    await page.getByTestId('say-coming').waitFor()
    await snap(page, 'call-open')
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('say-resolve').click()
    await snap(page, 'call-cause')
    expect(await touchFaults(page)).toEqual([])
    await tap(page, 'Labels')
    await page.getByTestId('undo').waitFor()
    await expect
      .poll(async () => (await lastCall(open))?.input)
      .toEqual({
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
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('undo').click()
    await page.getByText('Waiting for the connection: 1. Each is sent once.').waitFor()
    expect((await open.calls()).some(({ name }) => name === 'logScrap')).toBe(false)
    await open.mend()
    await page.getByTestId('failure').waitFor({ timeout: 20_000 })
    expect(await page.getByTestId('failure').textContent()).toMatch(
      /^Not entered: Logged 1 \u00d7 Dented \(10:42\)\. /,
    )
    await snap(page, 'kept-refused')
    expect(await touchFaults(page)).toEqual([])
    // It stands where "Undo" was.
    await unbounced(page)
    await page.getByTestId('refused-read').click()
    await page.getByTestId('failure').waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('the board comes back by the button, and by itself after a minute without a touch, though new boards come', async () => {
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
    for (let minute = 1; minute <= 3; minute++) {
      await page.clock.runFor(19_000)
      await open.show(makeBoard(), fixtureNowMs + minute * 60_000)
      await page
        .getByText(`10:${42 + minute}`)
        .first()
        .waitFor()
    }
    await page.clock.runFor(2_000)
    expect(await page.locator('.touch').count()).toBe(1)
    await page.clock.runFor(1_500)
    await page.waitForSelector('.stage')
    await page.context().close()
  })

  test('a form that was begun stays for five minutes without a touch', async () => {
    const { page } = await openTouch()
    await page.clock.install()
    await goTo(page, 'daily')
    await page.getByTestId('daily-note').click()
    await page.getByTestId('cancel').waitFor()
    await page.clock.runFor(299_000)
    expect(await page.getByTestId('cancel').count()).toBe(1)
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
