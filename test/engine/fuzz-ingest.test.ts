import { expect, test } from 'vitest'
import { fuzzIngest } from '../helpers/fuzz-ingest.ts'
import { fuzzSparkplug } from '../helpers/fuzz-sparkplug.ts'

// The long run is `npm run fuzz -- ingest`.
test('hostile messages: no crash, each one counted by reason', { timeout: 120_000 }, () => {
  const report = fuzzIngest({ count: 3_000, seed: 20_260_310 })
  expect(report.uncounted).toBe(0)
  expect(report.differences).toEqual([])
  const byCode = Object.values(report.byCode).reduce((sum, one) => sum + one, 0)
  expect(byCode).toBe(report.counters.rejected)
  expect(report.byCode.internal).toBeUndefined()
  for (const code of [
    'topic',
    'line',
    'size',
    'encoding',
    'json',
    'shape',
    'field',
    'time',
    'id',
    'future',
    'old',
  ]) {
    expect(report.byCode, code).toHaveProperty(code)
  }
  expect(report.rejectsKept).toBeLessThanOrEqual(2_000)
  expect(report.counters.stored).toBeGreaterThan(50)
})

test('hostile Sparkplug messages: no crash, each one has one fate', { timeout: 120_000 }, async () => {
  const report = await fuzzSparkplug({ count: 1_500, seed: 20_260_310 })
  expect(report.uncounted).toBe(0)
  expect(report.differences).toEqual([])
  expect(report.byCode.internal).toBeUndefined()
  for (const fate of [
    'births',
    'deaths',
    'data',
    'delivered',
    'unborn',
    'repeated',
    'outdated',
    'oldDeaths',
    'malformed',
    'foreign',
    'gaps',
    'unknownMetrics',
    'unusable',
    'untyped',
    'transient',
    'historical',
    'nulls',
    'bornIncrements',
  ]) {
    expect(report.tallies, fate).toHaveProperty(fate)
  }
  for (const code of ['protobuf', 'topic', 'field', 'future']) expect(report.byCode).toHaveProperty(code)
})
