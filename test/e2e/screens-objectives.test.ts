import { expect, test } from 'vitest'
import type { Board } from '../../shared/contract/board.ts'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import type { OkrChange } from '../../shared/contract/okr-calls.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'
import { storedKeyResult, storedObjective } from '../helpers/objectives.ts'
import { axeFaults } from '../gallery/axe.ts'
import type { BoardPage } from './screens-page.ts'
import { describeInChromium, servedPage } from './served-page.ts'
import { touchFaults } from './touch-faults.ts'
import { goTo, openTouchPage, tap, unbounced } from './touch-page.ts'

const pictures = 'test-results/screens'
const hourMs = 3_600_000
const proposal = {
  baseline: 2.1,
  target: 1.8,
  lower: 1.6,
  upper: 2.6,
  fromMs: 0,
  toMs: 1,
  sampleSize: 12,
}
const counter = {
  id: 'p1',
  atMs: fixtureNowMs - 2 * hourMs,
  by: 'Ana',
  target: 34,
  due: null,
  reason: 'The second cart comes in March only',
}

/** As long as the engine takes them. */
const longest = {
  name: 'Erstdurchlauf-Ausbeuten!',
  title: 'Jede Schicht beim ersten Mal richtig, ohne Nacharbeit dahint',
  milestone: 'Rundlauf-Etikettierer auf allen Formaten erprobt',
  reason:
    'Der zweite Folienwagen kommt erst im März, und bis dahin rüsten beide Mannschaften mit demselben. '.repeat(
      2,
    ),
}

const locales = { en: 'en-GB', de: 'de-DE', ar: 'ar' } as const
type Look = { language?: keyof typeof locales; theme?: 'dark' | 'light'; long?: boolean }

function board({ language = 'en', theme = 'dark', long = false }: Look = {}): Board {
  const plain = makeBoard({ site: { language, locale: locales[language] } })
  const { site, keyResults } = plain
  const named = (item: KeyResultView): KeyResultView => (long ? { ...item, name: longest.name } : item)
  const items = keyResults.items
    .map(named)
    .map((item) =>
      item.id === 'scrap'
        ? { ...item, held: { inRow: 12, needed: 10, proposal } }
        : item.id === 'changeover'
          ? { ...item, proposal: long ? { ...counter, reason: longest.reason.slice(0, 200) } : counter }
          : item,
    )
  return {
    ...plain,
    site: { ...site, display: { ...site.display, theme } },
    keyResults: { ...keyResults, items },
  }
}

function objectives(long: boolean) {
  const { items, objectives: running } = board({ long }).keyResults
  const keyResults = items.map(({ id, name, unit, baseline, target, source, decimals, owner }) =>
    storedKeyResult(0, { id, name, unit, baseline, target, source, decimals, owner }),
  )
  const { id, cycle } = running[0]!
  const title = long ? longest.title : running[0]!.title
  const above = storedObjective(0, {
    id: 'plant',
    lineId: '',
    level: 'plant',
    title: 'Halve customer complaints by June',
    cycle,
    keyResults: [],
  })
  return {
    views: items,
    objectives: [
      storedObjective(0, { id, title, owner: 'Ana', cycle, lineId: 'line-3', version: 7, keyResults }),
      storedObjective(0, {
        id: 'second',
        title: 'Everyone home safe',
        cycle,
        lineId: 'line-3',
        keyResults: [],
      }),
      above,
    ],
  }
}

const change = (more: Partial<OkrChange>): OkrChange => ({
  atMs: fixtureNowMs - 24 * hourMs,
  by: 'Ana',
  action: 'changeTarget',
  subject: 'changeover',
  before: { target: 25 },
  after: { target: 30 },
  reason: 'Ten minutes less than the best so far',
  ...more,
})
const history = [
  change({}),
  change({
    action: 'checkIn',
    before: null,
    after: { value: 38, confidence: 'unsure', sentence: 'Pre-stage film', obstacles: 'No cart' },
    reason: null,
  }),
  change({
    action: 'createObjective',
    before: null,
    after: { name: 'Changeover', target: 25 },
    reason: null,
  }),
  change({ subject: 'o', after: { version: 8 }, before: { version: 7 } }),
]
const receipt = { ok: true, value: { by: 'Ana', atMs: 1, objectiveId: 'o', version: 8 } }

describeInChromium('objectives on touch', () => {
  const served = servedPage(pictures)

  async function openPage(look: Look = {}, size: { width?: number; height?: number } = {}) {
    const open = await openTouchPage(served, board(look), size)
    await open.answer({
      okrs: { ok: true, value: objectives(look.long ?? false) },
      okrHistory: { ok: true, value: history },
      lockIn: receipt,
      proposeTarget: { ok: true, value: { ...receipt.value, proposalId: 'p2' } },
      answerProposal: receipt,
      editObjective: receipt,
      editKeyResult: receipt,
      closeObjective: { ok: true, value: { ...receipt.value, grades: {} } },
      createKeyResult: { ok: true, value: { ...receipt.value, keyResultIds: [] } },
    })
    await goTo(open.page, 'objectives')
    await open.page.getByTestId('okr-scrap').waitFor()
    return open
  }
  const asked = async (open: BoardPage, name: string) =>
    (await open.calls()).filter((call) => call.name === name).at(-1)?.input
  const look = async ({ page }: BoardPage, name: string) => {
    await page.screenshot({ path: `${pictures}/objectives-${name}.png` })
    expect(await touchFaults(page), name).toEqual([])
  }

  test('what was held is locked in with the numbers of the proposal and the version that was seen', async () => {
    const open = await openPage()
    await look(open, 'list')
    expect(await axeFaults(open.page)).toEqual([])
    await open.page.getByTestId('okr-scrap').click()
    await open.page.getByTestId('okr-lock-in').waitFor()
    await look(open, 'held')
    await unbounced(open.page)
    await open.page.getByTestId('okr-lock-in').click()
    await open.page.getByTestId('okr-scrap').waitFor()
    const { baseline, target, lower, upper } = proposal
    await expect
      .poll(() => asked(open, 'lockIn'))
      .toEqual({
        keyResultId: 'scrap',
        version: 7,
        baseline,
        target,
        lower,
        upper,
        lesson: null,
      })
  })

  test('the line answers a target with a counter-proposal, and it is answered with a reason', async () => {
    const open = await openPage()
    const { page } = open
    await page.getByTestId('okr-oee').click()
    await page.getByTestId('okr-propose').waitFor()
    expect(await page.getByTestId('okr-propose').isDisabled()).toBe(true)
    for (const digit of '70') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.fill('#okr-why', 'The sensor comes in March')
    await page.getByTestId('okr-propose').click()
    await page.getByTestId('okr-changeover').waitFor()
    await expect
      .poll(() => asked(open, 'proposeTarget'))
      .toEqual({
        keyResultId: 'oee',
        target: 70,
        due: null,
        reason: 'The sensor comes in March',
      })
    await unbounced(page)
    await page.getByTestId('okr-changeover').click()
    expect(await page.getByTestId('okr-counter').textContent()).toContain('Ana proposes 34 min')
    expect(await page.getByTestId('okr-accept').isDisabled()).toBe(true)
    await page.fill('#okr-why', 'Agreed until then')
    await look(open, 'counter')
    await page.getByTestId('okr-keep').click()
    await expect
      .poll(() => asked(open, 'answerProposal'))
      .toEqual({
        proposalId: 'p1',
        version: 7,
        accept: false,
        reason: 'Agreed until then',
      })
  })

  test('fields of a key result and of its objective are edited; their history says who, when, before and after', async () => {
    const open = await openPage()
    const { page } = open
    await page.getByTestId('okr-changeover').click()
    await page.getByTestId('section-fields').click()
    await page.fill('#okr-owner', 'Sam')
    await page.fill('#okr-weight', '20')
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    await page.fill('#okr-weight', '2')
    await page.getByTestId('okr-aspirational').click()
    await look(open, 'fields')
    await page.getByTestId('section-history').click()
    await expect.poll(() => page.getByTestId('history').getAttribute('data-value')).toBe('3')
    expect(await page.getByTestId('history').textContent()).toContain('Target: 25 to 30')
    await look(open, 'history')
    await page.getByTestId('section-fields').click()
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-edit').waitFor()
    await expect
      .poll(() => asked(open, 'editKeyResult'))
      .toMatchObject({
        keyResultId: 'changeover',
        version: 7,
        keyResult: { name: 'Changeover', owner: 'Sam', weight: 2, commitment: 'aspirational' },
      })
    await unbounced(page)
    await page.getByTestId('okr-edit').click()
    await page.fill('#okr-title', 'Right the first time')
    await look(open, 'edit')
    await page.getByTestId('section-cycle').click()
    await look(open, 'cycle')
    await page.getByTestId('section-serves').click()
    await page.getByRole('button', { name: 'Halve customer complaints by June' }).click()
    await look(open, 'serves')
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-edit').waitFor()
    await expect
      .poll(() => asked(open, 'editObjective'))
      .toMatchObject({
        version: 7,
        objective: { title: 'Right the first time', owner: 'Ana', parent: 'plant' },
      })
  })

  test('a new key result is judged while it is written, follows what was chosen over its window, and is saved so', async () => {
    const open = await openPage()
    const { page } = open
    await page.getByTestId('okr-new').click()
    await page.fill('#okr-name', 'Hold the 5S audit')
    const findings = page.getByTestId('okr-findings')
    await expect.poll(() => findings.getAttribute('data-value')).toBe('3')
    expect(await findings.locator('li').first().getAttribute('data-rule')).toBe('key-result-incomplete')
    await look(open, 'new')
    await page.fill('#okr-name', 'Fewer short stops')
    await page.fill('#okr-owner', 'Sam')
    await page.getByTestId('section-source').click()
    await tap(page, 'Micro-stops')
    await page.getByTestId('window-week').click()
    await look(open, 'new-source')
    await page.getByTestId('section-fields').click()
    expect(await page.locator('#okr-unit').count()).toBe(0)
    await page.getByTestId('okr-aspirational').click()
    await page.getByTestId('section-what').click()
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    for (const [field, digits] of [
      ['baseline', '45'],
      ['target', '20'],
    ] as const) {
      await page.getByTestId(`okr-${field}`).click()
      for (const digit of digits) await tap(page, digit)
    }
    await expect.poll(() => findings.getAttribute('data-value')).toBe('0')
    await page.getByTestId('confirm').click()
    await expect
      .poll(() => asked(open, 'createKeyResult'))
      .toMatchObject({
        version: 7,
        keyResult: {
          name: 'Fewer short stops',
          baseline: 45,
          target: 20,
          unit: '1/h',
          owner: 'Sam',
          commitment: 'aspirational',
          source: { kind: 'values', key: 'micro', combine: 'last', window: { kind: 'week' } },
        },
      })
  })

  test('the window of a key result is changed, and a new one is made of milestones', async () => {
    const open = await openPage()
    const { page } = open
    await page.getByTestId('okr-oee').click()
    await page.getByTestId('section-source').click()
    await page.getByTestId('window-30').click()
    await look(open, 'window')
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-edit').waitFor()
    await expect
      .poll(() => asked(open, 'editKeyResult'))
      .toMatchObject({
        keyResult: { source: { kind: 'kpi', kpi: 'oee', window: { kind: 'shifts', count: 30 } }, unit: '%' },
      })
    await unbounced(page)
    await page.getByTestId('okr-new').click()
    await page.fill('#okr-name', 'New rinser')
    await page.getByTestId('section-source').click()
    await tap(page, 'Milestones')
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    for (const name of ['Delivered', 'Night shift trained', 'Runs all products at full speed']) {
      await page.fill('#milestone-name', name)
      await unbounced(page)
      await page.getByTestId('milestone-add').click()
    }
    // A tap takes one back into the fields.
    await page.getByTestId('milestone-1').click()
    expect(await page.locator('#milestone-name').inputValue()).toBe('Night shift trained')
    await page.fill('#milestone-weight', '2,5')
    await page.fill('#milestone-due', '2026-12-11')
    await page.getByTestId('milestone-add').click()
    await look(open, 'milestones')
    await page.getByTestId('confirm').click()
    await expect
      .poll(() => asked(open, 'createKeyResult'))
      .toMatchObject({
        keyResult: {
          ...{ baseline: 0, target: 100, unit: '%' },
          source: {
            kind: 'milestones',
            milestones: [
              { name: 'Delivered', weight: 1, due: null },
              { name: 'Runs all products at full speed', weight: 1, due: null },
              { name: 'Night shift trained', weight: 2.5, due: '2026-12-11' },
            ],
          },
        },
      })
  })

  test('a cycle is closed result by result: grade, lesson, what was held is locked in, then the objective’s lesson', async () => {
    const open = await openPage()
    const { page } = open
    await page.getByTestId('okr-close').click()
    const step = () => page.getByTestId('close-step').getAttribute('data-value')
    await expect.poll(step).toBe('1')
    await page.fill('#okr-lesson', 'Soft tape first')
    await look(open, 'close-result')
    await page.getByTestId('okr-lock-in').click()
    await expect.poll(step).toBe('2')
    await expect
      .poll(() => asked(open, 'lockIn'))
      .toMatchObject({ keyResultId: 'scrap', lesson: 'Soft tape first' })
    for (const next of ['2', '3', '4']) {
      await expect.poll(step).toBe(next)
      await unbounced(page)
      await page.getByTestId('confirm').click()
    }
    await page.locator('.key-choice[data-grade]').first().waitFor()
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    await page.fill('#okr-lesson', 'One gap at a time')
    await look(open, 'close')
    await unbounced(page)
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-new').waitFor()
    await expect
      .poll(() => asked(open, 'closeObjective'))
      .toMatchObject({
        version: 7,
        lesson: 'One gap at a time',
        lessons: { scrap: 'Soft tape first' },
      })
  })

  // The longest names that the engine takes, in the languages with the longest words and from right to left.
  test.each([
    ['de', 'light', 1280, 800],
    ['de', 'dark', 1920, 1080],
    ['ar', 'dark', 1280, 800],
    ['ar', 'light', 1920, 1080],
  ] as const)('the longest words, %s, %s, %i x %i', async (language, theme, width, height) => {
    const open = await openPage({ language, theme, long: true }, { width, height })
    const { page } = open
    const shown = async (name: string) => {
      await page.screenshot({ path: `${pictures}/objectives-${language}-${name}-${height}.png` })
      expect(await touchFaults(page, { mayCut: true }), name).toEqual([])
      await unbounced(page)
    }
    await shown('list')
    await page.getByTestId('okr-changeover').click()
    await page.getByTestId('okr-counter').waitFor()
    await shown('counter')
    for (const section of ['source', 'fields', 'history']) {
      await page.getByTestId(`section-${section}`).click()
      if (section === 'history') await page.locator('.history-line').first().waitFor()
      await shown(section)
    }
    await page.getByTestId('cancel').click()
    await unbounced(page)
    await page.getByTestId('okr-new').click()
    await page.fill('#okr-name', longest.name)
    await shown('new')
    await page.getByTestId('section-source').click()
    await shown('new-source')
    if (language === 'de' && height === 1080) {
      await page.locator('.choices .tap').nth(1).click()
      for (let count = 0; count < 10; count++) {
        await page.fill('#milestone-name', longest.milestone)
        await unbounced(page)
        await page.getByTestId('milestone-add').click()
      }
      await shown('milestones')
    }
    await page.getByTestId('cancel').click()
    await unbounced(page)
    await page.getByTestId('okr-close').click()
    await page.getByTestId('close-step').waitFor()
    await shown('close')
    await page.getByTestId('cancel').click()
    await unbounced(page)
    await page.getByTestId('okr-plan').click()
    await page.getByTestId('plan-step').waitFor()
    await shown('plan')
    expect(open.errors).toEqual([])
  })
})
