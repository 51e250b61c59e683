import { expect, it } from 'vitest'
import { killRun } from '../helpers/kill-run.ts'
import { needPart } from '../helpers/parts.ts'

// The long run: LINESIDE_KILLS=30 npx vitest run test/engine/kill.test.ts
const kills = Number(process.env.LINESIDE_KILLS ?? 5)
const seed = Number(process.env.LINESIDE_SEED ?? 20_260_301)

it(
  `loses nothing and doubles nothing over ${kills} kills under load`,
  { timeout: 60_000 + kills * 10_000 },
  async (context) => {
    needPart(context, 'mosquitto')
    const run = await killRun({ kills, seed })
    console.log(`kill -9: ${JSON.stringify({ seed, ...run })}`)
    expect(run.stored).toEqual(run.published)
    expect(run).toMatchObject({ kills, missing: 0, unknown: 0, differences: [], integrity: 'ok' })
    expect(run.good).toBe(run.published.withId + run.published.withTime + run.published.pulses)
    expect(run.rebuildRows).toBeGreaterThan(0)
  },
)
