import { expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readAudit } from '../../db/queries/audit.ts'
import { readBaselines } from '../../db/queries/baselines.ts'
import { cycleAt } from '../../shared/domain/okr/cycle.ts'
import { compareAudit } from '../helpers/compare-audit.ts'
import {
  type GapStage,
  type GapStory,
  gapStages,
  shiftEnd,
  storyPin,
  tellGapStory,
  valueOf,
} from '../helpers/gap-story.ts'
import { storyDays } from '../helpers/yield-story.ts'

const { before } = storyDays

/** What is demanded of each stage. */
const demands: Record<GapStage, (now: GapStory) => void | Promise<void>> = {
  usual({ page }) {
    expect(page.board().gaps!.items).toEqual([])
    expect(Math.abs(page.board().kpis!.items[0]!.limits!.mean - 94)).toBeLessThan(0.5)
  },

  signal({ page, yields }) {
    const [falling] = page.board().gaps!.items
    const signalDay = yields.findIndex((_, day) => shiftEnd(day) === falling?.driftMs)
    const redDay = yields.findIndex((percent, day) => day >= before && percent < 88)
    console.log(`signal on working day ${signalDay - before + 1}, first red one ${redDay - before + 1}`)
    expect(signalDay).toBeGreaterThanOrEqual(before)
    expect(redDay - signalDay).toBeGreaterThanOrEqual(10)
  },

  gap({ page }) {
    const wanted = { kpi: 'fpy', from: 'target', side: 'below', goal: 94, keyResult: null }
    expect(page.board().gaps!.items[0]).toMatchObject(wanted)
  },

  async made({ page, lineId, candidate, made }) {
    expect(candidate!.segment.points).toBe(20)
    expect(Math.abs(candidate!.baseline - 87)).toBeLessThan(0.5)
    expect(candidate!.target).toBeGreaterThan(candidate!.segment.limits.upper)
    const twice = await page.call('makeKeyResult', { lineId, kpi: 'fpy', pin: storyPin })
    expect(twice).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    const { items, objectives: running } = page.board().keyResults
    const [objective] = running
    const { baseline, target } = candidate!
    expect(items.find(({ id }) => id === made!.keyResultId)).toMatchObject({ baseline, target, owner: 'Ana' })
    expect(objective!.title).toBe('Right first time')
    // The plant's fiscal year begins on 6 April.
    expect(objective!.cycle).toEqual({
      kind: 'quarter',
      name: 'Q1 2028',
      startDate: '2027-04-06',
      endDate: '2027-07-05',
    })
    // It is judged from the day on which its baseline was measured, not from the first day of the quarter.
    expect(items[0]!.progress).toMatchObject({ expected: 0, status: 'On pace' })

    // Planning makes another one of the same gap in a later cycle, which no board shows before it begins.
    const later = cycleAt('quarter', '2030-02-01')
    const wish = { lineId, kpi: 'fpy', cycle: later, title: 'Never twice', pin: storyPin }
    const worse = await page.call('makeKeyResult', { ...wish, target: baseline - 1 })
    expect(worse).toMatchObject({ error: { code: 'bad-input' } })
    const planned = valueOf(await page.call('makeKeyResult', { ...wish, target: 97, owner: 'Sam' }))
    const { objectives } = valueOf(await page.call('okrs', { lineId }))
    expect(objectives.find(({ id }) => id === planned.objectiveId)).toMatchObject({
      title: 'Never twice',
      owner: 'Sam',
      cycle: later,
      keyResults: [{ baseline, target: 97 }],
    })
    expect(page.board().keyResults.items.some(({ id }) => id === planned.keyResultId)).toBe(false)
  },

  'on the way'({ page, made }) {
    const item = page.board().keyResults.items.find(({ id }) => id === made!.keyResultId)!
    expect(item.progress!.progress).toBeGreaterThan(0)
    expect(item.progress!.progress).toBeLessThan(1)
    expect(item.held.proposal).toBeNull()
  },

  held({ page, made, proposal }) {
    const { held } = page.board().keyResults.items.find(({ id }) => id === made!.keyResultId)!
    expect(held.inRow).toBeGreaterThanOrEqual(10)
    expect(proposal).not.toBeNull()
  },

  async 'locked in'({ rig, page, lineId, proposal, newTarget: target }) {
    const { baseline, lower, upper } = proposal!
    // New limits are in force, what was usual before stays beside them, the gap is gone.
    const [kpi] = page.board().kpis!.items
    expect(kpi!.limits!.ucl).toBeCloseTo(baseline + (upper - lower) / 2, 9)
    const [usual, ...others] = kpi!.earlier
    expect(others).toEqual([])
    expect(usual!.limits!.mean).toBeLessThan(95)
    expect(usual!.to).toBeLessThan(kpi!.points.length)
    expect(page.board().gaps!.items).toEqual([])
    // The KPI asks for the new target from now on, and its history says why.
    const versions = valueOf(await page.call('kpiHistory', { lineId, kpi: 'fpy' }))
    expect(versions.map(({ by, kpi: of }) => [by, of.target])).toEqual([
      ['plant.yaml', 94],
      ['Demo', target],
    ])
    expect(kpi!.targetAgeDays).toBe(0)
    // Everything stands in the history.
    await rig.restart()
    const store = openReadonly({ file: databaseFile(rig.dir) })
    try {
      expect(readBaselines(store.read, lineId)).toMatchObject([
        { kpi: 'first_pass_yield', baseline, target, decidedBy: 'Demo' },
      ])
      const trail = readAudit(store.read, 50).map(({ action, by }) => `${action} ${by}`)
      expect(trail).toEqual(
        expect.arrayContaining([
          'saveKpi plant.yaml',
          'escalate Lineside',
          'createObjective Demo',
          'lockIn Demo',
        ]),
      )
      const told = readAudit(store.read, 50).find((one) => one.action === 'lockIn' && one.subject === 'fpy')
      expect(JSON.parse(told!.detail)).toMatchObject({
        before: { target: 94 },
        after: { target },
        reason: 'locked in: First-pass yield',
      })
      expect(compareAudit(store.read).differences).toEqual([])
    } finally {
      store.close()
    }
  },
}

test('first-pass yield falls, is signalled, becomes a key result, recovers, is held and locked in', async () => {
  const told: GapStage[] = []
  await tellGapStory(async (stage, now) => {
    told.push(stage)
    await demands[stage](now)
  })
  expect(told).toEqual(gapStages)
}, 90_000)
