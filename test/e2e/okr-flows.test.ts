import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { readObjective, readObjectives } from '../../db/queries/objectives.ts'
import { readCheckIns } from '../../db/queries/team.ts'
import { takeOver } from '../../electron/engine/okr/take-over.ts'
import { addPerson } from '../../electron/engine/people.ts'
import type { PageId } from '../../renderer/touch/pages.ts'
import { dayMs, localDateAt } from '../../shared/domain/local-time.ts'
import { cycleAt } from '../../shared/domain/okr/cycle.ts'
import { startRigPlant } from '../helpers/electron-rig-plant.ts'
import { build, startBoard } from '../helpers/lineside.ts'
import { plainKeyResult, storedObjective } from '../helpers/objectives.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { launchBrowser } from './screens-page.ts'
import { goTo, tap, unbounced } from './touch-page.ts'

const pictures = 'test-results/screens'
const pins = { lead: '2468', manager: '1357' } as const
let cleanUp: (() => Promise<unknown> | void)[] = []
beforeAll(build)
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

const madeBy = { device: 'test', by: 'plant.yaml', personId: null, role: null }

/** A store with two people and an objective of ten days ago: one key result by hand, one made of milestones. */
async function fill(data: string): Promise<void> {
  mkdirSync(data)
  const { write, close } = openDatabase({ file: databaseFile(data) })
  await addPerson(write, { name: 'Ada', role: 'lead', pin: pins.lead })
  await addPerson(write, { name: 'Max', role: 'manager', pin: pins.manager })
  const manual = { kind: 'manual' } as const
  const milestones = [
    { name: 'Tape chosen', weight: 1, due: null },
    { name: 'Night shift trained', weight: 3, due: null },
  ]
  const misses = { id: 'misses', name: 'Near misses', unit: '', baseline: 4, target: 12 }
  const splice = { id: 'splice', name: 'Soft splice', unit: '%', baseline: 0, target: 100 }
  const objective = {
    ...storedObjective(0, { id: 'o1', title: 'Everyone home safe' }),
    cycle: cycleAt('quarter', localDateAt('Europe/Berlin', Date.now())),
    keyResults: [
      plainKeyResult({ ...misses, source: manual }),
      plainKeyResult({ ...splice, source: { kind: 'milestones', milestones } }),
    ],
  }
  const atMs = Date.now() - 10 * dayMs
  takeOver(write, [objective], { caller: madeBy, atMs, action: 'seed', reason: 'plant.yaml' })
  close()
}

async function givePin(page: Page, pin: string): Promise<void> {
  await page.getByTestId('pin-ok').waitFor()
  for (const digit of pin) await tap(page, digit)
  await page.getByTestId('pin-ok').click()
}

async function type(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await tap(page, digit)
}

test(
  'a quarter on touch: round, counter-proposal, edits, close, and the plan of the next objective',
  { timeout: 180_000 },
  async (context) => {
    const chromium = needPart(context, 'chromium')
    mkdirSync(pictures, { recursive: true })
    const folder = makeTempDir('okr-flows')
    cleanUp.push(folder.remove)
    const data = join(folder.path, 'data')
    await fill(data)
    const plant = await startRigPlant(folder.path, { screens: ['status', 'keys'] })
    cleanUp.push(plant.stop)
    const board = await startBoard(['serve', '--port', '0', '--plant', plant.file, '--data', data])
    cleanUp.push(() => board.end())
    await plant.subscribed
    await plant.state('running')
    const browser = await launchBrowser(chromium)
    cleanUp.push(() => browser.close())
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    const stored = <T>(look: (read: ReturnType<typeof openReadonly>['read']) => T): T => {
      const store = openReadonly({ file: databaseFile(data) })
      try {
        return look(store.read)
      } finally {
        store.close()
      }
    }
    const snap = (name: string) => page.screenshot({ path: `${pictures}/okr-flow-${name}.png` })
    const open = async (name: PageId) => {
      await unbounced(page)
      await goTo(page, name)
      await unbounced(page)
    }
    await page.goto(board.url)
    await page.getByText('Near misses').first().waitFor()
    await page.click('.stage', { position: { x: 12, y: 400 } })

    // The weekly round: both are due.
    await open('checkIn')
    await page.getByTestId('round').click()
    await unbounced(page)
    await type(page, '8')
    await page.getByTestId('sure-unsure').click()
    await page.fill('#obstacles', 'No time at shift change')
    // Somebody comes late with the value of yesterday.
    const yesterday = localDateAt('Europe/Berlin', Date.now() - dayMs)
    await page.fill('#of-day', localDateAt('Europe/Berlin', Date.now() + dayMs))
    expect(await page.getByTestId('confirm').isDisabled()).toBe(true)
    await page.fill('#of-day', yesterday)
    await snap('round')
    await page.getByTestId('confirm').click()
    await givePin(page, pins.lead)
    await page.getByTestId('milestone-1').click()
    await page.getByTestId('sure-yes').click()
    await snap('milestones')
    await page.getByTestId('confirm').click()
    await page.getByTestId('round-done').waitFor()
    expect(await page.getByTestId('round-done').getAttribute('data-value')).toBe('2')
    const notes = stored((read) => [
      ...readCheckIns(read, 'misses', 0, 9),
      ...readCheckIns(read, 'splice', 0, 9),
    ])
    expect(notes).toMatchObject([
      { value: 8, confidence: 'unsure', obstacles: 'No time at shift change', milestones: null },
      { value: 75, confidence: 'yes', milestones: [1] },
    ])
    const [late, now] = notes
    expect(localDateAt('Europe/Berlin', late!.forMs)).toBe(yesterday)
    expect(late!.forMs).toBeLessThan(late!.atMs)
    expect(now!.forMs).toBe(now!.atMs)

    // The line would rather reach ten, and the manager agrees; the lead may not.
    await open('objectives')
    await page.getByTestId('okr-misses').click()
    await page.getByTestId('okr-propose').waitFor()
    await unbounced(page)
    await type(page, '10')
    await page.fill('#okr-why', 'Two crews are on leave')
    await page.getByTestId('okr-propose').click()
    await page.getByText('Saved by Ada').waitFor()
    await unbounced(page)
    await page.getByTestId('okr-misses').click()
    await page.getByTestId('okr-counter').waitFor()
    await page.fill('#okr-why', 'Until the crews are back')
    await snap('counter')
    await page.getByTestId('okr-accept').click()
    await page.getByTestId('failure').waitFor()
    expect(await page.getByTestId('failure').getAttribute('data-value')).toBe('role')
    await page.getByTestId('signed-in').click()
    await page.getByTestId('signed-in').waitFor({ state: 'detached' })
    await unbounced(page)
    await page.getByTestId('okr-accept').click()
    await givePin(page, pins.manager)
    await page.getByText('Saved by Max').waitFor()
    expect(stored((read) => readObjective(read, 'o1'))?.keyResults[0]).toMatchObject({
      target: 10,
      targets: [{ target: 12 }, { target: 10, by: 'Max', reason: 'Two crews are on leave' }],
      proposals: [{ by: 'Ada', answer: 'accepted', answerReason: 'Until the crews are back' }],
    })

    // Its fields change, and the history tells all of it.
    await unbounced(page)
    await page.getByTestId('okr-misses').click()
    await page.getByTestId('section-fields').click()
    await page.fill('#okr-owner', 'Sam')
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-edit').waitFor()
    await unbounced(page)
    await page.getByTestId('okr-misses').click()
    await page.getByTestId('section-history').click()
    await page.locator('.history-line').first().waitFor()
    const told = await page.getByTestId('history').textContent()
    expect(told).toContain('to Sam')
    expect(told).toContain('Target: 12 to 10')
    await snap('history')

    // The board behind it shows the new target.
    await page.getByTestId('cancel').click()
    await page.getByTestId('okr-edit').waitFor()

    // The cycle is closed: grades, lessons, and an empty board.
    await unbounced(page)
    await page.getByTestId('okr-close').click()
    await page.getByTestId('close-step').waitFor()
    await page.fill('#okr-lesson', 'Ask at the end of the shift')
    await snap('close')
    await page.getByTestId('confirm').click()
    await unbounced(page)
    await page.getByTestId('confirm').click()
    await page.locator('.key-choice[data-grade]').first().waitFor()
    await page.fill('#okr-lesson', 'Small steps')
    await unbounced(page)
    await page.getByTestId('confirm').click()
    await page.getByText('Saved by Max').waitFor()
    await page.getByTestId('okr-close').and(page.locator(':disabled')).waitFor()
    const ended = stored((read) => readObjective(read, 'o1'))
    expect(ended).toMatchObject({ ended: { why: 'closed', lesson: 'Small steps' } })
    // 4 to 10 with 8 reached; three quarters of the milestones.
    expect(ended?.keyResults.map((one) => [one.ended?.grade, one.ended?.lesson])).toEqual([
      [0.66, 'Ask at the end of the shift'],
      [0.75, null],
    ])

    // What has ended keeps its story.
    await unbounced(page)
    await page.getByTestId('okr-turn').click()
    await page.getByTestId('past-misses').waitFor()
    expect(await page.getByTestId('past-misses').textContent()).toMatch(
      /Grade 0\.66.*Ask at the end of the shift/,
    )
    await snap('past')
    await unbounced(page)
    await page.getByTestId('past-misses').click()
    await page.getByTestId('history').getByText('Ended 0.66').waitFor()
    await unbounced(page)
    await page.getByTestId('past-back').click()
    await unbounced(page)
    await page.getByTestId('okr-turn').click()

    // Without gaps the next objective is planned by hand.
    await unbounced(page)
    await page.getByTestId('okr-plan').click()
    await page.getByTestId('plan-done').waitFor()
    expect(await page.getByTestId('plan-done').getAttribute('data-value')).toBe('0')
    await page.getByTestId('plan-by-hand').click()
    await page.fill('#okr-title', 'Right first time')
    await unbounced(page)
    await page.getByTestId('confirm').click()
    await page.fill('#okr-name', 'Audit score')
    await page.getByTestId('okr-baseline').click()
    await type(page, '61')
    await page.getByTestId('okr-target').click()
    await type(page, '90')
    await snap('new')
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-edit').waitFor()
    const next = stored((read) => readObjectives(read, 'l1')).find((one) => one.ended === null)
    expect(next).toMatchObject({ title: 'Right first time', keyResults: [{ baseline: 61, target: 90 }] })

    // And a second key result, made of milestones.
    await unbounced(page)
    await page.getByTestId('okr-new').click()
    await page.fill('#okr-name', 'New rinser')
    await page.getByTestId('section-source').click()
    await tap(page, 'Milestones')
    for (const [name, weight] of [
      ['Delivered', '1'],
      ['Runs all products', '3'],
    ] as const) {
      await page.fill('#milestone-name', name)
      await page.fill('#milestone-weight', weight)
      await unbounced(page)
      await page.getByTestId('milestone-add').click()
    }
    await snap('milestones-new')
    await page.getByTestId('confirm').click()
    await page.getByTestId('okr-edit').waitFor()
    const [, rinser] = stored((read) => readObjective(read, next!.id))!.keyResults
    expect(rinser).toMatchObject({
      name: 'New rinser',
      unit: '%',
      baseline: 0,
      target: 100,
      source: {
        kind: 'milestones',
        milestones: [
          { name: 'Delivered', weight: 1, due: null },
          { name: 'Runs all products', weight: 3, due: null },
        ],
      },
    })
    await unbounced(page)
    await page.getByTestId('back').click()
    await page.waitForSelector('.stage')
    await page.getByText('Audit score').first().waitFor()
    expect(await page.getByText('Near misses').count()).toBe(0)
  },
)
