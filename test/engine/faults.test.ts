import { expect, it } from 'vitest'
import { faultRun } from '../helpers/faults/fault-run.ts'
import { needPart } from '../helpers/parts.ts'

// The long run: npm run faults -- --seeds 20
it('loses and doubles nothing while all kinds of faults happen', { timeout: 180_000 }, async (context) => {
  needPart(context, 'mosquitto')
  const run = await faultRun({ seed: 20_261, faults: 3 })
  console.log(`faults: ${JSON.stringify(run)}`)
  expect(run).toMatchObject({ lost: 0, double: 0, unknown: 0, rejected: 0, integrity: 'ok' })
  expect(run).toMatchObject({ wrongSums: [], models: [], differences: [] })
  expect(run.rows).toBeGreaterThan(0)
  expect(run.published).toBeGreaterThan(500)
})
