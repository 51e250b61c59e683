import { beforeAll, expect, test } from 'vitest'
import { handsLoad, handsLoadWords } from '../helpers/hands-load.ts'
import { build } from '../helpers/lineside.ts'
import { needPart } from '../helpers/parts.ts'

beforeAll(build)

// The long run: npm run bench -- hands
test(
  'two touch screens and a TV in Chromium, connections cut: nothing is lost, nothing counts twice',
  { timeout: 120_000 },
  async (context) => {
    const executablePath = needPart(context, 'chromium')
    const run = await handsLoad({ seconds: 15, perSecond: 10, executablePath })
    console.log(handsLoadWords(run))
    expect(run).toMatchObject({ actions: 150, lost: [], twice: [], refused: [] })
    expect(run.cuts).toBeGreaterThan(2)
    expect(run.scrapEntered).toBeGreaterThan(60)
    expect([run.scrapStored, run.scrapShown]).toEqual([run.scrapEntered, run.scrapEntered])
  },
)
