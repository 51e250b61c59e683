import { expect, it } from 'vitest'
import { okrKillRun } from '../helpers/okr-kill-run.ts'

// The long run: LINESIDE_KILLS=30 npx vitest run test/engine/okr-kill.test.ts
const kills = Number(process.env.LINESIDE_KILLS ?? 3)
const seed = Number(process.env.LINESIDE_SEED ?? 20_261_125)

it(
  `${kills} times kill -9 amid changes: what was answered is kept, and the audit trail is the state`,
  async () => {
    const run = await okrKillRun({ kills, seed })
    const all = Object.values(run.answered).reduce((sum, count) => sum + count, 0)
    const counts = Object.entries(run.answered).map(([name, count]) => `${count} ${name}`)
    console.log(
      `${all} changes answered, ${run.cutOff} cut off by ${run.kills} kills, ${run.refused} refused, ${run.entries} entries in the trail: ${counts.join(', ')}`,
    )
    expect(run.lost).toEqual([])
    expect(run.differences).toEqual([])
    expect(run.integrity).toBe('ok')
    expect(Object.entries(run.answered).filter(([, count]) => count === 0)).toEqual([])
    expect(run.cutOff).toBeGreaterThan(0)
  },
  60_000 + kills * 10_000,
)
