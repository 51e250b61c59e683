import { expect, it } from 'vitest'
import { entriesKillRun } from '../helpers/entries-kill-run.ts'

// The long run: LINESIDE_KILLS=30 npx vitest run test/engine/entries-kill.test.ts
const kills = Number(process.env.LINESIDE_KILLS ?? 3)
const seed = Number(process.env.LINESIDE_SEED ?? 20_261_126)

it(
  `${kills} times kill -9 amid entries: what was answered is there once, and what was cut off once after it was sent again`,
  async () => {
    const run = await entriesKillRun({ kills, seed })
    const counts = Object.entries(run.answered).map(([name, count]) => `${count} ${name}`)
    console.log(
      `${counts.join(', ')}; ${run.undone} undone; cut off by ${run.kills} kills: ${run.cutOff.stored} stored, ${run.cutOff.gone} not`,
    )
    expect(run.faults).toEqual([])
    expect(run.differences).toEqual([])
    expect(run.integrity).toBe('ok')
    expect(Object.entries(run.answered).filter(([, count]) => count === 0)).toEqual([])
    expect(run.cutOff.stored + run.cutOff.gone).toBeGreaterThan(0)
  },
  60_000 + kills * 10_000,
)
