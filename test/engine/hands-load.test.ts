import { expect, test } from 'vitest'
import { handsLoad, handsLoadWords } from '../helpers/hands-load.ts'

// The long run: npm run bench -- hands
test(
  'two touch screens and a TV, connections cut: nothing is lost, nothing counts twice',
  { timeout: 90_000 },
  async () => {
    const run = await handsLoad({ seconds: 20, perSecond: 10 })
    console.log(handsLoadWords(run))
    expect(run).toMatchObject({ actions: 200, lost: [], twice: [], refused: [] })
    expect(run.cuts).toBeGreaterThan(2)
    expect(run.slowestCutMs).toBeGreaterThan(0)
    expect([run.scrapStored, run.scrapShown]).toEqual([run.scrapEntered, run.scrapEntered])
  },
)
