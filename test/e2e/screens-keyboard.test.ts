import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { languages } from '../../shared/settings/languages.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { axeFaults } from '../gallery/axe.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { goTo } from './touch-page.ts'

const pictures = 'test-results/screens'
/** px per millimetre on a 21.5 inch panel with so many pixels. */
const perMm = (width: number, height: number) => Math.hypot(width, height) / (21.5 * 25.4)
beforeAll(() => void mkdirSync(pictures, { recursive: true }))

const ada = { id: 'p1', name: 'Ada', role: 'admin', badge: false }
const sam = { id: 'p2', name: 'Sam Okonkwo-Lindqvist', role: 'operator', badge: true }
const signedIn = { ok: true, value: { by: 'Ada', role: 'admin', idleMs: 300_000 } }

describeInChromium('typing on the touch pages in Chromium', () => {
  const served = servedPage(pictures)

  async function openPeople(
    options: { query?: string; width?: number; height?: number } = {},
  ): Promise<BoardPage> {
    const open = await served.open({ ...options, hasTouch: true })
    await open.show(makeBoard(), fixtureNowMs)
    await open.answer({
      people: { ok: true, value: [ada, sam] },
      addPerson: { ok: true, value: { ...ada, id: 'p3', name: 'Zoë' } },
      setBadge: { ok: true, value: { ...ada, badge: true } },
      signInBadge: signedIn,
      logScrap: { ok: true, value: { entryId: 'e1', atMs: fixtureNowMs } },
    })
    await open.page.locator('.stage').tap()
    await open.page.waitForSelector('.touch')
    return open
  }
  const key = (page: Page, button: string) => page.locator(`.keyboard [data-skbtn="${button}"]`).first().tap()
  const tapTest = (page: Page, id: string) => page.getByTestId(id).tap()
  /** A reader types the code much faster than a person, then Enter. */
  const scan = (page: Page, code: string) =>
    page.evaluate((text) => {
      for (const one of [...text, 'Enter'])
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: one, bubbles: true, cancelable: true }),
        )
    }, code)

  /** Keys under 20 mm, keys that leave the screen, and whether the field lies free above them. */
  const keyFaults = (page: Page, field: string, width = 1920, height = 1080) =>
    page.evaluate(
      ([mm, selector]) => {
        const faults: string[] = []
        for (const one of document.querySelectorAll('.keyboard button')) {
          const { width, height, left, right, bottom } = one.getBoundingClientRect()
          const name = one.textContent ?? ''
          if (Math.min(width, height) < 20 * mm - 0.5)
            faults.push(`${name}: ${width / mm} x ${height / mm} mm`)
          if (left < 0 || right > innerWidth || bottom > innerHeight) faults.push(`${name} leaves the screen`)
        }
        const top = document.querySelector('.keyboard')?.getBoundingClientRect().top ?? 0
        const rect = document.querySelector(selector)?.getBoundingClientRect()
        if (!rect || rect.bottom > top || rect.top < 0)
          faults.push(`the field lies at ${rect?.bottom}, keys at ${top}`)
        return faults
      },
      [perMm(width, height), field] as const,
    )

  test.each([
    [1920, 1080],
    [1280, 800],
  ])('letters and a number pad come by touch and never lie on the field, %i x %i', async (width, height) => {
    const open = await openPeople({ width, height })
    const { page } = open
    await goTo(page, 'people')
    await page.getByText('Sam Okonkwo-Lindqvist').waitFor()
    await page.screenshot({ path: `${pictures}/touch-people-${height}.png` })
    await tapTest(page, 'add-person')
    await tapTest(page, 'person-name')
    await page.getByTestId('keyboard').waitFor()
    await page.locator('.keyboard [data-skbtn="q"]').waitFor()
    expect(await keyFaults(page, '[data-testid=person-name]', width, height)).toEqual([])
    await page.screenshot({ path: `${pictures}/touch-keyboard-${height}.png` })
    await key(page, '{shift}')
    await key(page, 'Z')
    for (const letter of 'oexy') await key(page, letter)
    await key(page, '{bksp}')
    expect(await page.getByTestId('person-name').inputValue()).toBe('Zoex')
    await page.keyboard.type(' 2')
    await page.keyboard.press('Home')
    await key(page, '{space}')
    expect(await page.getByTestId('person-name').inputValue()).toBe(' Zoex 2')
    await key(page, '{close}')
    await page.getByTestId('keyboard').waitFor({ state: 'detached' })
    await tapTest(page, 'person-pin')
    await page.locator('[data-testid=keyboard][data-value=numbers]').waitFor()
    expect(await keyFaults(page, '[data-testid=person-pin]', width, height)).toEqual([])
    await page.screenshot({ path: `${pictures}/touch-number-pad-${height}.png` })
    for (const digit of '4711') await key(page, digit)
    await key(page, '{close}')
    await tapTest(page, 'role-lead')
    await tapTest(page, 'confirm')
    await page.getByText('Zoë added').waitFor()
    await expect
      .poll(async () => (await open.calls()).find(({ name }) => name === 'addPerson')?.input)
      .toEqual({
        name: ' Zoex 2',
        role: 'lead',
        newPin: '4711',
      })
    expect(open.errors).toEqual([])
    await page.context().close()
  })

  test('a mouse has a keyboard beside it: none comes', async () => {
    const open = await openPeople()
    const { page } = open
    await goTo(page, 'people')
    await page.getByTestId('add-person').click()
    await page.getByTestId('person-name').click()
    await page.keyboard.type('Typed')
    expect(await page.getByTestId('person-name').inputValue()).toBe('Typed')
    expect(await page.getByTestId('keyboard').count()).toBe(0)
    await page.context().close()
  })

  test.each(languages)('every language has its own keys: %s', async (language) => {
    const own = { en: 'y', de: 'ü', es: 'ñ', fr: 'ù', pl: 'ł', 'pt-BR': 'ç', 'zh-CN': 'q', ar: 'ض' } as const
    const open = await openPeople({ query: `?lang=${language}` })
    const { page } = open
    await goTo(page, 'people')
    await tapTest(page, 'add-person')
    await tapTest(page, 'person-name')
    await page.locator(`.keyboard [data-skbtn="${own[language]}"]`).waitFor()
    expect(await keyFaults(page, '[data-testid=person-name]')).toEqual([])
    await key(page, own[language])
    if (language === 'zh-CN') {
      await key(page, '{bksp}')
      for (const letter of 'an') await key(page, letter)
      await page.locator('.hg-candidate-box-list-item').first().waitFor()
      await page.screenshot({ path: `${pictures}/touch-keyboard-zh-CN.png` })
      await page.locator('.hg-candidate-box-list-item').first().tap()
      expect(await page.getByTestId('person-name').inputValue()).toMatch(/^\p{Script=Han}$/u)
    } else {
      expect(await page.getByTestId('person-name').inputValue()).toBe(own[language])
    }
    if (language === 'pt-BR') {
      for (const one of ['a', '~', 'o']) await key(page, one)
      expect(await page.getByTestId('person-name').inputValue()).toBe('ção')
    }
    expect(open.errors).toEqual([])
    await page.context().close()
  })

  test('a reader: a code picks its reason, a badge signs in, slow typing does neither', async () => {
    const open = await openPeople()
    const { page } = open
    await scan(page, '4006381')
    await page.getByText('Log 1 × Leaking').waitFor()
    await scan(page, 'Underfill')
    await page.getByText('Log 1 × Underfill').waitFor()
    await scan(page, 'RFID-04A1')
    await page.getByTestId('signed-in').waitFor()
    await expect
      .poll(async () => (await open.calls()).at(-1))
      .toEqual({ name: 'signInBadge', input: { badge: 'RFID-04A1' } })
    const before = (await open.calls()).length
    for (const one of ['1', '2', '3', '4', '5']) {
      await page.keyboard.press(one)
      await page.waitForTimeout(80)
    }
    await page.keyboard.press('Enter')
    expect((await open.calls()).length).toBe(before)
    await goTo(page, 'people')
    await page.getByRole('button', { name: /Ada/ }).first().waitFor()
    await page.locator('.choices .tap', { hasText: 'Ada' }).tap()
    await tapTest(page, 'change-badge')
    await page.screenshot({ path: `${pictures}/touch-badge.png` })
    await scan(page, 'RFID-9999')
    await page.getByText('Badge read, ends in 9999').waitFor()
    await tapTest(page, 'confirm')
    await expect
      .poll(async () => (await open.calls()).find(({ name }) => name === 'setBadge')?.input)
      .toEqual({ personId: 'p1', badge: 'RFID-9999' })
    expect(await axeFaults(page)).toEqual([])
    expect(open.errors).toEqual([])
    await page.context().close()
  })
})
