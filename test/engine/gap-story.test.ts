import { expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readAudit } from '../../db/queries/audit.ts'
import { readBaselines } from '../../db/queries/baselines.ts'
import { openShiftMs } from '../../electron/engine/history.ts'
import type { Answer } from '../../shared/contract/protocol.ts'
import { compareAudit } from '../helpers/compare-audit.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import type { PageClient } from '../helpers/page-client.ts'
import { until } from '../helpers/until.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'
import { gaussian, storyDays, yieldKpi, yieldStory } from '../helpers/yield-story.ts'

const lineId = 'l1'
const pin = '864213'
const seed = 1
const dayMs = 1440 * minute
/** Weeks of five working days, one early shift each. */
const shiftEnd = (day: number) => six + (Math.floor(day / 5) * 7 + (day % 5)) * dayMs + 480 * minute
const value = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

/** Publishes working days over the broker, with the clock at the end of the last one, and waits for their shifts. */
async function live(
  rig: EngineRig,
  page: PageClient,
  from: number,
  yields: readonly number[],
): Promise<void> {
  const last = shiftEnd(from + yields.length - 1)
  rig.clock.nowMs = last + minute
  const messages = yields.flatMap((percent, index) => {
    const end = shiftEnd(from + index)
    const good = Math.round(percent * 10)
    return [
      ['state', { state: 'running', ts: end - 470 * minute }],
      ['count', { good, scrap: 1_000 - good, ts: end - 60 * minute }],
      ['state', { state: 'off', ts: end - 1 }],
    ] as const
  })
  const stored = rig.engine.recorder.counters().stored + messages.length
  await Promise.all(messages.map(([kind, body]) => rig.publish(kind, body)))
  await until('every message is stored', () => rig.engine.recorder.counters().stored >= stored)
  // Shifts that were looked at while their messages came in are looked at again after a while.
  rig.clock.nowMs += openShiftMs
  const known = (b: ReturnType<PageClient['board']>) => b.kpis?.items[0]?.valueAtMs === last
  await page.until(known, `the shift of working day ${from + yields.length}`, 20_000)
  await rig.engine.settled()
}

/** Cuts a list into pieces that the raw retention of 30 days lets pass as late messages. */
function weeks(values: readonly number[]): number[][] {
  const size = 20
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, i * size + size),
  )
}

test('first-pass yield falls, is signalled, becomes a key result, recovers, is held and locked in', async () => {
  const rig = await startEngineRig({
    nowMs: six,
    lines: [testLine()],
    seed: { kpis: [{ ...yieldKpi, line: lineId }] },
    demoPin: pin,
    fiscalYearStart: '04-06',
  })
  try {
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.health.broker.state === 'connected', 'the broker')
    await rig.publish('product', { product: 'cap', ts: six })
    const story = yieldStory(seed, true)
    const { before, fall, low } = storyDays
    let day = 0
    const run = async (values: readonly number[]) => {
      for (const part of weeks(values)) {
        await live(rig, page, day, part)
        day += part.length
      }
    }

    await run(story.slice(0, before))
    expect(page.board().gaps!.items).toEqual([])
    const usual = page.board().kpis!.items[0]!.limits!
    expect(Math.abs(usual.mean - 94)).toBeLessThan(0.5)

    // The fall: the chart signals long before the first red day.
    await run(story.slice(before, before + fall))
    const falling = page.board().gaps!.items[0]!
    const signalDay = Array.from({ length: day }, (_, index) => index).findIndex(
      (index) => shiftEnd(index) === falling.driftMs,
    )
    const redDay = story.findIndex((percent, index) => index >= before && percent < 88)
    console.log(`signal on working day ${signalDay - before + 1}, first red one ${redDay - before + 1}`)
    expect(redDay - signalDay).toBeGreaterThanOrEqual(10)
    expect(falling).toMatchObject({ kpi: 'fpy', from: 'target', side: 'below', goal: 94, keyResult: null })

    // The stay: one command makes the key result.
    await run(story.slice(before + fall))
    expect(day).toBe(before + fall + low)
    const candidate = value(await page.call('candidate', { lineId, kpi: 'fpy' }))!
    expect(candidate.segment.points).toBe(20)
    expect(Math.abs(candidate.baseline - 87)).toBeLessThan(0.5)
    expect(candidate.target).toBeGreaterThan(candidate.segment.limits.upper)
    const made = value(await page.call('makeKeyResult', { lineId, kpi: 'fpy', pin }))
    const twice = await page.call('makeKeyResult', { lineId, kpi: 'fpy', pin })
    expect(twice).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    const board = await page.until((b) => b.gaps?.items[0]?.keyResult === 'First-pass yield', 'the link')
    const keyResult = board.keyResults.items.find(({ id }) => id === made.keyResultId)!
    expect(keyResult).toMatchObject({ baseline: candidate.baseline, target: candidate.target, owner: 'Ana' })
    const { title, cycle } = board.keyResults.objective!
    expect(title).toBe('Right first time')
    // The plant's fiscal year begins on 6 April.
    expect(cycle).toEqual({
      kind: 'quarter',
      name: 'Q1 2028',
      startDate: '2027-04-06',
      endDate: '2027-07-05',
    })

    // The line recovers, and holds.
    const gauss = gaussian(77)
    await run(Array.from({ length: 20 }, (_, i) => 87 + (9.5 * Math.min(10, i + 1)) / 10 + 0.8 * gauss()))
    await run(Array.from({ length: 12 }, () => 96.5 + 0.8 * gauss()))
    const held = page.board().keyResults.items.find(({ id }) => id === made.keyResultId)!.held
    expect(held.inRow).toBeGreaterThanOrEqual(10)
    const { proposal } = held
    if (proposal === null) throw new Error('no new normal is proposed')
    const objective = value(await page.call('okrs', { lineId })).objectives.find(
      ({ id }) => id === made.objectiveId,
    )!
    const { baseline, lower, upper } = proposal
    // Ana asks for a little more than what was held.
    const target = proposal.target + 1
    const signed = {
      keyResultId: made.keyResultId,
      version: objective.version,
      baseline,
      target,
      lower,
      upper,
    }
    value(await page.call('lockIn', { ...signed, lesson: 'Soft splice tape', pin }))

    // New limits are in force, the gap is gone, and everything stands in the history.
    const after = await page.until((b) => b.kpis!.items[0]!.limits!.mean === baseline, 'the new limits')
    expect(after.kpis!.items[0]!.limits!.ucl).toBeCloseTo(baseline + (upper - lower) / 2, 9)
    expect(after.gaps!.items).toEqual([])
    // The KPI asks for the new target from now on, and its history says why.
    const versions = value(await page.call('kpiHistory', { lineId, kpi: 'fpy' }))
    expect(versions.map(({ by, kpi }) => [by, kpi.target])).toEqual([
      ['plant.yaml', 94],
      ['Demo', target],
    ])
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
  } finally {
    await rig.stop()
  }
}, 90_000)
