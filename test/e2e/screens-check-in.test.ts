import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import { fixtureNowMs, makeKeyResult } from '../fixtures/board.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { goTo, lastCall, openTouchPage, tap, touchBoard, unbounced } from './touch-page.ts'

const pictures = 'test-results/screens'

describeInChromium('check-ins on touch', () => {
  const served = servedPage(pictures)
  const openTouch = (board: Board = touchBoard()) => openTouchPage(served, board)
  const snap = (page: Page, name: string) => page.screenshot({ path: `${pictures}/touch-${name}.png` })

  test('check-in: typed value, confidence, sentence, PIN; a wrong PIN loses nothing, a lock-out counts down', async () => {
    const open = await openTouch()
    const { page } = open
    await goTo(page, 'checkIn')
    await page.getByRole('button', { name: 'Near misses' }).click()
    await tap(page, '7')
    await tap(page, 'Unsure')
    await tap(page, 'Trial is running')
    await snap(page, 'check-in')
    expect(await touchFaults(page)).toEqual([])
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
    expect(await touchFaults(page)).toEqual([])
    await open.show(touchBoard(), fixtureNowMs + 3_000)
    await page.getByTestId('locked').waitFor({ state: 'detached' })
    await open.answer({
      signIn: { ok: true, value: { by: 'Ana', role: 'lead', idleMs: 300_000 } },
      checkIn: { ok: true, value: { by: 'Ana', atMs: fixtureNowMs } },
    })
    await type('2468')
    await page.getByText('Saved by Ana').waitFor()
    await expect
      .poll(async () => (await lastCall(open))?.input)
      .toEqual({
        keyResultId: 'near-misses',
        value: 7,
        confidence: 'unsure',
        sentence: 'Trial is running',
        obstacles: '',
      })
    await expect
      .poll(async () => (await open.calls()).filter(({ name }) => name === 'signIn').at(-1)?.input)
      .toEqual({
        pin: '2468',
      })
    expect(await page.getByTestId('signed-in').textContent()).toMatch(/^Sign out AnaAna\d:\d\d$/)
    await snap(page, 'signed-in')
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('signed-in').click()
    await page.getByTestId('signed-in').waitFor({ state: 'detached' })
    await expect.poll(async () => (await lastCall(open))?.name).toBe('signOut')
    await page.context().close()
  })

  test('check-in of a live key result: the value is the line’s and cannot be typed', async () => {
    const open = await openTouch()
    const { page } = open
    await goTo(page, 'checkIn')
    await page.getByRole('button', { name: 'OEE' }).click()
    await page.getByText('From the line, 07:42').waitFor()
    expect(await page.getByTestId('pad-value').count()).toBe(0)
    await unbounced(page)
    await tap(page, 'Yes')
    await snap(page, 'check-in-live')
    expect(await page.getByTestId('confirm').textContent()).toBe('Save 67.8 %')
    expect(await touchFaults(page)).toEqual([])
    await page.context().close()
  })

  test('an implausible value is asked about once', async () => {
    const open = await openTouch()
    const { page } = open
    await goTo(page, 'checkIn')
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

  test('a round walks everything that is due: saved, skipped, and what it came to', async () => {
    const board = touchBoard()
    const trial = makeKeyResult({
      id: 'trial',
      name: 'Splice trial',
      baseline: 0,
      target: 100,
      value: 40,
      decimals: 0,
      doneMilestones: [0],
      checkInDue: 'overdue',
      source: {
        kind: 'milestones',
        milestones: [
          { name: 'Tape chosen', weight: 2, due: null },
          { name: 'Trial on the night shift', weight: 2, due: null },
          { name: 'Everybody trained on the new splice', weight: 1, due: null },
        ],
      },
    })
    const items = [...board.keyResults.items, trial].map((item) => ({
      ...item,
      checkInDue: item.id === 'oee' || item.id === 'near-misses' ? ('due' as const) : item.checkInDue,
    }))
    const open = await openTouch({ ...board, keyResults: { ...board.keyResults, items } })
    const { page } = open
    await open.answer({ checkIn: { ok: true, value: { by: 'Ana', atMs: fixtureNowMs } } })
    await goTo(page, 'checkIn')
    expect(await page.getByTestId('round').textContent()).toBe('Start the round, 3 due')
    await snap(page, 'round')
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('round').click()
    await unbounced(page)
    const step = () => page.getByTestId('round-step').textContent()
    await expect.poll(step).toBe('1 of 3')
    await page.getByTestId('sure-no').click()
    await page.fill('#obstacles', 'No spare sensor in the house')
    await snap(page, 'round-live')
    expect(await touchFaults(page)).toEqual([])
    await page.getByTestId('confirm').click()
    await expect.poll(step).toBe('2 of 3')
    await expect
      .poll(async () => (await lastCall(open))?.input)
      .toEqual({
        keyResultId: 'oee',
        value: null,
        confidence: 'no',
        sentence: '',
        obstacles: 'No spare sensor in the house',
      })
    await unbounced(page)
    await page.getByTestId('skip').click()
    await unbounced(page)
    await expect.poll(step).toBe('3 of 3')
    await page.getByTestId('milestone-1').click()
    await page.getByTestId('sure-yes').click()
    await snap(page, 'round-milestones')
    expect(await touchFaults(page)).toEqual([])
    expect(await page.getByTestId('confirm').textContent()).toBe('Save 80 %')
    await page.getByTestId('confirm').click()
    await page.getByTestId('round-done').waitFor()
    await expect
      .poll(async () => (await lastCall(open))?.input)
      .toMatchObject({ keyResultId: 'trial', milestones: [0, 1] })
    expect(await page.getByTestId('round-done').textContent()).toBe('Round finished: 2 saved, 1 skipped')
    await snap(page, 'round-done')
    expect(open.errors).toEqual([])
    await page.context().close()
  })
})
