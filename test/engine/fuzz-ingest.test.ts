import { expect, test } from 'vitest'
import { fuzzIngest } from '../helpers/fuzz-ingest.ts'

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
