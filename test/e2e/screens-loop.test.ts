import { expect, test } from 'vitest'
import type { PageId } from '../../renderer/touch/pages.ts'
import type { Board } from '../../shared/contract/board.ts'
import { kpiDefinitionSchema } from '../../shared/domain/kpis/kpi-definition.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { makeBoardHealth, makeFinding } from '../fixtures/board-okr.ts'
import { yieldKpi } from '../helpers/yield-story.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { goTo, openTouchPage, unbounced } from './touch-page.ts'

const pictures = 'test-results/screens'
const candidate = {
  name: 'Changeover',
  unit: 'min',
  decimals: 0,
  baseline: 32,
  target: 20,
  targetFrom: 'agreed',
  insideLimits: false,
  owner: 'Ana',
  objective: 'Deliver what we promise',
  segment: { points: 20, level: 32, limits: { lower: 27, upper: 37 } },
}
const saved = { ok: true, value: { by: 'Ana', atMs: fixtureNowMs, version: 2 } }
const action = {
  id: 'a1',
  kpi: 'fpy',
  fact: 'First-pass yield: 2.8 pt below target for 4 shifts',
  cause: 'Worn splice tape',
  what: 'Try the soft splice tape',
  owner: 'Sam',
  due: '2026-11-27',
  state: 'open',
}

const health = makeBoardHealth()
/** More findings than one page holds, the old target last. */
const boardHealth = {
  ...health,
  findings: [
    ...health.findings.slice(0, -1),
    makeFinding('business-as-usual', { name: 'Throughput' }),
    ...health.findings.slice(-1),
  ],
}

describeInChromium('the loop on touch', () => {
  const served = servedPage(pictures)

  async function openAt(pageName: PageId, language: 'en' | 'de' = 'en', patch: Partial<Board> = {}) {
    const plain = makeBoard({ site: { language, locale: language === 'de' ? 'de-DE' : 'en-GB' } })
    const open = await openTouchPage(served, { ...plain, ...patch })
    const first = plain.kpis!.items[0]!
    const kpi = kpiDefinitionSchema.parse({ ...yieldKpi, id: first.id, name: first.name })
    const version = (atMs: number, more: object) => ({ version: 1, atMs, by: 'Ana', ...more })
    await open.answer({
      okrs: { ok: true, value: { objectives: [], views: [] } },
      candidate: { ok: true, value: candidate },
      makeKeyResult: { ok: true, value: { ...saved.value, objectiveId: 'o', keyResultId: 'k' } },
      kpis: {
        ok: true,
        value: {
          kpis: [{ kpi, version: 3, atMs: 0, by: 'Ana', createdMs: 0, targetSinceMs: 0 }],
          causes: {},
        },
      },
      kpiHistory: {
        ok: true,
        value: [
          version(fixtureNowMs - 9e8, { kpi: { ...kpi, target: 93 } }),
          version(fixtureNowMs - 8e8, { kpi }),
        ],
      },
      saveKpi: saved,
      saveReview: saved,
      saveAction: saved,
      actions: {
        ok: true,
        value: [{ ...action, version: 2, createdMs: 0, closedMs: null, effect: null }],
      },
      actionHistory: {
        ok: true,
        value: [
          version(fixtureNowMs - 9e8, { action: { ...action, owner: '' } }),
          version(fixtureNowMs - 8e8, { action }),
        ],
      },
    })
    await goTo(open.page, pageName)
    await unbounced(open.page)
    return { open, page: open.page }
  }
  const asked = async (open: BoardPage, name: string) =>
    (await open.calls()).filter((call) => call.name === name).at(-1)?.input
  const look = async ({ page }: BoardPage, name: string) => {
    await page.screenshot({ path: `${pictures}/loop-${name}.png` })
    expect(await touchFaults(page), name).toEqual([])
    await unbounced(page)
  }

  test('planning walks the gaps in their order, takes two at most, and makes each a key result of the cycle', async () => {
    const { open, page } = await openAt('objectives')
    await page.getByTestId('okr-plan').click()
    const gap = () => page.locator('.plan-gap').getAttribute('data-kpi')
    await expect.poll(gap).toBe('changeover')
    await look(open, 'plan')
    await page.getByTestId('confirm').click()
    await expect.poll(gap).toBe('fpy')
    await unbounced(page)
    await page.getByTestId('skip').click()
    await expect.poll(gap).toBe('mttr')
    await unbounced(page)
    await page.getByTestId('confirm').click()
    await page.getByTestId('plan-baseline').waitFor()
    expect(await page.getByTestId('plan-baseline').getAttribute('data-value')).toBe('32')
    for (const digit of '22') await page.getByRole('button', { name: digit, exact: true }).click()
    await look(open, 'plan-make')
    await page.getByTestId('confirm').click()
    await expect.poll(() => page.getByTestId('make-step').getAttribute('data-value')).toBe('2')
    await expect
      .poll(() => asked(open, 'makeKeyResult'))
      .toMatchObject({
        kpi: 'changeover',
        cycle: { kind: 'quarter', startDate: '2026-10-01' },
        title: 'Deliver what we promise',
        target: 22,
        owner: 'Ana',
      })
    await unbounced(page)
    await page.getByTestId('skip').click()
    await page.getByTestId('plan-done').waitFor()
    await look(open, 'plan-done')
    await page.getByTestId('plan-by-hand').click()
    await page.fill('#okr-title', 'Reach 95 %')
    await expect.poll(() => page.getByTestId('okr-findings').getAttribute('data-value')).toBe('1')
    await look(open, 'objective-new')
    expect(open.errors).toEqual([])
  })

  test.each(['en', 'de'] as const)(
    'board health says why and leads to where it is mended, %s',
    async (language) => {
      const { open, page } = await openAt('boardHealth', language, { boardHealth })
      await look(open, `health-${language}`)
      await page.getByTestId('more-findings').click()
      await page.getByTestId('mend-target-old').waitFor()
      await unbounced(page)
      await page.getByTestId('more-findings').click()
      await unbounced(page)
      await page.getByTestId('mend-check-in-missing').click()
      await expect.poll(() => page.locator('.touch').getAttribute('data-page')).toBe('checkIn')
    },
  )

  test('a review ends in a verdict: the target stands, is changed in the editor, or something is done', async () => {
    const { open, page } = await openAt('review')
    await page.getByTestId('review-note').fill('Discussed with the night shift')
    await look(open, 'review')
    const [first, second] = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.review-chart')].map((one) => one.dataset['kpi']),
    )
    expect(first).toBeDefined()
    await page.getByTestId('confirm').click()
    await expect
      .poll(() => asked(open, 'saveReview'))
      .toMatchObject({
        review: { kpi: first, verdict: 'keep', note: 'Discussed with the night shift' },
      })
    await unbounced(page)
    await page.getByTestId('verdict-act').click()
    expect(await page.getByTestId('action-fact').textContent()).toMatch(/: /)
    await page.getByTestId('action-what').fill('Try the soft splice tape')
    await look(open, 'review-act')
    await page.getByTestId('confirm').click()
    await expect.poll(() => asked(open, 'saveReview')).toMatchObject({ review: { verdict: 'act' } })
    await expect
      .poll(() => asked(open, 'saveAction'))
      .toMatchObject({ action: { what: 'Try the soft splice tape' } })
    expect(second === undefined || typeof second === 'string').toBe(true)
    expect(open.errors).toEqual([])
  })

  test('a KPI is judged while it is written, and one of our own needs the key of its values', async () => {
    const { open, page } = await openAt('kpis')
    await page.locator('.choices .tap').first().click()
    await page.getByTestId('section-people').click()
    await page.getByTestId('field-owner').fill('')
    const findings = page.getByTestId('okr-findings')
    await expect.poll(() => findings.locator('[data-rule="kpi-no-owner"]').count()).toBe(1)
    await look(open, 'kpi-findings')
    await page.getByTestId('cancel').click()
    await unbounced(page)
    await page.getByTestId('new-kpi').click()
    await page.getByRole('button', { name: 'A KPI of our own' }).click()
    await page.getByTestId('field-name').fill('Cap torque')
    await look(open, 'kpi-own')
    expect(await page.getByTestId('confirm').textContent()).toBe('Give the key of its values')
    await page.getByTestId('section-numbers').click()
    await page.getByTestId('field-key').fill('cap_torque')
    await page.getByTestId('field-formula').fill('mean of the torque tester')
    await look(open, 'kpi-numbers')
    await page.getByTestId('confirm').click()
    await expect
      .poll(() => asked(open, 'saveKpi'))
      .toMatchObject({
        version: null,
        kpi: {
          name: 'Cap torque',
          formula: 'mean of the torque tester',
          source: { from: 'values', key: 'cap_torque', combine: 'last' },
        },
      })
    expect(open.errors).toEqual([])
  })

  test('a KPI and an action tell their history', async () => {
    const { open, page } = await openAt('kpis')
    await page.locator('.choices .tap').first().click()
    await page.getByTestId('section-history').click()
    await expect.poll(() => page.getByTestId('history').getAttribute('data-value')).toBe('2')
    expect(await page.getByTestId('history').textContent()).toContain('Target: 93 to 94')
    await look(open, 'kpi-history')
    await goTo(page, 'gaps')
    await page.getByTestId('all-actions').click()
    await page.getByTestId('action-a1').click()
    await expect.poll(() => page.getByTestId('history').textContent()).toContain('Sam')
    await look(open, 'action')
    await page.getByTestId('drop').click()
    await expect.poll(() => asked(open, 'saveAction')).toMatchObject({ action: { state: 'dropped' } })
  })
})
