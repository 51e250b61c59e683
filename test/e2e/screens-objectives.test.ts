import { expect, test } from 'vitest'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { storedKeyResult, storedObjective } from '../helpers/objectives.ts'
import { axeFaults } from '../gallery/axe.ts'
import { describeInChromium, servedPage } from './served-page.ts'

const pictures = 'test-results/screens'
const proposal = {
  baseline: 2.1,
  target: 1.8,
  lower: 1.6,
  upper: 2.6,
  fromMs: 0,
  toMs: 1,
  sampleSize: 12,
}

function board() {
  const plain = makeBoard()
  const items = plain.keyResults.items.map((item) =>
    item.id === 'scrap' ? { ...item, held: { inRow: 12, needed: 10, proposal } } : item,
  )
  return { ...plain, keyResults: { ...plain.keyResults, items } }
}

function objectives() {
  const { items, objective } = board().keyResults
  const keyResults = items.map(({ id, name, unit, baseline, target }) =>
    storedKeyResult(0, { id, name, unit, baseline, target }),
  )
  const { id, title, cycle } = objective!
  return { objectives: [storedObjective(0, { id, title, cycle, lineId: 'line-3', version: 7, keyResults })] }
}

describeInChromium('objectives on touch', () => {
  const served = servedPage(pictures)

  async function openPage() {
    const open = await served.open()
    await open.answer({
      okrs: { ok: true, value: objectives() },
      lockIn: { ok: true, value: { by: 'Ana', atMs: 1, objectiveId: 'o', version: 8 } },
      createKeyResult: {
        ok: true,
        value: { by: 'Ana', atMs: 1, objectiveId: 'o', version: 8, keyResultIds: [] },
      },
    })
    await open.show(board(), fixtureNowMs)
    await open.page.click('.stage')
    await open.page.getByTestId('page-objectives').click()
    await open.page.getByTestId('okr-scrap').waitFor()
    return open
  }
  const asked = async (open: Awaited<ReturnType<typeof openPage>>, name: string) =>
    (await open.calls()).filter((call) => call.name === name).at(-1)?.input

  test('what was held is locked in with the numbers of the proposal and the version that was seen', async () => {
    const open = await openPage()
    await open.page.screenshot({ path: `${pictures}/objectives-list.png` })
    expect(await axeFaults(open.page)).toEqual([])
    await open.page.getByTestId('okr-scrap').click()
    await open.page.getByTestId('okr-lock-in').waitFor()
    await open.page.screenshot({ path: `${pictures}/objectives-held.png` })
    await open.page.getByTestId('okr-lock-in').click()
    await open.page.getByTestId('okr-scrap').waitFor()
    const { baseline, target, lower, upper } = proposal
    expect(await asked(open, 'lockIn')).toEqual({
      keyResultId: 'scrap',
      version: 7,
      baseline,
      target,
      lower,
      upper,
      lesson: null,
    })
  })

  test('a new key result is judged while it is written, and saved with what was typed', async () => {
    const open = await openPage()
    const { page } = open
    await page.getByTestId('okr-new').click()
    await page.fill('#okr-name', 'Hold the 5S audit')
    const findings = page.getByTestId('okr-findings')
    await expect.poll(() => findings.getAttribute('data-value')).toBe('3')
    expect(await findings.locator('li').first().getAttribute('data-rule')).toBe('key-result-incomplete')
    await page.screenshot({ path: `${pictures}/objectives-new.png` })
    await page.fill('#okr-name', 'Changeover')
    await page.fill('#okr-owner', 'Sam')
    await page.getByTestId('okr-kpi-changeover_min').click()
    for (const [field, digits] of [
      ['baseline', '45'],
      ['target', '20'],
    ] as const) {
      await page.getByTestId(`okr-${field}`).click()
      for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click()
    }
    await expect.poll(() => findings.getAttribute('data-value')).toBe('0')
    await page.getByTestId('confirm').click()
    await expect
      .poll(() => asked(open, 'createKeyResult'))
      .toMatchObject({
        version: 7,
        keyResult: { name: 'Changeover', baseline: 45, target: 20, unit: 'min', owner: 'Sam' },
      })
  })

  test('the cycle is closed with a lesson only', async () => {
    const { page } = await openPage()
    await page.getByTestId('okr-close').click()
    await page.locator('[data-grade]').first().waitFor()
    await page.screenshot({ path: `${pictures}/objectives-close.png` })
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    await page.fill('#okr-lesson', 'One gap at a time')
    expect(await page.getByTestId('confirm').isDisabled()).toBe(false)
  })
})
