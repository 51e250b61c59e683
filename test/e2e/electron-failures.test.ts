import { afterEach, expect, test } from 'vitest'
import { clockScenarios } from '../failures/clock-scenarios.ts'
import { processScenario } from '../failures/process-scenarios.ts'
import { randomKills } from '../failures/random-kills.ts'
import { recover } from '../failures/scenario.ts'
import { openBoardRig } from '../helpers/board-rig.ts'
import type { BoardRig } from '../helpers/board-rig.ts'
import { cannotRun } from '../helpers/parts.ts'

// A short part of `npm run failures`, which runs all of them and a hundred kills.

let rig: BoardRig | null = null
afterEach(async () => {
  await rig?.close()
  rig = null
})

test(
  'a few random kills, a white page, and a burst that ends in words',
  { timeout: 180_000 },
  async (context) => {
    rig = await openBoardRig(context)
    const { recoveryMs } = await randomKills(rig, 4, 3)
    console.log(`killed to live again: ${JSON.stringify(recoveryMs)} ms`)
    for (const name of ['page-burst']) {
      console.log(`${name}: ${await recover(rig, processScenario(name))} ms`)
    }
    expect(rig.total()).toBeGreaterThan(0)
  },
)

test.for(['clock-back-a-day', 'no-clock'])('%s', { timeout: 90_000 }, async (name, context) => {
  const scenario = clockScenarios.find((one) => one.name === name)!
  const unable = scenario.unable()
  if (unable !== null) cannotRun(context, unable)
  const ms = await scenario.run(context, async (options) => (rig = await openBoardRig(context, options)))
  console.log(`${name}: ${ms} ms`)
  expect(ms).toBeLessThan(scenario.limitMs)
})
