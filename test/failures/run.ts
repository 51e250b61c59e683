/**
 * `npm run failures`: everything that may happen to a kiosk, in a real Electron, with the time until a new count stood on the
 * board again. `-- NAME...` runs only those named, `--kills N` the random kills (100), `--seed N` their order, `--list` names all.
 */
import { parseArgs } from 'node:util'
import type { TestContext } from 'vitest'
import { openBoardRig } from '../helpers/board-rig.ts'
import type { BoardRig, BoardRigOptions } from '../helpers/board-rig.ts'
import { clockScenarios } from './clock-scenarios.ts'
import { deviceScenarios } from './device-scenarios.ts'
import { processScenarios } from './process-scenarios.ts'
import { randomKills } from './random-kills.ts'
import { recover } from './scenario.ts'

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
})
const ownScenarios = [...deviceScenarios, ...clockScenarios]
const killsName = 'random-kills'
const names = [...processScenarios, ...ownScenarios].map(({ name }) => name).concat(killsName)
const unknown = wanted.filter((name) => !names.includes(name))
if (values.list || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no ${unknown.join(', ')}.`)
  for (const { name, what } of [...processScenarios, ...ownScenarios]) console.log(`${name}: ${what}`)
  console.log(`${killsName}: renderer, engine or graphics process is killed at random`)
  process.exit(unknown.length > 0 ? 2 : 0)
}
const runs = (name: string) => wanted.length === 0 || wanted.includes(name)

/** What tests use to skip: here a part that is missing is an error. */
const context = {
  skip: (reason: string) => {
    throw new Error(reason)
  },
} as unknown as TestContext

let failed = 0
const say = (name: string, result: string) => console.log(`${name.padEnd(20)} ${result}`)

async function attempt(name: string, work: () => Promise<string>): Promise<void> {
  try {
    say(name, await work())
  } catch (error) {
    failed++
    say(name, `FAILED: ${error instanceof Error ? error.message : String(error)}`)
  }
}

if (processScenarios.some(({ name }) => runs(name))) {
  let rig: BoardRig | null = null
  for (const scenario of processScenarios.filter(({ name }) => runs(name))) {
    const failedBefore = failed
    await attempt(scenario.name, async () => {
      rig ??= await openBoardRig(context)
      await rig.pieces()
      return `${await recover(rig, scenario)} ms   (${scenario.what}; limit ${scenario.limitMs} ms)`
    })
    if (failed === failedBefore) continue
    // What a failed one leaves behind is not the next one's fault.
    await (rig as BoardRig | null)?.close()
    rig = null
  }
  await (rig as BoardRig | null)?.close()
}

for (const scenario of ownScenarios.filter(({ name }) => runs(name))) {
  const unable = scenario.unable()
  if (unable !== null) {
    say(scenario.name, `not here: ${unable}`)
    continue
  }
  const rigs: BoardRig[] = []
  await attempt(scenario.name, async () => {
    const open = async (options?: BoardRigOptions) => {
      const rig = await openBoardRig(context, options)
      rigs.push(rig)
      return rig
    }
    const ms = await scenario.run(context, open)
    if (ms > scenario.limitMs) throw new Error(`took ${ms} ms, more than ${scenario.limitMs}`)
    return `${ms} ms   (${scenario.what}; limit ${scenario.limitMs} ms)`
  })
  for (const rig of rigs) await rig.close()
}

if (runs(killsName)) {
  await attempt(killsName, async () => {
    const rig = await openBoardRig(context)
    try {
      const { kills, recoveryMs, growth } = await randomKills(rig, Number(values.kills), Number(values.seed))
      const times = Object.entries(recoveryMs).map(([part, all]) => {
        const sorted = [...all].sort((a, b) => a - b)
        return `${part} ${all.length} x, median ${sorted[Math.floor(all.length / 2)]} ms, worst ${sorted.at(-1)} ms`
      })
      return `${kills} kills, always back: ${times.join('; ')}; growth ${JSON.stringify(growth)}`
    } finally {
      await rig.close()
    }
  })
}
console.log(failed === 0 ? 'All recovered.' : `${failed} failed.`)
process.exitCode = failed === 0 ? 0 : 1
