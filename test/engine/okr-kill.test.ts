import { expect, it } from 'vitest'
import { okrKillRun } from '../helpers/okr-kill-run.ts'

// The long run: LINESIDE_KILLS=30 npx vitest run test/engine/okr-kill.test.ts
const kills = Number(process.env.LINESIDE_KILLS ?? 3)
const seed = Number(process.env.LINESIDE_SEED ?? 20_261_125)

it(
  `${kills} times kill -9 amid changes: what was answered is kept, and the audit trail is the state`,
  async () => {
    const run = await okrKillRun({ kills, seed })
    console.log(
      `${run.answered} changes answered, ${run.cutOff} cut off by ${run.kills} kills, ${run.refused} refused, ${run.entries} entries in the trail`,
    )
    expect(run.lost).toEqual([])
    expect(run.differences).toEqual([])
    expect(run.integrity).toBe('ok')
    expect(run.answered).toBeGreaterThan(kills)
    expect(run.cutOff).toBeGreaterThan(0)
  },
  60_000 + kills * 10_000,
)
