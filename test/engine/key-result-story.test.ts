import { expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readBaselines } from '../../db/queries/baselines.ts'
import {
  atOf,
  idealCycleS,
  type KeyResultStage,
  keyResultStages,
  type KeyResultStory,
  mean,
  plannedS,
  tellKeyResultStory,
} from '../helpers/key-result-story.ts'
import { compareAudit } from '../helpers/compare-audit.ts'

const itemsOf = ({ page }: KeyResultStory) => page.board().keyResults.items

/** Asks the store as it is on the disk. */
function look<T>({ rig }: KeyResultStory, query: (read: Parameters<typeof readBaselines>[0]) => T): T {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return query(store.read)
  } finally {
    store.close()
  }
}

/** What is demanded of each stage. */
const demands: Record<KeyResultStage, (now: KeyResultStory) => void | Promise<void>> = {
  planned(now) {
    expect(itemsOf(now).map(({ progress }) => Math.abs(progress!.gap) < 0.05)).toEqual([true, true, true])
  },

  // Nobody has checked in, and the board says so.
  'three weeks'(now) {
    const days = now.quarter.slice(0, 15)
    const [throughput, changeover, oee] = itemsOf(now)
    // The fifteenth day is not over yet.
    expect(throughput?.progress?.expected).toBeCloseTo(14 / 66, 9)
    expect(changeover?.value).toBeCloseTo(mean(days.map((day) => day.changeoverMin)), 6)
    expect(oee?.value).toBeCloseTo((100 * idealCycleS * mean(days.map(({ good }) => good))) / plannedS, 6)
    expect(throughput).toMatchObject({ checkInDue: 'overdue', held: { inRow: 0, proposal: null } })
  },

  'checked in'(now) {
    expect(itemsOf(now)[0]?.lastSentence).toBe('Pre-staged film works')
  },

  held(now) {
    const shown = itemsOf(now)
    expect(shown.every(({ progress }) => progress?.progress === 1)).toBe(true)
    expect(shown[0]?.months.map(({ month, status }) => [month, status])).toEqual([
      ['2026-10', 'On pace'],
      ['2026-11', 'On pace'],
      ['2026-12', null],
    ])
    const held = shown[0]!.held.proposal!
    const heldDays = now.quarter.slice(0, 60).filter(({ date }) => atOf(date, 480) >= held.fromMs)
    expect(held.baseline).toBeCloseTo(mean(heldDays.map(({ good }) => good)), 6)
    expect(held).toMatchObject({ target: 1_100, sampleSize: heldDays.length })
  },

  async 'locked in'(now) {
    const answer = await now.page.call('okrs', { lineId: now.lineId })
    if (!answer.ok) throw new Error(answer.error.message)
    const [objective] = answer.value.objectives
    expect(objective?.keyResults.map(({ ended }) => [ended?.why, ended?.grade])).toEqual([
      ['locked in', 1],
      ['locked in', 1],
      ['locked in', 1],
    ])
    const steps = look(now, (read) => readBaselines(read, now.lineId))
    expect(steps.map(({ kpi, betterIs, decidedBy }) => [kpi, betterIs, decidedBy])).toEqual([
      ['throughput', 'higher', 'Demo'],
      ['changeover_min', 'lower', 'Demo'],
      ['oee', 'higher', 'Demo'],
    ])
    expect(look(now, compareAudit).differences).toEqual([])
    const { normals } = now.page.board().keyResults
    expect(normals.map(({ fallenBack }) => fallenBack)).toEqual([false, false, false])
  },

  // A signal of its own for each of the three.
  'fallen back'({ page }) {
    const { normals } = page.board().keyResults
    expect(normals.map(({ fallenBack }) => fallenBack)).toEqual([true, true, true])
  },
}

test('850 to 1,100, 45 to 20, 85 %: from the first objective to the new normal, and a fall back', async () => {
  const told: KeyResultStage[] = []
  await tellKeyResultStory(async (stage, now) => {
    told.push(stage)
    await demands[stage](now)
  })
  expect(told).toEqual(keyResultStages)
}, 60_000)
